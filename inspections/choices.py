"""The fixed words of checklists and visits (handbook §5, §7)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Method(TextChoices):
    """How an item is checked."""

    DOCUMENTS = "documents", _("Read the papers")
    SITE = "site", _("Look at the site")
    ASK = "ask", _("Ask people")


class Purpose(TextChoices):
    """Whose conduct a checklist looks at."""

    ENTERPRISE = "enterprise", _("Enterprises")
    GOVERNMENT = "government", _("Government bodies")


class ReferenceRole(TextChoices):
    """What an article of law is to an item (handbook §7.4)."""

    BASIS = "basis", _("Basis")
    MEASURE = "measure", _("Measure on site")
    PENALTY = "penalty", _("Penalty")


class Result(TextChoices):
    """The answer to one item."""

    PASS = "pass", _("Complies")
    FAIL = "fail", _("Does not comply")
    NOT_APPLICABLE = "na", _("Does not apply")
    NOT_CHECKED = "not_checked", _("Not checked")


class Outcome(TextChoices):
    """What a finished visit says as a whole; "nothing found" is an answer, not silence."""

    FOUND = "found", _("Problems found")
    NOTHING = "nothing", _("No problem found")


class Trigger(TextChoices):
    """Why a visit takes place (handbook §7.1)."""

    PLAN = "plan", _("By plan")
    SPOT = "spot", _("On the spot")
    SPECIAL = "special", _("Special campaign")
    COMPLAINT = "complaint", _("Complaint")
    TRANSFER = "transfer", _("Transferred case")
    ALARM = "alarm", _("Monitoring alarm")
    ACCIDENT = "accident", _("Accident")
    FOLLOW_UP = "follow_up", _("Re-inspection")


# Case-type visits stand outside the yearly cap, but a leader must have agreed to them (handbook §7.1).
OUTSIDE_CAP = frozenset(
    {Trigger.COMPLAINT, Trigger.TRANSFER, Trigger.ALARM, Trigger.ACCIDENT, Trigger.FOLLOW_UP}
)

# An order to put something right is followed up in any case; a complaint, an alarm, an accident is a decision.
NEEDS_AGREEMENT = OUTSIDE_CAP - {Trigger.FOLLOW_UP}


class PositionState(TextChoices):
    """What the device said about where it was."""

    NEAR = "near", _("At the registered place")
    FAR = "far", _("Away from the registered place")
    UNPLACED = "unplaced", _("The enterprise has no registered position")
    IMPLAUSIBLE = "implausible", _("Cannot be right")
    MISSING = "missing", _("No position")


class Side(TextChoices):
    """Who signs a visit."""

    OFFICER = "officer", _("Inspecting side")
    PARTY = "party", _("Inspected side")


class CheckLevel(TextChoices):
    """Who carries a self-check out (handbook §5.6)."""

    TEAM = "team", _("Team")
    WORKSHOP = "workshop", _("Workshop")
    COMPANY = "company", _("Enterprise")


class Colour(TextChoices):
    """The four colours of risk, from the highest."""

    RED = "red", _("Red")
    ORANGE = "orange", _("Orange")
    YELLOW = "yellow", _("Yellow")
    BLUE = "blue", _("Blue")


class DoubtKind(TextChoices):
    """Why a record looks too good to be true (handbook §5.7, §18 rows 17, 19, 29)."""

    NOTHING_FOUND = "nothing_found", _("Nothing found for months while others find")
    COPIED_TEXT = "copied_text", _("The same words again and again")
    SAME_PHOTO = "same_photo", _("The same photo used again")
    OLD_PHOTO = "old_photo", _("A photo of the rectification older than the hazard")
    TOO_FAST = "too_fast", _("Finished implausibly fast")
    CONTRADICTED = "contradicted", _("A regulator found what a self-check had passed")
