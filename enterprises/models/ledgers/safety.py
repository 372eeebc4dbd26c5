"""Ledgers of safety management (handbook §3.1 D): bodies, people, money, rules, projects, contractors, accidents and
penalties of the past."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from enterprises.models.ledgers.base import (
    LedgerRow,
    amount,
    chosen,
    day,
    in_order,
    never,
    number,
    once,
    words,
)


class InstitutionKind(models.TextChoices):
    """Kinds of safety bodies."""

    COMMITTEE = "committee", _("safety committee")
    DEPARTMENT = "department", _("safety department")
    TEAM = "team", _("safety team")


class SafetyPosition(models.TextChoices):
    """What a person does for safety."""

    PRINCIPAL = "principal", _("principal responsible person")
    DIRECTOR = "director", _("safety director")
    FULL_TIME = "full_time", _("full-time safety manager")
    PART_TIME = "part_time", _("part-time safety manager")
    ENGINEER = "engineer", _("registered safety engineer")
    OPERATOR = "operator", _("special operator")


class RuleKind(models.TextChoices):
    """What the enterprise lays down for itself."""

    RESPONSIBILITY = "responsibility", _("responsibility list")
    RULE = "rule", _("safety rule")
    PROCEDURE = "procedure", _("operating procedure")


class ProjectKind(models.TextChoices):
    """Kinds of construction projects."""

    NEW = "new", _("new project")
    REBUILT = "rebuilt", _("rebuilding project")
    EXTENDED = "extended", _("extension project")


class ProjectStage(models.TextChoices):
    """How far the safety facilities of a project are (三同时)."""

    ASSESSMENT = "assessment", _("pre-assessment")
    DESIGN = "design", _("design review")
    BUILDING = "building", _("being built")
    TRIAL = "trial", _("trial run")
    ACCEPTED = "accepted", _("accepted on completion")


class ContractorKind(models.TextChoices):
    """Who works on the premises besides the enterprise."""

    CONTRACTOR = "contractor", _("contractor")
    LESSEE = "lessee", _("lessee")
    LESSOR = "lessor", _("lessor")


class AccidentGrade(models.TextChoices):
    """Grades of accidents (R493 art. 3)."""

    MINOR = "minor", _("below the ordinary grade")
    ORDINARY = "ordinary", _("ordinary accident")
    LARGER = "larger", _("larger accident")
    MAJOR = "major", _("major accident")
    SPECIAL = "special", _("especially major accident")


class PenaltyKind(models.TextChoices):
    """Kinds of administrative penalties (APL art. 9)."""

    WARNING = "warning", _("warning")
    CRITICISM = "criticism", _("criticism by circular")
    FINE = "fine", _("fine")
    CONFISCATION = "confiscation", _("confiscation")
    LICENCE_SUSPENDED = "licence_suspended", _("licence suspended")
    GRADE_LOWERED = "grade_lowered", _("qualification grade lowered")
    LICENCE_REVOKED = "licence_revoked", _("licence revoked")
    RESTRICTED = "restricted", _("business activities restricted")
    STOPPED = "stopped", _("production or business stopped")
    CLOSED = "closed", _("closed down by order")
    BARRED = "barred", _("barred from the trade")
    DETENTION = "detention", _("administrative detention")
    OTHER = "other", _("other penalty")


# Penalties that are paid in money.
PAID_IN_MONEY = (PenaltyKind.FINE, PenaltyKind.CONFISCATION)


@tracked
class SafetyInstitution(LedgerRow):
    """A body for safety (安全管理机构)."""

    CODE = "institutions"

    name = words(_("name of the body"), needed=True)
    kind = chosen(_("kind"), InstitutionKind, default=InstitutionKind.DEPARTMENT)
    document_no = words(_("founding document"), 60)
    established_on = day(_("established on"))
    head = words(_("head"), 40)
    members = number(_("members"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("safety body")
        verbose_name_plural = _("Safety bodies")
        constraints = [once("institution", "name")]

    def __str__(self) -> str:
        return self.name


@tracked
class SafetyPerson(LedgerRow):
    """A person with a duty for safety, and the certificate for it (安全管理人员及证书)."""

    CODE = "persons"

    name = words(_("full name"), 40, needed=True)
    position = chosen(_("safety position"), SafetyPosition, default=SafetyPosition.FULL_TIME)
    phone = words(_("phone"), 20)
    since = day(_("in the position since"))
    certificate_kind = words(_("name of the certificate"), 60)
    certificate_no = words(_("certificate number"), 40)
    issuer = words(_("issuing authority"), 60)
    valid_from = day(_("validity begins"))
    valid_to = day(_("validity ends"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("person with a safety duty")
        verbose_name_plural = _("Safety persons")
        constraints = [
            once("person", "name", "position", "certificate_no"),
            in_order("person", "valid_from", "valid_to"),
        ]
        indexes = [models.Index(fields=["valid_to", "id"], name="person_valid_to")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.name, self.certificate_kind) if part)


@tracked
class SafetyInvestment(LedgerRow):
    """Money for safety in a year (安全费用提取和使用)."""

    CODE = "investment"

    year = models.PositiveSmallIntegerField(_("year"))
    extracted = amount(_("set aside (10,000 yuan)"))
    used = amount(_("spent (10,000 yuan)"))
    purpose = words(_("spent on"), 200)

    class Meta(LedgerRow.Meta):
        verbose_name = _("safety investment of a year")
        verbose_name_plural = _("Safety investment")
        constraints = [once("investment", "year")]

    def __str__(self) -> str:
        return str(self.year)


@tracked
class SafetyRule(LedgerRow):
    """A responsibility list, rule or procedure of the enterprise (全员安全生产责任制、规章制度、操作规程)."""

    CODE = "rules"

    kind = chosen(_("kind"), RuleKind, default=RuleKind.RULE)
    title = words(_("title of the document"), 120, needed=True)
    number = words(_("number of the document"), 60)
    issued_on = day(_("issued on"))
    revised_on = day(_("last revised on"))
    signed_by = words(_("signed by"), 40)

    class Meta(LedgerRow.Meta):
        verbose_name = _("responsibility list or rule")
        verbose_name_plural = _("Responsibility lists and rules")
        constraints = [once("rule", "kind", "title"), in_order("rule", "issued_on", "revised_on")]

    def __str__(self) -> str:
        return self.title


@tracked
class SafetyProject(LedgerRow):
    """A construction project and its safety facilities (建设项目安全设施三同时)."""

    CODE = "projects"

    name = words(_("name of the project"), 120, needed=True)
    kind = chosen(_("kind"), ProjectKind, default=ProjectKind.NEW)
    investment = amount(_("investment (10,000 yuan)"))
    stage = chosen(_("stage"), ProjectStage, default=ProjectStage.ASSESSMENT)
    assessed_on = day(_("pre-assessment on"))
    design_reviewed_on = day(_("design reviewed on"))
    accepted_on = day(_("accepted on"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("construction project")
        verbose_name_plural = _("Three-simultaneities projects")
        constraints = [
            once("project", "name"),
            in_order("project", "assessed_on", "design_reviewed_on"),
            in_order("project", "design_reviewed_on", "accepted_on"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Contractor(LedgerRow):
    """Who works or rents on the premises, and the safety agreement with them (承包商、承租单位)."""

    CODE = "contractors"

    name = words(_("name of the unit"), 120, needed=True)
    kind = chosen(_("kind"), ContractorKind, default=ContractorKind.CONTRACTOR)
    scope = words(_("work or area"), 120)
    agreement_on = day(_("safety agreement of"))
    from_on = day(_("term begins"), needed=True)
    to_on = day(_("term ends"))
    head = words(_("head"), 40)
    phone = words(_("phone"), 20)

    class Meta(LedgerRow.Meta):
        verbose_name = _("contractor or lessee")
        verbose_name_plural = _("Contractors and lessees")
        constraints = [once("contractor", "name", "from_on"), in_order("contractor", "from_on", "to_on")]

    def __str__(self) -> str:
        return self.name


@tracked
class PastAccident(LedgerRow):
    """An accident of the enterprise in the past (事故记录)."""

    CODE = "accidents"

    happened_on = day(_("happened on"), needed=True)
    place = words(_("place in the works"), needed=True)
    kind = words(_("kind of accident"), 40)
    grade = chosen(_("grade"), AccidentGrade, default=AccidentGrade.ORDINARY)
    deaths = number(_("deaths"))
    injuries = number(_("seriously injured"))
    loss = amount(_("direct loss (10,000 yuan)"))
    cause = words(_("direct cause"), 200)
    closed_on = day(_("case closed on"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("accident")
        verbose_name_plural = _("Accidents")
        constraints = [
            once("accident", "happened_on", "place"),
            in_order("accident", "happened_on", "closed_on"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.place}"


@tracked
class PastPenalty(LedgerRow):
    """An administrative penalty of the past, by whichever authority (行政处罚记录); each kind of a decision is a row."""

    CODE = "penalties"

    document_no = words(_("number of the decision"), 60, needed=True)
    kind = chosen(_("kind of penalty"), PenaltyKind, default=PenaltyKind.FINE)
    authority = words(_("authority that decided"), 60, needed=True)
    decided_on = day(_("decided on"), needed=True)
    offence = words(_("punished for"), 200, needed=True)
    article = words(_("article cited"), 120)
    money = amount(_("amount (yuan)"))
    executed_on = day(_("paid or executed on"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("penalty of the past")
        verbose_name_plural = _("Penalties of the past")
        constraints = [
            once("penalty", "document_no", "kind"),
            in_order("penalty", "decided_on", "executed_on"),
            never(
                "penalty_money_of_another_kind",
                Q(money__gt=0) & ~Q(kind__in=PAID_IN_MONEY),
                "money",
                _("Only a fine or a confiscation has an amount."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_no} {self.get_kind_display()}"
