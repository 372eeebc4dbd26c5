"""Counts kept for large areas, so that nobody waits while millions of rows are read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from analytics.querysets import StoredCountQuerySet
from regions.models import Placed

# The tallies that a period bounds; the others stand as of the moment.
OF_A_MONTH = ("found", "closed", "due", "in_time")


class Kind(models.TextChoices):
    """What the rows of a snapshot are split by, beside place and industry."""

    STANDING = "standing", _("by grade, level and source")
    FOUND = "found", _("by month found")
    CLOSED = "closed", _("by month closed")
    DUE = "due", _("by month due")
    ENTERPRISES = "enterprises", _("enterprises under supervision")


class Grain(models.TextChoices):
    """Each row is one place of this level; every level holds the whole."""

    COUNTY = "county", _("County or district")
    TOWN = "town", _("Town or street")
    VILLAGE = "village", _("Village or community")


class Snapshot(models.Model):
    """One counting of everything: the moment it speaks of, and how long it took."""

    taken_at = models.DateTimeField(_("as of"), db_index=True)
    seconds = models.FloatField(_("seconds taken"), default=0)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-taken_at", "-id"]

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d %H:%M}"


class StoredCount(Placed):
    """The numbers of one cell of a snapshot: so many in this place, of this industry, of this kind.

    `n_<tally>` counts over the year up to the snapshot, `m_<tally>` over its month (hazards.measures.TALLIES).
    """

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="counts", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    grain = models.CharField(max_length=8, choices=Grain.choices)
    industry = models.CharField(max_length=20, blank=True)
    grade = models.CharField(max_length=8, blank=True, db_default="")
    level_in_charge = models.CharField(max_length=8, blank=True, db_default="")
    source = models.CharField(max_length=16, blank=True, db_default="")
    month = models.DateField(null=True)
    n_open = models.IntegerField(db_default=0)
    n_overdue = models.IntegerField(db_default=0)
    n_major = models.IntegerField(db_default=0)
    n_found = models.IntegerField(db_default=0)
    n_closed = models.IntegerField(db_default=0)
    n_due = models.IntegerField(db_default=0)
    n_in_time = models.IntegerField(db_default=0)
    m_found = models.IntegerField(db_default=0)
    m_closed = models.IntegerField(db_default=0)
    m_due = models.IntegerField(db_default=0)
    m_in_time = models.IntegerField(db_default=0)
    n_enterprises = models.IntegerField(db_default=0)

    objects = StoredCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored count")
        verbose_name_plural = _("stored counts")
        indexes = [
            models.Index(fields=["snapshot", "kind", "grain", "county_code"], name="stored_count_county"),
            models.Index(fields=["snapshot", "kind", "grain", "town_code"], name="stored_count_town"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.region_id} {self.industry}"
