"""The calendar's exceptions, and every deadline with its stops, its extensions and what was told about it."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from deadlines.calendar import CLOCK_UNITS, Unit, last_day
from deadlines.querysets import DeadlineQuerySet, DeadlineRecordQuerySet
from regions.models import Placed, Region
from rulebook.models import Parameter


@tracked
class WorkingDay(models.Model):
    """A day that differs from its week: a holiday on a weekday, or a weekend day that is worked."""

    day = models.DateField(_("date"), primary_key=True)
    is_workday = models.BooleanField(_("working day"))
    name = models.CharField(_("occasion"), max_length=40, blank=True)
    basis = models.CharField(_("basis"), max_length=120, blank=True, help_text=_("The notice that says so."))

    class Meta:
        verbose_name = _("holiday or make-up day")
        verbose_name_plural = _("holidays and make-up days")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}".strip()


class DeadlineState(models.TextChoices):
    """How a deadline stands. A breached one is still owed until it is settled."""

    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    MET = "met", _("met")
    BREACHED = "breached", _("breached")
    CANCELLED = "cancelled", _("cancelled")


class Deadline(Placed):
    """One clock on one record: by when, what happens before and after, and what has happened."""

    target_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    target_id = models.BigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    rule = models.CharField(_("rule"), max_length=60)
    label = models.CharField(_("record"), max_length=200, blank=True)

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name=_("region"), null=True, blank=True
    )
    industry = models.CharField(max_length=20, blank=True)
    enterprise_id = models.BigIntegerField(null=True, blank=True)
    grid_code = models.CharField(max_length=15, blank=True)

    started_at = models.DateTimeField(_("started at"))
    due_at = models.DateTimeField(_("due at"))
    n = models.PositiveIntegerField(_("length"), null=True, blank=True)
    unit = models.CharField(_("counted in"), max_length=8, choices=Unit.choices, default=Unit.DAY)
    basis = models.ForeignKey(
        Parameter, models.PROTECT, related_name="+", verbose_name=_("legal basis"), null=True, blank=True
    )
    state = models.CharField(
        _("state"), max_length=10, choices=DeadlineState.choices, default=DeadlineState.RUNNING
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    # Frozen when the clock starts or moves: [{"kind", "level", "at"}, …] in order; `step` of them are done.
    steps = models.JSONField(default=list, blank=True)
    step = models.PositiveSmallIntegerField(default=0)
    # The moment of the next step; empty when nothing more will happen by itself.
    next_at = models.DateTimeField(_("next step at"), null=True, blank=True)
    retry_at = models.DateTimeField(_("waiting until"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures"), default=0)
    error = models.TextField(_("last error"), max_length=2000, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id", "rule"],
                condition=Q(settled_at__isnull=True),
                name="deadline_one_open_per_rule",
            ),
            # Whatever is settled or stands still must not wake the sweep.
            models.CheckConstraint(
                condition=Q(next_at__isnull=True) | Q(settled_at__isnull=True) & ~Q(state="paused"),
                name="deadline_only_running_has_next",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="deadline_next"),
            models.Index(fields=["target_type", "target_id"], name="deadline_target"),
            # What the administrators filter by, the newest first.
            models.Index(fields=["-id"], condition=Q(retry_at__isnull=False), name="deadline_failed"),
            models.Index(fields=["rule", "-id"], name="deadline_rule"),
            *[
                models.Index(
                    fields=[column, "due_at", "id"],
                    include=["rule", "state", "target_id"],
                    condition=Q(settled_at__isnull=True),
                    name=f"deadline_open_{name}",
                )
                for column, name in (
                    ("city_code", "city"),
                    ("county_code", "county"),
                    ("town_code", "town"),
                    ("region", "region"),
                    ("enterprise_id", "enterprise"),
                )
            ],
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.label}".strip()

    @property
    def due_on(self) -> date:
        """The last local day on which it is not too late."""
        return last_day(self.due_at)

    @property
    def is_open(self) -> bool:
        """Say whether it is still owed."""
        return self.settled_at is None

    @property
    def is_paused(self) -> bool:
        """Say whether the clock stands still."""
        return self.state == DeadlineState.PAUSED

    @property
    def runs_by_the_hour(self) -> bool:
        """Say whether it is counted in hours or minutes and therefore ends within a day."""
        return self.unit in CLOCK_UNITS


class Suspension(models.Model):
    """A time that does not count: an expert opinion, a correction by the applicant."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="suspensions")
    from_at = models.DateTimeField(_("stopped at"))
    to_at = models.DateTimeField(_("resumed at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("person"),
    )
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    due_before = models.DateTimeField(_("due before"))
    due_after = models.DateTimeField(_("due after"), null=True, blank=True)

    objects = DeadlineRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["from_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(to_at__isnull=True), name="deadline_one_open_suspension"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id}: {self.reason}"


class Extension(models.Model):
    """A decision that moved the due day; earlier ones stay."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="extensions")
    due_before = models.DateTimeField(_("due before"))
    due_after = models.DateTimeField(_("due after"))
    at = models.DateTimeField(_("moment"))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("person"),
    )

    objects = DeadlineRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.deadline_id}: {self.reason}"


class EventKind(models.TextChoices):
    """What can happen to a deadline by the passing of time."""

    WARNED = "warned", _("warned")
    DUE = "due", _("due today")
    LAPSED = "lapsed", _("lapsed")
    ESCALATED = "escalated", _("escalated")


class DeadlineEvent(models.Model):
    """Something the clock did; also the outbox from which people are told."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="events")
    kind = models.CharField(_("event"), max_length=10, choices=EventKind.choices)
    level = models.CharField(_("level"), max_length=12, blank=True)
    # `at` is the moment to which it belongs, `recorded_at` the moment at which the sweep came by.
    at = models.DateTimeField(_("moment"))
    recorded_at = models.DateTimeField(_("recorded at"))
    dispatched_at = models.DateTimeField(_("told at"), null=True, blank=True)

    objects = DeadlineRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline event")
        verbose_name_plural = _("deadline events")
        ordering = ["at", "id"]
        constraints = [
            # A second sweep, a restarted worker or a retry can not do a step again.
            models.UniqueConstraint(fields=["deadline", "kind", "level", "at"], name="deadline_event_once"),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(dispatched_at__isnull=True), name="deadline_event_untold"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="append_only", exclude=["dispatched_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.kind} {self.level}".strip()
