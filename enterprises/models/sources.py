"""Major hazard sources of an enterprise: the unit, its substances, and every calculation that was made of it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import tracked
from enterprises.models.enterprise import Enterprise
from lifecycle.models import Stateful
from regions.querysets import RegionScopedQuerySet
from regions.scope import ScopeFields

# Counted among the city's major hazard sources: at or above the threshold, and not deregistered.
STANDING_STATES = ("identified", "assessed", "submitted", "filed", "expired")


class UnitKind(models.TextChoices):
    """What bounds the unit: cut-off valves, or a dike or building (GB 18218)."""

    PRODUCTION = "production", _("Production unit")
    STORAGE = "storage", _("Storage unit")


class Grade(models.IntegerChoices):
    """The grade by R; the first is the highest."""

    FIRST = 1, _("Grade 1")
    SECOND = 2, _("Grade 2")
    THIRD = 3, _("Grade 3")
    FOURTH = 4, _("Grade 4")


class SourceQuerySet(RegionScopedQuerySet):
    """Units, seen by those who see the enterprise."""

    scope_fields = ScopeFields(
        prefix="enterprise__",
        industry="enterprise__regulatory_category",
        enterprise="enterprise_id",
        grid="enterprise__grid_id",
    )

    def standing(self) -> "SourceQuerySet":
        """Keep major hazard sources: found at or above the threshold and not deregistered."""
        return self.filter(state__in=STANDING_STATES)


class SourcePartQuerySet(RegionScopedQuerySet):
    """Substances and calculations: seen by whoever sees the unit they belong to."""

    scope_fields = ScopeFields(
        prefix="unit__enterprise__",
        industry="unit__enterprise__regulatory_category",
        enterprise="unit__enterprise_id",
        grid="unit__enterprise__grid_id",
    )


@tracked
class SourceUnit(Stateful):
    """One unit of identification (辨识单元), which is a major hazard source or lies below the threshold."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="source_units", verbose_name=_("enterprise")
    )
    name = models.CharField(_("unit of identification"), max_length=80)
    kind = models.CharField(_("kind of unit"), max_length=12, choices=UnitKind.choices)
    place = models.CharField(_("place"), max_length=120)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    residents_500m = models.PositiveIntegerField(
        _("residents within 500 m"), validators=[MaxValueValidator(1_000_000)]
    )
    in_chemical_park = models.BooleanField(_("in a chemical park"), default=False)
    boundary_distance = models.PositiveIntegerField(_("distance to the boundary (m)"), null=True, blank=True)
    people_in_unit = models.PositiveIntegerField(_("people working in the unit"), null=True, blank=True)
    is_key_process = models.BooleanField(_("hazardous process under key supervision"), default=False)
    commissioned_on = models.DateField(_("commissioned on"), null=True, blank=True)
    monitor_points = models.PositiveIntegerField(_("monitoring points"), default=0)
    videos = models.PositiveIntegerField(_("cameras"), default=0)

    # 安全包保: who answers, whose names and phones stand on the notice at the source.
    principal_name = models.CharField(_("principal answerable"), max_length=40)
    principal_phone = models.CharField(_("phone of the principal answerable"), max_length=20)
    technical_name = models.CharField(_("technical person answerable"), max_length=40)
    technical_phone = models.CharField(_("phone of the technical person answerable"), max_length=20)
    operation_name = models.CharField(_("operations person answerable"), max_length=40)
    operation_phone = models.CharField(_("phone of the operations person answerable"), max_length=20)

    # What the newest calculation found; only `enterprises.sources.services` writes these.
    s_value = models.DecimalField(_("S"), max_digits=24, decimal_places=6, null=True, blank=True)
    r_value = models.DecimalField(_("R"), max_digits=24, decimal_places=6, null=True, blank=True)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade.choices, null=True, blank=True)
    calculated_at = models.DateTimeField(_("calculated at"), null=True, blank=True)

    assessed_on = models.DateField(_("assessment report completed on"), null=True, blank=True)
    assessment_agency = models.CharField(_("assessment made by"), max_length=120, blank=True)
    next_review_on = models.DateField(_("next assessment due on"), null=True, blank=True)
    filing_number = models.CharField(_("filing number"), max_length=40, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    cancel_asked_at = models.DateTimeField(_("deregistration asked for at"), null=True, blank=True)
    created_at = models.DateTimeField(_("entered at"))
    updated_at = models.DateTimeField(_("changed at"))

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("major hazard source")
        verbose_name_plural = _("major hazard sources")
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "name"], name="source_unit_once"),
            models.UniqueConstraint(
                fields=["filing_number"],
                condition=~models.Q(filing_number=""),
                name="source_filing_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], include=["state", "grade"], name="source_changed"),
            models.Index(fields=["grade", "-id"], name="source_grade"),
            models.Index(fields=["next_review_on", "id"], name="source_next_review"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise.name} · {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:source", args=[self.pk])

    @property
    def region_id(self) -> str:
        """The division in which the enterprise lies."""
        return self.enterprise.region_id

    @property
    def is_source(self) -> bool:
        """Say whether the newest calculation found a major hazard source."""
        return self.grade is not None


@tracked
class SourceSubstance(models.Model):
    """What is present in the unit at most (design maximum, tonnes): of table 1, or by its hazard category."""

    unit = models.ForeignKey(
        SourceUnit, models.CASCADE, related_name="substances", verbose_name=_("major hazard source")
    )
    number = models.PositiveSmallIntegerField(_("number in table 1"), null=True, blank=True)
    name = models.CharField(_("substance"), max_length=80)
    categories = ArrayField(
        models.CharField(max_length=8), verbose_name=_("hazard categories"), default=list, blank=True
    )
    quantity = models.DecimalField(
        _("largest amount (t)"), max_digits=14, decimal_places=4, validators=[MinValueValidator(0)]
    )

    objects = SourcePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("substance of a major hazard source")
        verbose_name_plural = _("substances of major hazard sources")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="source_quantity_positive")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.quantity.normalize():f} t"


class SourceCalculation(models.Model):
    """One calculation with the table values it was made by. Never changed: a later one stands beside it."""

    unit = models.ForeignKey(
        SourceUnit, models.PROTECT, related_name="calculations", verbose_name=_("major hazard source")
    )
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("person"), null=True, blank=True
    )
    edition = models.CharField(_("edition of the standard"), max_length=40)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    residents_500m = models.PositiveIntegerField(_("residents within 500 m"))
    s_value = models.DecimalField(_("S"), max_digits=24, decimal_places=6)
    alpha = models.DecimalField(_("α"), max_digits=4, decimal_places=2)
    weighted = models.DecimalField(_("Σ β·q/Q"), max_digits=24, decimal_places=6)
    r_value = models.DecimalField(_("R"), max_digits=24, decimal_places=6)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade.choices, null=True, blank=True)
    lines = models.JSONField(_("lines"), encoder=DjangoJSONEncoder)

    objects = SourcePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("calculation of a major hazard source")
        verbose_name_plural = _("calculations of major hazard sources")
        ordering = ["-id"]
        indexes = [models.Index(fields=["unit", "-id"], name="source_calculation_newest")]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.at:%Y-%m-%d}"

    @property
    def is_source(self) -> bool:
        """Say whether it found a major hazard source."""
        return self.grade is not None
