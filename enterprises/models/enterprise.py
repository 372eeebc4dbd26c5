"""One enterprise, one file: the basic, industry, contact, status and place fields of handbook §3."""

from datetime import datetime, time

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from audit.history import tracked
from enterprises.choices import (
    ENDED,
    EnterpriseSize,
    EnterpriseType,
    OperatingStatus,
    RegulatoryCategory,
    RiskTag,
    SupervisionLevel,
)
from enterprises.phones import PERSONAL
from enterprises.querysets import EnterpriseQuerySet
from enterprises.terms import term_in_order
from lifecycle.models import Stateful
from listings.text import BigramIndex
from regions.models import Grid, Placed, Region

# The ID number of a person as a file shows it, or none: the database takes no other.
MASKED_ID_NO = r"^$|^\d{3}\*{11}\d{3}[\dX]$"


def digits(name: str) -> models.Func:
    """Return a number without the dash of a landline, as it is looked for."""
    return models.functions.Replace(name, models.Value("-"), models.Value(""))


# Everything by which somebody may look for an enterprise.
SEARCHED = (
    "name",
    "uscc",
    "former_name",
    "legal_rep_name",
    "principal_name",
    "safety_deputy",
    "safety_director",
    "safety_head",
    "contact_name",
    "emergency_contact_name",
    *map(digits, PERSONAL),
    "production_address",
    "registered_address",
)


def spaced(*parts: str | models.Func) -> models.functions.Concat:
    """Return the parts as one text with a space between them, so that no word is found across two."""
    return models.functions.Concat(*[each for part in parts for each in (part, models.Value(" "))][:-1])


@tracked
class Enterprise(Placed, Stateful):
    """A production or business unit under safety supervision (生产经营单位).

    Its state is the operating status, moved by the verbs of `enterprises.lifecycle`; it holds from a day, not a moment.
    """

    state_field = "operating_status"

    name = models.CharField(_("enterprise name"), max_length=120)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    former_name = models.CharField(_("former name"), max_length=120, blank=True)
    enterprise_type = models.CharField(
        _("registered type"), max_length=16, choices=EnterpriseType.choices, default=EnterpriseType.LIMITED
    )
    registered_capital = models.DecimalField(
        _("registered capital (10,000 yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    established_on = models.DateField(_("established on"), null=True, blank=True)
    # A term that has begun and names no end is a long-term one (长期).
    business_term_from = models.DateField(_("business term begins"), null=True, blank=True)
    business_term_to = models.DateField(_("business term ends"), null=True, blank=True)
    business_scope = models.TextField(_("business scope"), max_length=2000, blank=True)
    registered_address = models.CharField(_("registered address"), max_length=200, blank=True)
    production_address = models.CharField(_("production address"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    # Both are found by indexes of their own below; each index more is paid by every row of an import.
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name=_("division"), db_index=False
    )
    grid = models.ForeignKey(
        Grid, models.PROTECT, verbose_name=_("grid"), null=True, blank=True, db_index=False
    )
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)

    legal_rep_name = models.CharField(_("legal representative"), max_length=40, blank=True)
    legal_rep_phone = models.CharField(_("legal representative's phone"), max_length=20, blank=True)
    # With its middle left out (3 + 4 characters of 18); whole it is kept encrypted, in a table of its own
    # (LegalRepIdentity). It is written by `enterprises.identity` alone.
    legal_rep_id_no = models.CharField(
        _("legal representative's ID number"), max_length=18, blank=True, default="", db_default=""
    )
    principal_name = models.CharField(_("principal responsible person"), max_length=40)
    principal_phone = models.CharField(_("principal's phone"), max_length=20)
    safety_deputy = models.CharField(_("deputy in charge of safety"), max_length=40, blank=True)
    safety_deputy_phone = models.CharField(_("deputy's phone"), max_length=20, blank=True)
    safety_director = models.CharField(_("safety director"), max_length=40, blank=True)
    safety_director_phone = models.CharField(_("safety director's phone"), max_length=20, blank=True)
    safety_head = models.CharField(_("head of safety"), max_length=40, blank=True)
    contact_name = models.CharField(_("contact"), max_length=40)
    contact_phone = models.CharField(_("contact's mobile"), max_length=20)
    duty_phone = models.CharField(_("24-hour duty phone"), max_length=20, blank=True)
    emergency_contact_name = models.CharField(_("emergency contact"), max_length=40, blank=True)
    emergency_contact_phone = models.CharField(_("emergency contact's phone"), max_length=20, blank=True)
    nearest_hospital = models.CharField(_("nearest hospital"), max_length=60, blank=True)
    hospital_distance = models.DecimalField(
        _("distance to the hospital (km)"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    # The number of an institution: it is shown whole, as no number of a person is.
    hospital_tel = models.CharField(_("telephone of the hospital"), max_length=20, blank=True)

    employees = models.PositiveIntegerField(_("employees"), default=0)
    shift_people = models.PositiveIntegerField(_("most people on one shift"), null=True, blank=True)
    full_time_safety_managers = models.PositiveIntegerField(_("full-time safety managers"), default=0)
    part_time_safety_managers = models.PositiveIntegerField(_("part-time safety managers"), default=0)
    registered_safety_engineers = models.PositiveIntegerField(_("registered safety engineers"), default=0)
    special_operators = models.PositiveIntegerField(_("special operators"), default=0)
    annual_revenue = models.DecimalField(
        _("annual revenue (10,000 yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    fixed_assets = models.DecimalField(
        _("fixed assets (10,000 yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    land_area = models.PositiveIntegerField(_("land area (m²)"), null=True, blank=True)
    building_area = models.PositiveIntegerField(_("building area (m²)"), null=True, blank=True)
    shift_system = models.CharField(_("shift system"), max_length=40, blank=True)
    parent_group = models.CharField(_("parent group"), max_length=120, blank=True)
    is_above_designated = models.BooleanField(_("above designated size"), default=False)
    size = models.CharField(_("size"), max_length=8, choices=EnterpriseSize.choices, blank=True)

    supervising_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name=_("supervising agency"),
        null=True,
        blank=True,
    )
    competent_department = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name=_("competent department"),
        null=True,
        blank=True,
    )
    supervision_level = models.CharField(
        _("level of supervision"),
        max_length=8,
        choices=SupervisionLevel.choices,
        default=SupervisionLevel.TOWN,
    )
    operating_status = models.CharField(
        _("operating status"), max_length=20, choices=OperatingStatus.choices, default=OperatingStatus.NORMAL
    )
    status_since = models.DateField(_("status since"), null=True, blank=True)
    # When a seasonal stop or a trial run is to end.
    planned_until = models.DateField(_("planned until"), null=True, blank=True)
    # A stop that was seen on site holds until the next look is due; empty: nobody has seen it.
    stop_checked_until = models.DateField(_("stop verified until"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0, db_default=0)

    industry_code = models.CharField(_("industry code (GB/T 4754)"), max_length=4)
    regulatory_category = models.CharField(
        _("regulatory category"), max_length=20, choices=RegulatoryCategory.choices
    )
    sub_category = models.CharField(_("sub-category"), max_length=20, blank=True)
    main_products = models.CharField(_("main products"), max_length=200, blank=True)
    raw_materials = models.CharField(_("raw materials"), max_length=200, blank=True)
    process_description = models.TextField(_("process"), max_length=2000, blank=True)
    risk_tags = ArrayField(
        models.CharField(max_length=20, choices=RiskTag.choices),
        verbose_name=_("special risks"),
        default=list,
        blank=True,
    )

    created_at = models.DateTimeField(_("entered at"))
    updated_at = models.DateTimeField(_("changed at"))
    search_text = models.GeneratedField(
        expression=spaced(*SEARCHED), output_field=models.TextField(), db_persist=True
    )

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        ordering = ["-id"]
        permissions = [("import_enterprise", "Can import enterprises")]
        constraints = [
            term_in_order("enterprise"),
            models.CheckConstraint(
                condition=Q(legal_rep_id_no__regex=MASKED_ID_NO), name="enterprise_id_no_is_masked"
            ),
        ]
        indexes = [
            models.Index(
                fields=["county_code", "-updated_at", "-id"],
                include=["operating_status", "regulatory_category"],
                name="enterprise_county_new",
            ),
            models.Index(
                fields=["town_code", "-updated_at", "-id"],
                include=["county_code", "operating_status", "regulatory_category"],
                name="enterprise_town_new",
            ),
            models.Index(
                fields=["city_code", "-updated_at", "-id"],
                include=["operating_status", "regulatory_category"],
                name="enterprise_city_new",
            ),
            models.Index(fields=["region", "-updated_at", "-id"], name="enterprise_village_new"),
            models.Index(fields=["grid"], name="enterprise_grid"),
            BigramIndex("search_text", name="enterprise_search"),
            # A frame of the map, and the numbers of the divisions beside it, are read from the index alone; the map is
            # mostly narrowed by category and status.
            models.Index(
                fields=["county_code", "longitude", "latitude"],
                include=["town_code", "regulatory_category", "operating_status"],
                name="enterprise_county_map",
            ),
            models.Index(
                fields=["city_code", "longitude", "latitude"],
                include=["county_code", "regulatory_category", "operating_status"],
                name="enterprise_city_map",
            ),
            # The place of an enterprise by its key, for rows that have none of their own; no row is fetched.
            models.Index(
                fields=["id"],
                include=["city_code", "county_code", "town_code"],
                name="enterprise_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("enterprises:detail", args=[self.pk])

    @property
    def state(self) -> str:
        """The operating status, as the lifecycle room calls it."""
        return self.operating_status

    @state.setter
    def state(self, code: str) -> None:
        self.operating_status = code

    @property
    def state_since(self) -> datetime | None:
        """The beginning of the day on which the status came to hold."""
        return make_aware(datetime.combine(self.status_since, time())) if self.status_since else None

    @state_since.setter
    def state_since(self, moment: datetime) -> None:
        self.status_since = localdate(moment)

    @property
    def is_ended(self) -> bool:
        """Say whether the enterprise has left supervision for good."""
        return self.operating_status in ENDED
