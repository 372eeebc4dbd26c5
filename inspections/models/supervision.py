"""What a supervision of government found, and the order to put it right: notice, reply, closure (督导检查)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import tracked
from inspections.models.library import CheckItem
from inspections.models.visits import Visit
from inspections.querysets import OrderQuerySet, VisitPartQuerySet
from lifecycle.models import Stateful


class GovernmentFinding(models.Model):
    """Something a department or town does not do as it must. A hazard at an enterprise is a `Finding` instead."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="government_findings")
    item = models.ForeignKey(
        CheckItem, models.PROTECT, related_name="+", verbose_name=_("check item"), null=True, blank=True
    )
    text = models.CharField(_("problem"), max_length=500)
    basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    requirement = models.CharField(_("requirement"), max_length=500, blank=True)
    reply = models.CharField(_("what was done"), max_length=1000, blank=True)
    found_at = models.DateTimeField(_("found at"))
    found_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    # One form is one finding, however often the phone sends it.
    submission_key = models.UUIDField(_("submission key"), unique=True, null=True, blank=True)

    objects = VisitPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding about a government body")
        verbose_name_plural = _("findings about government bodies")
        ordering = ["visit", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "item"],
                condition=~models.Q(item=None),
                name="government_finding_once",
            )
        ]

    def __str__(self) -> str:
        return self.text


@tracked
class GovernmentOrder(Stateful):
    """The notice to a government body to put right what a supervision found, until it is closed."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="order", verbose_name=_("visit"))
    requirements = models.CharField(_("requirements"), max_length=1000)
    due_on = models.DateField(_("reply due on"))
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    reply = models.CharField(_("reply"), max_length=2000, blank=True)
    replied_at = models.DateTimeField(_("replied at"), null=True, blank=True)
    replied_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    returned_count = models.PositiveSmallIntegerField(_("times returned"), default=0)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order to a government body")
        verbose_name_plural = _("orders to government bodies")
        ordering = ["-issued_at", "-id"]

    def __str__(self) -> str:
        return f"{self.visit.number} {self.visit.body}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:order", args=[self.pk])

    @property
    def region_id(self) -> str:
        """The division of the body."""
        return self.visit.region_id
