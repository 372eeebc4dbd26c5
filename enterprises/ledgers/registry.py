"""The ledgers there are, in the order of the page."""

from django.utils.translation import gettext_lazy as _

from enterprises import models
from enterprises.ledgers.declaration import Ledger

LEDGERS: tuple[Ledger, ...] = (
    Ledger(
        models.ProductionFacility,
        "industry",
        _("Plants, lines, furnaces, tank farms and stores."),
    ),
    Ledger(
        models.ProductionProcess,
        "industry",
        _("Each process, and whether it is one of the 18 under key supervision."),
        flag="is_key",
        less=("temperature", "pressure"),
    ),
    Ledger(
        models.ConfinedSpace,
        "industry",
        _("Tanks, pits and pipes in which people may work."),
        less=("has_sign",),
    ),
    Ledger(models.DustSite, "industry", _("Places with dust that can explode."), less=("cleaning",)),
    Ledger(
        models.CastingWell,
        "industry",
        _("Wells in which metal is cast, with furnace, cooling water and emergency water."),
        less=("metal", "commissioned_on"),
    ),
    Ledger(models.AmmoniaSystem, "industry", _("Refrigeration with ammonia."), flag="has_direct_use"),
    Ledger(
        models.Chemical,
        "chemicals",
        _("Each hazardous chemical with its largest store; major hazard sources are found from it."),
        flag="is_key",
        less=("packaging", "is_toxic", "is_explosive_precursor", "is_drug_precursor"),
        scanned=True,
        paper=_("Safety data sheets"),
    ),
    Ledger(models.SafetyInstitution, "safety", _("Committee, department or team for safety.")),
    Ledger(
        models.SafetyPerson,
        "safety",
        _("Who answers for safety, with certificate; everybody concerned is told in time before its end."),
        expiry="valid_to",
        warns=True,
        less=("since", "issuer", "valid_from"),
        scanned=True,
    ),
    Ledger(models.SafetyInvestment, "safety", _("Money set aside and spent for safety, year by year.")),
    Ledger(
        models.SafetyRule,
        "safety",
        _("Responsibility lists of all posts, rules and operating procedures."),
        less=("signed_by",),
        scanned=True,
    ),
    Ledger(
        models.SafetyProject,
        "safety",
        _("New, rebuilt and extended projects whose safety facilities go along with them."),
        scanned=True,
    ),
    Ledger(
        models.Contractor,
        "safety",
        _("Who works or rents on the premises, with the safety agreement."),
        expiry="to_on",
        less=("phone",),
        scanned=True,
    ),
    Ledger(
        models.WorkPermit,
        "safety",
        _("A permit for each job of the eight kinds of dangerous work (GB 30871)."),
        less=("job", "applicant", "approver"),
        scanned=True,
    ),
    Ledger(
        models.PastAccident,
        "safety",
        _("Accidents of the past, with cause and end of the case."),
        less=("closed_on",),
    ),
    Ledger(
        models.PastPenalty,
        "safety",
        _("Penalties of the past by any authority: decision, article, amount, and when it was executed."),
        less=("article",),
        scanned=True,
    ),
    Ledger(
        models.Licence,
        "licences",
        _("Everybody concerned is told in time before the last day; a renewal is entered as a new row."),
        expiry="valid_to",
        warns=True,
        less=("title", "scope", "address"),
        scanned=True,
    ),
    Ledger(
        models.Standardisation,
        "licences",
        _("Grades of work safety standardisation; a renewal is entered as a new row."),
        expiry="valid_to",
        warns=True,
        scanned=True,
    ),
    Ledger(
        models.Insurance,
        "licences",
        _("Work safety liability and work-injury insurance; a renewal is entered as a new row."),
        expiry="valid_to",
        warns=True,
        scanned=True,
    ),
    Ledger(
        models.SafetyFacility,
        "equipment",
        _("Alarms, protection, fire fighting, and when each is to be inspected."),
        expiry="next_inspection_on",
    ),
    Ledger(
        models.SpecialEquipment,
        "equipment",
        _("Boilers, vessels, lifts, cranes and works vehicles, and when each is to be inspected."),
        expiry="next_inspection_on",
        less=("registration_no", "inspector"),
    ),
    Ledger(
        models.OccupationalFactor,
        "health",
        _("What workers are exposed to, and the last measurement."),
        less=("declared_on",),
    ),
    Ledger(models.HealthExamination, "health", _("How many were examined, year by year.")),
    Ledger(
        models.ProtectiveEquipment,
        "health",
        _("What each post is given to wear, for how long, and when it is due again."),
        expiry="next_issue_on",
        less=("unit", "cycle"),
    ),
    Ledger(
        models.EmergencyPlan,
        "emergency",
        _("Plans with their filing and the day of the next revision."),
        expiry="next_revision_on",
        less=("filed_with",),
        scanned=True,
    ),
    Ledger(models.Drill, "emergency", _("Each drill: form, people who took part, what was found.")),
    Ledger(models.RescueTeam, "emergency", _("Own teams, and those bound by agreement.")),
    Ledger(
        models.EmergencyMaterial,
        "emergency",
        _("What is at hand, where it is kept and until when it can be used."),
        expiry="usable_until",
        less=("phone",),
    ),
)
BY_CODE = {ledger.code: ledger for ledger in LEDGERS}
BY_MODEL = {ledger.model: ledger for ledger in LEDGERS}


def of_group(group: str) -> list[Ledger]:
    """Return the ledgers that belong to a group of the file's facts, in their order."""
    return [ledger for ledger in LEDGERS if ledger.group == group]


def find(code: str) -> Ledger | None:
    """Return the ledger of that code, or None."""
    return BY_CODE.get(code)


def of_row(row: object) -> Ledger:
    """Return the ledger in which a row stands."""
    return BY_MODEL[type(row)]
