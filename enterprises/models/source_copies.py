"""Filings of major hazard sources that go to the next level each period (O40): what was due, and what was sent."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from audit.history import tracked
from lifecycle.models import Stateful
from regions.models import Placed
from regions.querysets import RegionScopedQuerySet


class CopyLevel(models.TextChoices):
    """To which level the filings go."""

    CITY = "city", _("county to city")
    PROVINCE = "province", _("city to province")


class SourceCopyQuerySet(RegionScopedQuerySet):
    """Copies, seen by the level that sends them and those above it."""


@tracked
class SourceCopy(Placed, Stateful):
    """The filings that a county put on file in a period, for the city, or a city for the province."""

    level = models.CharField(_("level"), max_length=8, choices=CopyLevel)
    first_day = models.DateField(_("first day of the period"))
    last_day = models.DateField(_("last day of the period"))
    filings = models.PositiveIntegerField(_("filings sent"), null=True, blank=True)
    sent_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("filings", "sent by"),
        null=True,
        blank=True,
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = SourceCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of filings to the next level")
        verbose_name_plural = _("copies of filings to the next level")
        ordering = ["-first_day", "region"]
        constraints = [
            models.UniqueConstraint(fields=["region", "level", "first_day"], name="source_copy_once")
        ]

    def __str__(self) -> str:
        return f"{self.region.name} {self.first_day:%Y-%m-%d}–{self.last_day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:source_copy", args=[self.pk])
