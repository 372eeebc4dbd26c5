"""Ledgers of emergency preparedness (handbook §3.1 G)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from enterprises.models.ledgers.base import LedgerRow, chosen, day, in_order, number, once, words


class PlanKind(models.TextChoices):
    """Kinds of emergency plans (AQ/T 9002)."""

    COMPREHENSIVE = "comprehensive", _("comprehensive plan")
    SPECIAL = "special", _("special plan")
    ON_SITE = "on_site", _("on-site disposal plan")


class DrillKind(models.TextChoices):
    """How a drill is held (AQ/T 9007)."""

    TABLE = "table", _("table-top")
    FIELD = "field", _("in the field")


class TeamKind(models.TextChoices):
    """Kinds of rescue teams."""

    FULL_TIME = "full_time", _("full-time team")
    PART_TIME = "part_time", _("part-time team")
    AGREED = "agreed", _("by agreement")


@tracked
class EmergencyPlan(LedgerRow):
    """An emergency plan and its filing (应急预案)."""

    CODE = "plans"

    title = words(_("name of the plan"), 120, needed=True)
    kind = chosen(_("kind"), PlanKind, default=PlanKind.COMPREHENSIVE)
    issued_on = day(_("issued on"))
    filing_no = words(_("filing number"), 60)
    filed_on = day(_("filed on"))
    filed_with = words(_("filed with"), 60)
    next_revision_on = day(_("next revision by"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("emergency plan")
        verbose_name_plural = _("Emergency plans")
        constraints = [
            once("plan", "title"),
            in_order("plan", "issued_on", "filed_on"),
            in_order("plan", "issued_on", "next_revision_on"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked
class Drill(LedgerRow):
    """An emergency drill: kind, people who took part, what was learnt (应急演练)."""

    CODE = "drills"

    topic = words(_("topic of the drill"), 120, needed=True)
    held_on = day(_("held on"), needed=True)
    kind = chosen(_("form of drill"), DrillKind, default=DrillKind.FIELD)
    plan_kind = chosen(_("plan drilled"), PlanKind, default=PlanKind.ON_SITE)
    participants = number(_("took part"))
    place = words(_("place in the works"))
    findings = words(_("problems and improvements"), 300)

    class Meta(LedgerRow.Meta):
        verbose_name = _("emergency drill")
        verbose_name_plural = _("Emergency drills")
        constraints = [once("drill", "topic", "held_on")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.topic}"


@tracked
class RescueTeam(LedgerRow):
    """A rescue team (应急救援队伍)."""

    CODE = "teams"

    name = words(_("name of the team"), needed=True)
    kind = chosen(_("kind"), TeamKind, default=TeamKind.PART_TIME)
    members = number(_("members"))
    leader = words(_("team leader"), 40)
    phone = words(_("phone"), 20)
    partner = words(_("partner of the agreement"), 120)

    class Meta(LedgerRow.Meta):
        verbose_name = _("rescue team")
        verbose_name_plural = _("Rescue teams")
        constraints = [once("team", "name")]

    def __str__(self) -> str:
        return self.name


@tracked
class EmergencyMaterial(LedgerRow):
    """Emergency equipment and materials (应急物资)."""

    CODE = "materials"

    name = words(_("name of the material"), needed=True)
    model = words(_("type and size"), 60)
    quantity = number(_("quantity"))
    unit = words(_("unit of count"), 10)
    place = words(_("kept at"))
    keeper = words(_("kept by"), 40)
    phone = words(_("phone"), 20)
    usable_until = day(_("usable until"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("emergency material")
        verbose_name_plural = _("Emergency materials")
        constraints = [once("material", "name", "model", "place")]

    def __str__(self) -> str:
        return self.name
