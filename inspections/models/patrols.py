"""Patrol routes and the stops that are due on them, by grid and risk (handbook §6.6)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import tracked
from enterprises.models import Enterprise
from inspections.choices import Colour
from inspections.kinds import VisitKind
from inspections.models.visits import Visit
from inspections.querysets import RouteQuerySet, StopQuerySet
from regions.models import Grid, Placed


@tracked
class PatrolRoute(Placed):
    """The enterprises that one grid, or one town, goes round."""

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(
        _("kind"), max_length=12, choices=VisitKind.choices, default=VisitKind.GRID_PATROL
    )
    grid = models.ForeignKey(
        Grid, models.PROTECT, related_name="+", verbose_name=_("grid"), null=True, blank=True
    )
    worker = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("goes round"), null=True, blank=True
    )
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(_("entered at"))

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("patrol route")
        verbose_name_plural = _("patrol routes")
        ordering = ["region_id", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["grid", "kind"],
                condition=models.Q(is_active=True) & ~models.Q(grid=None),
                name="patrol_route_one_per_grid",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("inspections:route", args=[self.pk])


class PatrolStop(models.Model):
    """One enterprise on a route: how often, when last, when next."""

    route = models.ForeignKey(PatrolRoute, models.CASCADE, related_name="stops", verbose_name=_("route"))
    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, related_name="patrol_stops", verbose_name=_("enterprise")
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    colour = models.CharField(_("risk colour"), max_length=8, choices=Colour.choices, default=Colour.BLUE)
    cycle_days = models.PositiveIntegerField(_("every (days)"))
    last_visit = models.ForeignKey(Visit, models.SET_NULL, related_name="+", null=True, blank=True)
    last_at = models.DateTimeField(_("last patrolled at"), null=True, blank=True)
    next_on = models.DateField(_("next due on"))
    missed_count = models.PositiveIntegerField(_("times missed"), default=0)

    objects = StopQuerySet.as_manager()

    class Meta:
        verbose_name = _("patrol stop")
        verbose_name_plural = _("patrol stops")
        ordering = ["next_on", "id"]
        constraints = [models.UniqueConstraint(fields=["route", "enterprise"], name="patrol_stop_once")]
        indexes = [models.Index(fields=["next_on", "id"], include=["enterprise"], name="patrol_stop_next")]

    def __str__(self) -> str:
        return f"{self.route_id} {self.enterprise_id}"

    @property
    def region_id(self) -> str:
        """The division in which the enterprise lies."""
        return self.enterprise.region_id

    @property
    def grid_code(self) -> str:
        """The grid whose worker is told."""
        return self.route.grid_id or ""
