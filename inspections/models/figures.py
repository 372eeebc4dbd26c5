"""How an enterprise stands in finding and rectifying hazards (两化), and the same counted by place and month."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.choices import RegulatoryCategory
from enterprises.models import Enterprise
from inspections.querysets import ConductMonthQuerySet, OfEnterpriseQuerySet
from regions.models import Placed


class ListState(models.TextChoices):
    """How far the enterprise's own list is."""

    MISSING = "missing", _("Not compiled")
    COMPILED = "compiled", pgettext_lazy("list", "Waiting for acceptance")
    ACCEPTED = "accepted", _("In use")


class CheckState(models.TextChoices):
    """Whether the enterprise checks itself when it is due."""

    NONE = "none", _("No list in use")
    KEPT = "kept", _("Kept")
    LATE = "late", _("Late")


class Tier(models.IntegerChoices):
    """The four tiers by score."""

    FIRST = 1, _("First tier")
    SECOND = 2, _("Second tier")
    THIRD = 3, _("Third tier")
    FOURTH = 4, _("Fourth tier")


class Standing(models.Model):
    """What one enterprise does about its hazards, rated every night by one statement (`figures.standing`)."""

    enterprise = models.OneToOneField(
        Enterprise, models.PROTECT, related_name="standing", verbose_name=_("enterprise")
    )
    # An enterprise verified to stand still owes nothing and stands in no denominator.
    owes = models.BooleanField(_("owes self-checks"))
    list_state = models.CharField(_("self-check list"), max_length=8, choices=ListState.choices)
    check_state = models.CharField(_("self-checks"), max_length=4, choices=CheckState.choices)
    has_phone = models.BooleanField(_("phone bound"))
    inspected_on = models.DateField(pgettext_lazy("visit", "last inspected on"), null=True, blank=True)
    checked = models.PositiveIntegerField(_("self-checks, three months"))
    found = models.PositiveIntegerField(_("found by itself, three months"))
    due = models.PositiveIntegerField(_("hazards due, three months"))
    in_time = models.PositiveIntegerField(_("of these in time"))
    overdue = models.PositiveIntegerField(_("overdue now"))
    upheld = models.PositiveIntegerField(_("doubts upheld, a year"))
    score = models.PositiveSmallIntegerField(_("score"))
    # Empty for who owes nothing.
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices, null=True, blank=True)

    objects = OfEnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        ordering = ["score", "id"]
        indexes = [models.Index(fields=["score", "id"], include=["owes", "tier"], name="standing_score")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.score}"


class ConductMonth(Placed):
    """One month of one town and industry: what is owed and done as last counted, and what happened.

    The first group says how things stand, so that of months before the first counting it is empty.
    """

    month = models.DateField(pgettext_lazy("date", "month"))
    industry = models.CharField(_("industry"), max_length=20, choices=RegulatoryCategory.choices)
    counted_at = models.DateTimeField(_("as of"))
    required = models.IntegerField(null=True)
    compiled = models.IntegerField(null=True)
    accepted = models.IntegerField(null=True)
    phones = models.IntegerField(null=True)
    inspected = models.IntegerField(null=True)
    tier_1 = models.IntegerField(null=True)
    tier_2 = models.IntegerField(null=True)
    tier_3 = models.IntegerField(null=True)
    tier_4 = models.IntegerField(null=True)
    score = models.IntegerField(null=True)
    stops = models.IntegerField(null=True)
    stops_kept = models.IntegerField(null=True)
    open = models.IntegerField(null=True)
    overdue = models.IntegerField(null=True)
    own_found = models.IntegerField(default=0)
    found = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)
    seen_by_others = models.IntegerField(default=0)
    not_reported = models.IntegerField(default=0)
    visits = models.IntegerField(default=0)
    backfilled = models.IntegerField(default=0)
    inspections = models.IntegerField(default=0)
    facts = models.IntegerField(default=0)
    lapsed = models.IntegerField(default=0)
    cleared = models.IntegerField(default=0)
    grid_found = models.IntegerField(default=0)
    grid_closed = models.IntegerField(default=0)
    grid_patrols = models.IntegerField(default=0)
    grid_present = models.IntegerField(default=0)

    objects = ConductMonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("month of hazard work")
        verbose_name_plural = _("months of hazard work")
        ordering = ["-month", "region_id", "industry"]
        constraints = [
            models.UniqueConstraint(fields=["month", "region", "industry"], name="conduct_month_once")
        ]
        indexes = [models.Index(fields=["county_code", "month"], name="conduct_month_county")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.region_id} {self.industry}"
