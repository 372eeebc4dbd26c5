"""The list by which an enterprise checks itself (隐患清单): composed, accepted, and checked again and again."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import tracked
from enterprises.models import Enterprise
from inspections.choices import CheckLevel
from inspections.models.library import CheckItem
from inspections.querysets import OfEnterpriseQuerySet, SelfCheckLineQuerySet
from lifecycle.models import Stateful


@tracked
class SelfCheckList(Stateful):
    """One edition of an enterprise's own list: 编制 → 验收, then in use until the next one is accepted."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="self_check_lists", verbose_name=_("enterprise")
    )
    number = models.PositiveIntegerField(_("edition"))
    # Days from one check to the next; proposed by risk, never rarer than the rulebook asks.
    cycle_days = models.PositiveIntegerField(_("checked every (days)"))
    item_count = models.PositiveIntegerField(_("items"), default=0)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    returned_reason = models.CharField(_("returned because"), max_length=500, blank=True)
    last_check_at = models.DateTimeField(_("last checked at"), null=True, blank=True)
    next_check_on = models.DateField(_("next check due on"), null=True, blank=True)
    created_at = models.DateTimeField(_("entered at"))

    objects = OfEnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-check list")
        verbose_name_plural = _("self-check lists")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "number"], name="self_check_list_number_once"),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=models.Q(state="accepted"),
                name="self_check_list_one_in_use",
            ),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=models.Q(state__in=("draft", "submitted")),
                name="self_check_list_one_in_work",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_on", "id"],
                include=["enterprise", "created_at"],
                condition=models.Q(state="accepted"),
                name="self_check_list_due",
            ),
            models.Index(fields=["-created_at", "-id"], include=["state"], name="self_check_list_new"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:self_check_list", args=[self.pk])

    @property
    def region_id(self) -> str:
        """The division in which the enterprise lies."""
        return self.enterprise.region_id


class SelfCheckLine(models.Model):
    """An item on the enterprise's list, made its own: where, by whom, how often."""

    list = models.ForeignKey(SelfCheckList, models.CASCADE, related_name="lines")
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="+", verbose_name=_("check item"))
    position = models.PositiveIntegerField(_("position"))
    place = models.CharField(_("place"), max_length=80, blank=True)
    responsible = models.CharField(_("responsible person"), max_length=40, blank=True)
    level = models.CharField(
        _("checked by"), max_length=8, choices=CheckLevel.choices, default=CheckLevel.COMPANY
    )

    objects = SelfCheckLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a self-check list")
        verbose_name_plural = _("lines of self-check lists")
        ordering = ["list", "position"]
        constraints = [models.UniqueConstraint(fields=["list", "item"], name="self_check_line_once")]

    def __str__(self) -> str:
        return f"{self.list_id}/{self.position}"
