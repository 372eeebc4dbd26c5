"""The states of a major hazard source and the verbs that move it (handbook §4.4)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from enterprises.models import SourceUnit
from enterprises.sources.materials import missing
from lifecycle.table import Lifecycle, Refusal, State, Verb
from regions.words import listed


def at_threshold(unit: SourceUnit, actor: User | None, at: datetime) -> Refusal | None:
    """A unit that has fallen below the threshold is deregistered, not assessed."""
    if unit.is_source:
        return None
    return Refusal(
        _("By the newest calculation the unit lies below the threshold."),
        _("Ask for its deregistration instead of assessing it."),
        law="O40",
    )


def materials_complete(unit: SourceUnit, actor: User | None, at: datetime) -> Refusal | None:
    """Filing needs every material on the list."""
    lacking = missing(unit)
    if not lacking:
        return None
    named = listed(material.label for material in lacking)
    words = ngettext(
        "%(n)d material is missing: %(named)s.", "%(n)d materials are missing: %(named)s.", len(lacking)
    )
    return Refusal(
        words % {"n": len(lacking), "named": named}, _("Add them, then hand in the filing."), law="O40"
    )


def cancel_not_asked(unit: SourceUnit, actor: User | None, at: datetime) -> Refusal | None:
    """One request for deregistration is decided before another is made."""
    if unit.cancel_asked_at is None:
        return None
    return Refusal(_("Deregistration has already been asked for."), hides=True)


def cancel_asked(unit: SourceUnit, actor: User | None, at: datetime) -> Refusal | None:
    """Only what was asked for can be decided."""
    if unit.cancel_asked_at is not None:
        return None
    return Refusal(_("Nobody has asked for deregistration."), hides=True)


# Also while the authority reviews the filing: the duty to identify anew does not wait for its answer (O40).
CHANGEABLE = ("recorded", "below", "identified", "assessed", "submitted", "filed", "expired")
KEEPS_FILES = ("identified", "assessed", "filed", "expired")
TO_BE_FILED = ("identified", "assessed", "expired")
WAS_FILED = ("filed", "expired")
CANCEL = "enterprises.source_cancel"
REASSESS = "enterprises.source_reassess"

SOURCE = Lifecycle(
    name="enterprises.source",
    model="enterprises.SourceUnit",
    initial="recorded",
    states=(
        State("recorded", _("Entered"), phase="0", deadline=None),
        State("below", _("Below the threshold"), phase="void", deadline=None),
        State("identified", _("Identified, to be assessed"), phase="1", deadline="enterprises.source_assess"),
        State("assessed", _("Assessed, to be filed"), phase="2", deadline="enterprises.source_file"),
        State("submitted", _("Filing under review"), phase="3", deadline="enterprises.source_review"),
        State("filed", _("Filed"), phase="done", deadline=REASSESS),
        State("expired", _("To be assessed anew"), phase="pause", deadline=REASSESS),
        State("deregistered", _("Taken off the file"), phase="void", deadline=None, terminal=True),
    ),
    verbs=(
        Verb("record_source", _("Enter a unit"), (), "recorded", label_done=_("Entered a unit")),
        Verb(
            "recalculate_source", _("Change amounts, calculate"), CHANGEABLE, None, label_done=_("Calculated")
        ),
        Verb("identify_source", _("Identified"), ("recorded", "below"), "identified", by_clock=True),
        Verb(
            "find_source_below",
            _("Found below the threshold"),
            ("recorded", "identified", "assessed", "submitted"),
            "below",
            by_clock=True,
        ),
        Verb(
            "assess_source",
            _("Enter the assessment"),
            ("identified", "filed", "expired"),
            "assessed",
            guards=(at_threshold, cancel_not_asked),
            primary=True,
        ),
        Verb("add_source_material", _("Add a filing material"), KEEPS_FILES, None),
        Verb(
            "submit_source_filing",
            _("Hand in the filing"),
            ("assessed",),
            "submitted",
            guards=(materials_complete,),
            primary=True,
        ),
        Verb("file_source", _("Put on file"), ("submitted",), "filed", primary=True),
        Verb("return_source_filing", _("Return the filing"), ("submitted",), "assessed", needs_reason=True),
        Verb(
            "outdate_source",
            _("Assessment out of date"),
            ("assessed", "submitted", "filed"),
            "expired",
            by_clock=True,
        ),
        Verb(
            "request_source_cancel",
            _("Ask for deregistration"),
            WAS_FILED,
            None,
            guards=(cancel_not_asked,),
            needs_reason=True,
            starts=(CANCEL,),
        ),
        Verb(
            "grant_source_cancel",
            _("Deregister"),
            WAS_FILED,
            "deregistered",
            guards=(cancel_asked,),
            settles=(CANCEL,),
            label_done=_("Taken off the file"),
        ),
        Verb(
            "refuse_source_cancel",
            _("Refuse the deregistration"),
            WAS_FILED,
            None,
            guards=(cancel_asked,),
            needs_reason=True,
            settles=(CANCEL,),
        ),
    ),
)
