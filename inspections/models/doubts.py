"""What looks too good to be true: a list with reasons for somebody to look at, never a verdict."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from audit.history import tracked
from enterprises.models import Enterprise
from inspections.choices import DoubtKind
from inspections.querysets import DoubtQuerySet
from lifecycle.models import Stateful


@tracked
class Doubt(Stateful):
    """One reason for doubt about what an enterprise reported, with the records it rests on."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="doubts", verbose_name=_("enterprise")
    )
    kind = models.CharField(_("reason"), max_length=16, choices=DoubtKind.choices)
    # What makes it the same doubt when it is found again: a month, a pair of photos, a hazard.
    key = models.CharField(max_length=120)
    evidence = models.JSONField(_("what it rests on"), default=dict, encoder=DjangoJSONEncoder)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    found_at = models.DateTimeField(_("found at"))
    seen_at = models.DateTimeField(_("last seen at"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(_("looked into at"), null=True, blank=True)
    note = models.CharField(_("what was found"), max_length=500, blank=True)

    objects = DoubtQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("record", "doubt")
        verbose_name_plural = _("doubts")
        ordering = ["-found_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["enterprise", "kind", "key"], name="doubt_once")]
        indexes = [models.Index(fields=["-found_at", "-id"], include=["state", "kind"], name="doubt_newest")]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:doubt", args=[self.pk])

    @property
    def region_id(self) -> str:
        """The division in which the enterprise lies."""
        return self.enterprise.region_id
