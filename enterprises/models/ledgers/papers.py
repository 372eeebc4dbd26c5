"""Papers with a last day (handbook §3.1 C): licences, standardisation grades, insurance. A renewal is a row of its own."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from enterprises.models.ledgers.base import (
    ValidRow,
    amount,
    apart,
    chosen,
    in_order,
    never,
    number,
    once,
    words,
)


class LicenceKind(models.TextChoices):
    """Licences of the emergency-management authorities, and others."""

    SAFETY_PRODUCTION = "safety_production", _("work safety licence")
    HAZCHEM_TRADE = "hazchem_trade", _("hazardous chemicals trading licence")
    HAZCHEM_USE = "hazchem_use", _("hazardous chemicals use licence")
    HAZCHEM_REGISTRATION = "hazchem_registration", _("hazardous chemicals registration")
    FIREWORKS_TRADE = "fireworks_trade", _("fireworks trading licence")
    PRECURSOR = "precursor", _("precursor chemicals record")
    OTHER = "other", _("other licence")


class StandardGrade(models.TextChoices):
    """Grades of standardisation."""

    FIRST = "first", _("grade one")
    SECOND = "second", _("grade two")
    THIRD = "third", _("grade three")
    SMALL = "small", _("small and micro enterprise")


class InsuranceKind(models.TextChoices):
    """Kinds of insurance that the file keeps."""

    LIABILITY = "liability", _("work safety liability insurance")
    INJURY = "injury", _("work-injury insurance")
    OTHER = "other", _("other insurance")


@tracked
class Licence(ValidRow):
    """A licence or qualification (资质证照)."""

    CODE = "licences"

    kind = chosen(_("kind of licence"), LicenceKind, default=LicenceKind.SAFETY_PRODUCTION)
    title = words(_("name of another licence"), 60)
    number = words(_("licence number"), 60, needed=True)
    issuer = words(_("issuing authority"), 60)
    scope = words(_("permitted scope"), 200)
    address = words(_("licensed place"), 200)

    class Meta(ValidRow.Meta):
        verbose_name = _("licence")
        verbose_name_plural = _("Licences and qualifications")
        constraints = [
            once("licence", "number", "valid_from"),
            in_order("licence", "valid_from", "valid_to"),
            apart("licence", "kind", "title"),
            never(
                "licence_other_without_title",
                Q(kind="other", title="") | ~Q(kind="other") & ~Q(title=""),
                "title",
                _("Write the name where the licence is another one, and only there."),
            ),
        ]
        indexes = [models.Index(fields=["valid_to", "id"], name="licence_valid_to")]

    def __str__(self) -> str:
        return f"{self.title or self.get_kind_display()} {self.number}"


@tracked
class Standardisation(ValidRow):
    """A grade of work safety standardisation (安全生产标准化)."""

    CODE = "standardisation"

    trade = words(_("trade assessed"), 40)
    grade = chosen(_("grade"), StandardGrade, default=StandardGrade.THIRD)
    certificate_no = words(_("certificate number"), 60, needed=True)
    issuer = words(_("issuing authority"), 60)

    class Meta(ValidRow.Meta):
        verbose_name = _("standardisation grade")
        verbose_name_plural = _("Standardisation")
        constraints = [
            once("standardisation", "certificate_no", "valid_from"),
            in_order("standardisation", "valid_from", "valid_to"),
            apart("standardisation", "trade"),
        ]
        indexes = [models.Index(fields=["valid_to", "id"], name="standardisation_valid_to")]

    def __str__(self) -> str:
        return f"{self.get_grade_display()} {self.certificate_no}"


@tracked
class Insurance(ValidRow):
    """An insurance policy (安责险、工伤保险)."""

    CODE = "insurance"

    kind = chosen(_("kind of insurance"), InsuranceKind, default=InsuranceKind.LIABILITY)
    insurer = words(_("insurer"), 60, needed=True)
    policy_no = words(_("policy number"), 60, needed=True)
    insured = number(_("persons insured"))
    cover = amount(_("cover for a person (10,000 yuan)"))

    class Meta(ValidRow.Meta):
        verbose_name = _("insurance policy")
        verbose_name_plural = _("Insurance")
        constraints = [
            once("insurance", "policy_no", "valid_from"),
            in_order("insurance", "valid_from", "valid_to"),
            apart("insurance", "kind"),
        ]
        indexes = [models.Index(fields=["valid_to", "id"], name="insurance_valid_to")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.policy_no}"
