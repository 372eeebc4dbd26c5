"""Ledgers of equipment and of occupational health (handbook §3.1 D and F)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from enterprises.models.ledgers.base import LedgerRow, chosen, day, in_order, number, once, words


class SafetyFacilityKind(models.TextChoices):
    """What a safety facility is for."""

    ALARM = "alarm", _("detection and alarm")
    PROTECTION = "protection", _("protection of equipment")
    EXPLOSION = "explosion", _("explosion protection")
    FIRE = "fire", _("fire fighting")
    CONTROL = "control", _("emergency control")
    LIGHTNING = "lightning", _("lightning and static")
    OTHER = "other", _("other facility")


class SpecialKind(models.TextChoices):
    """The eight kinds of special equipment (特种设备安全法)."""

    BOILER = "boiler", _("boiler")
    VESSEL = "vessel", _("pressure vessel")
    PIPE = "pipe", _("pressure pipe")
    LIFT = "lift", _("lift")
    CRANE = "crane", _("crane")
    ROPEWAY = "ropeway", _("passenger ropeway")
    AMUSEMENT = "amusement", _("amusement facility")
    VEHICLE = "vehicle", _("works vehicle")


class FactorKind(models.TextChoices):
    """Kinds of occupational hazard factors."""

    DUST = "dust", _("dust factor")
    CHEMICAL = "chemical", _("chemical factor")
    PHYSICAL = "physical", _("physical factor")
    RADIATION = "radiation", _("radiation")
    BIOLOGICAL = "biological", _("biological factor")


class ProtectionKind(models.TextChoices):
    """What protective equipment protects (GB 39800.1)."""

    HEAD = "head", _("head protection")
    EYES = "eyes", _("eye and face protection")
    HEARING = "hearing", _("hearing protection")
    BREATHING = "breathing", _("respiratory protection")
    CLOTHING = "clothing", _("protective clothing")
    HANDS = "hands", _("hand protection")
    FEET = "feet", _("foot protection")
    FALL = "fall", _("fall protection")
    OTHER = "other", _("other protection")


class ExaminationKind(models.TextChoices):
    """When workers are examined."""

    BEFORE = "before", _("before the job")
    DURING = "during", _("on the job")
    LEAVING = "leaving", _("on leaving the job")


@tracked
class SafetyFacility(LedgerRow):
    """A safety facility and its inspections (安全设施)."""

    CODE = "safety_facilities"

    name = words(_("name of the facility"), needed=True)
    kind = chosen(_("kind"), SafetyFacilityKind, default=SafetyFacilityKind.ALARM)
    place = words(_("place in the works"))
    quantity = number(_("quantity"))
    last_inspected_on = day(_("last inspected on"))
    next_inspection_on = day(_("next inspection by"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("safety facility")
        verbose_name_plural = _("Safety facilities")
        constraints = [
            once("safety_facility", "name", "place"),
            in_order("safety_facility", "last_inspected_on", "next_inspection_on"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class SpecialEquipment(LedgerRow):
    """A piece of special equipment and its inspections (特种设备)."""

    CODE = "special_equipment"

    kind = chosen(_("kind"), SpecialKind, default=SpecialKind.VESSEL)
    name = words(_("name of the equipment"), needed=True)
    code = words(_("equipment code"), 40, needed=True)
    registration_no = words(_("registration number"), 40)
    place = words(_("place in the works"))
    last_inspected_on = day(_("last inspected on"))
    next_inspection_on = day(_("next inspection by"))
    inspector = words(_("inspecting body"), 60)

    class Meta(LedgerRow.Meta):
        verbose_name = _("special equipment")
        verbose_name_plural = _("Special equipment")
        constraints = [
            once("special_equipment", "code"),
            in_order("special_equipment", "last_inspected_on", "next_inspection_on"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"


@tracked
class OccupationalFactor(LedgerRow):
    """An occupational hazard factor at a place of work (职业病危害因素)."""

    CODE = "factors"

    name = words(_("name of the factor"), 60, needed=True)
    kind = chosen(_("kind"), FactorKind, default=FactorKind.DUST)
    place = words(_("place in the works"))
    exposed = number(_("workers exposed"))
    declared_on = day(_("declared on"))
    detected_on = day(_("last measured on"))
    agency = words(_("measured by"), 60)
    is_within_limit = models.BooleanField(_("within the limit"), default=True)

    class Meta(LedgerRow.Meta):
        verbose_name = _("occupational hazard factor")
        verbose_name_plural = _("Occupational hazard factors")
        constraints = [once("factor", "name", "place")]

    def __str__(self) -> str:
        return self.name


@tracked
class HealthExamination(LedgerRow):
    """Occupational health examinations of a year (职业健康检查)."""

    CODE = "examinations"

    year = models.PositiveSmallIntegerField(_("year"))
    kind = chosen(_("kind"), ExaminationKind, default=ExaminationKind.DURING)
    examined = number(_("examined"))
    due = number(_("to be examined"))
    abnormal = number(_("with findings"))
    agency = words(_("examined by"), 60)

    class Meta(LedgerRow.Meta):
        verbose_name = _("health examination")
        verbose_name_plural = _("Health examinations")
        constraints = [
            once("examination", "year", "kind"),
            in_order("examination", "examined", "due"),
            in_order("examination", "abnormal", "examined"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"


@tracked
class ProtectiveEquipment(LedgerRow):
    """Protective equipment issued to the people of a post, and when it is due again (劳动防护用品)."""

    CODE = "protective_equipment"

    name = words(_("name of the article"), needed=True)
    kind = chosen(_("kind"), ProtectionKind, default=ProtectionKind.HEAD)
    position = words(_("work post"), 60, needed=True)
    people = number(_("people equipped"))
    issued_on = day(_("given out on"))
    quantity = number(_("quantity"))
    unit = words(_("unit of count"), 10)
    cycle = models.PositiveSmallIntegerField(_("replacement cycle (months)"), null=True, blank=True)
    next_issue_on = day(_("next issue by"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("protective equipment")
        verbose_name_plural = _("Protective equipment issued")
        constraints = [
            once("protective_equipment", "name", "position"),
            in_order("protective_equipment", "issued_on", "next_issue_on"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.position}"
