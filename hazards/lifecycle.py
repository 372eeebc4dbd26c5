"""The states of a hazard and the verbs that move it: a table to read aloud (handbook §5.4)."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hazards.choices import FOUND_BY_ENTERPRISE, Level
from hazards.models import Hazard
from hazards.rules import (
    change_waiting,
    delisting_unpublished,
    extension_in_time,
    listing_extension_waiting,
    no_change_waiting,
    unpublished,
    unreported,
)
from lifecycle.table import Lifecycle, Refusal, State, Verb


def is_general(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """A major hazard takes the longer way, with plan and review on site."""
    if hazard.is_major:
        return Refusal(
            _("This is a major hazard."),
            _("It needs a governance plan and the regulator's review on site before it can be closed."),
            law="O16",
            hides=hazard.state != HAZARD.initial,
        )
    return None


def is_major(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """Plan, review and listing exist only for major hazards."""
    if hazard.is_major:
        return None
    return Refusal(
        _("This is a general hazard."),
        _("Only a major hazard takes this step."),
        law="AWSL",
        article=41,
        hides=True,
    )


def found_by_enterprise(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """What a regulator found, a regulator verifies."""
    if hazard.source in FOUND_BY_ENTERPRISE:
        return None
    return Refusal(
        _("The regulator found this hazard."),
        _("Hand in the rectification; the regulator verifies it."),
        hides=True,
    )


def still_in_time(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """A hazard that ran over its day is closed by the regulator, not by the enterprise."""
    late = hazard.deadline_on is not None and hazard.deadline_on < localdate(at)
    if late or hazard.level_in_charge != Level.TOWN:
        return Refusal(
            _("The rectification deadline has passed."),
            _("Hand in the rectification; the regulator verifies it before closing."),
            law="AWSL",
            article=41,
        )
    return None


def deadline_ahead(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """More time is asked for before the day, not after it."""
    if hazard.deadline_on and hazard.deadline_on < localdate(at):
        return Refusal(
            _("The rectification deadline has passed."),
            _("An extension is asked for before the deadline."),
        )
    return None


def verifier_did_not_rectify(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """Nobody verifies their own work (handbook §5.3)."""
    if actor and hazard.rectified_by_id == actor.pk:
        return Refusal(_("You handed in this rectification."), _("Somebody else verifies it."))
    return None


def reviewed_on_site(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """Work resumes only after the review on site has passed (AWSL 65)."""
    if hazard.reviews.filter(passed=True, recorded_at__gte=hazard.state_since).exists():
        return None
    return Refusal(
        _("No review on site has been recorded as passed."),
        _("After a major hazard is removed, production resumes only when the review agrees."),
        law="AWSL",
        article=65,
    )


def not_yet_major(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """What is governed as a major hazard is not confirmed as one again."""
    if hazard.is_major and hazard.state != "reported":
        return Refusal(_("This is a major hazard."), hides=True)
    return None


def not_listed(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """One hazard stands on one list at a time."""
    if hazard.is_listed:
        return Refusal(_("The hazard is already under supervision listing."), hides=True)
    return None


def listed(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """Only what is listed can be taken off the list."""
    if hazard.is_listed:
        return None
    return Refusal(_("The hazard is not under supervision listing."), hides=True)


def removed(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """A listing ends after the hazard is closed."""
    if hazard.closed_at:
        return None
    return Refusal(
        _("The hazard has not been closed."),
        _("A listing ends only after the review on site has passed and the hazard is closed."),
    )


OPEN_MAJOR = ("plan_due", "plan_submitted", "rectifying", "extension_pending", "site_review")
LISTABLE = (*OPEN_MAJOR, "closed")
UNDER_GOVERNANCE = ("rectifying", "extension_pending")
OPEN_STATES = ("reported", "verifying", "sampled", *OPEN_MAJOR)

HAZARD = Lifecycle(
    name="hazards.hazard",
    model="hazards.Hazard",
    initial="reported",
    states=(
        State("reported", _("Waiting for acceptance"), phase="0", deadline="hazards.accept"),
        State("plan_due", _("Plan to be drawn up"), phase="1", deadline="hazards.plan"),
        State("plan_submitted", _("Plan under review"), phase="1", deadline="hazards.review_plan"),
        State("rectifying", _("Being rectified"), phase="2", deadline="hazards.rectify"),
        State(
            "extension_pending", _("Extension asked for"), phase="pause", deadline="hazards.decide_extension"
        ),
        State("verifying", _("Waiting for verification"), phase="3", deadline="hazards.verify"),
        State("sampled", _("Drawn for a spot check"), phase="3", deadline="hazards.sample"),
        State("site_review", _("Waiting for review on site"), phase="3", deadline="hazards.site_review"),
        State("closed", _("Closed"), phase="done", deadline=None, terminal=True),
        State("not_hazard", _("Not a hazard"), phase="void", deadline=None, terminal=True),
    ),
    verbs=(
        Verb("report", _("Report"), (), "reported", label_done=_("Reported")),
        Verb(
            "accept_report",
            _("Accept the report"),
            ("reported",),
            "rectifying",
            guards=(is_general,),
            primary=True,
            otherwise="mark_not_hazard",
        ),
        Verb(
            "confirm_major",
            _("Confirm as major"),
            ("reported", "rectifying"),
            "plan_due",
            guards=(not_yet_major,),
            otherwise="set_general",
        ),
        Verb("set_general", _("Set as general"), ("reported",), None, guards=(is_major,), needs_reason=True),
        Verb("mark_not_hazard", _("Not a hazard"), ("reported",), "not_hazard", needs_reason=True),
        Verb(
            "submit_plan",
            _("Hand in the plan"),
            ("plan_due",),
            "plan_submitted",
            guards=(is_major,),
            primary=True,
        ),
        Verb(
            "approve_plan",
            _("Approve the plan"),
            ("plan_submitted",),
            "rectifying",
            primary=True,
            otherwise="return_plan",
        ),
        Verb("return_plan", _("Return the plan"), ("plan_submitted",), "plan_due", needs_reason=True),
        Verb(
            "close_by_enterprise",
            _("Rectified, close"),
            ("reported", "rectifying"),
            "closed",
            guards=(is_general, found_by_enterprise, still_in_time),
            primary=True,
        ),
        Verb("draw_sample", _("Draw for a spot check"), ("closed",), "sampled", by_clock=True),
        Verb(
            "submit_rectification",
            _("Hand in the rectification"),
            ("rectifying",),
            "verifying",
            guards=(is_general,),
            primary=True,
        ),
        Verb(
            "apply_for_review",
            _("Apply for review on site"),
            ("rectifying",),
            "site_review",
            guards=(is_major, no_change_waiting),
            primary=True,
            settles=("hazards.progress",),
        ),
        Verb("report_progress", _("Report the progress"), UNDER_GOVERNANCE, None, guards=(is_major,)),
        Verb(
            "change_plan",
            _("Change the plan"),
            ("rectifying",),
            None,
            guards=(is_major, no_change_waiting),
            needs_reason=True,
        ),
        Verb(
            "approve_change",
            _("Approve the change of the plan"),
            ("rectifying",),
            None,
            guards=(is_major, change_waiting),
            primary=True,
            otherwise="return_change",
        ),
        Verb(
            "return_change",
            _("Return the change of the plan"),
            ("rectifying",),
            None,
            guards=(is_major, change_waiting),
            needs_reason=True,
        ),
        Verb("record_opinion", _("Record an expert's opinion"), OPEN_MAJOR, None, guards=(is_major,)),
        Verb(
            "request_extension",
            _("Ask for an extension"),
            ("rectifying",),
            "extension_pending",
            guards=(deadline_ahead,),
            # Asking does not stop the clock; only a granted extension moves the day.
            keeps=("hazards.rectify",),
        ),
        Verb(
            "grant_extension",
            _("Grant the extension"),
            ("extension_pending",),
            "rectifying",
            keeps=("hazards.rectify",),
            primary=True,
            otherwise="refuse_extension",
        ),
        Verb(
            "refuse_extension",
            _("Refuse the extension"),
            ("extension_pending",),
            "rectifying",
            keeps=("hazards.rectify",),
            needs_reason=True,
        ),
        Verb(
            "accept_repair",
            _("Verified, close"),
            ("verifying",),
            "closed",
            guards=(verifier_did_not_rectify,),
            primary=True,
            otherwise="return_for_work",
        ),
        Verb(
            "pass_sample",
            _("Spot check passed"),
            ("sampled",),
            "closed",
            primary=True,
            otherwise="return_for_work",
        ),
        Verb(
            "return_for_work",
            _("Return for more work"),
            ("verifying", "sampled", "site_review"),
            "rectifying",
            needs_reason=True,
        ),
        Verb("record_site_review", _("Record the review on site"), ("site_review",), None, primary=True),
        Verb(
            "release",
            _("Agree to resume, close"),
            ("site_review",),
            "closed",
            guards=(reviewed_on_site, verifier_did_not_rectify),
            # The public and the city hear of a listing also when the hazard is removed before they did.
            keeps=("hazards.publish_listing", "hazards.report_listing"),
            settles=("hazards.listing",),
        ),
        Verb("reopen", _("Reopen"), ("closed",), "rectifying", needs_reason=True),
        Verb(
            "list_for_supervision", _("List for supervision"), OPEN_MAJOR, None, guards=(is_major, not_listed)
        ),
        Verb(
            "delist",
            _("Take off the list"),
            (*OPEN_MAJOR, "closed"),
            None,
            guards=(listed, removed),
            needs_reason=True,
        ),
        Verb(
            "report_listing", _("Report the listing to the city"), LISTABLE, None, guards=(listed, unreported)
        ),
        Verb("publish_listing", _("Publish the listing"), LISTABLE, None, guards=(listed, unpublished)),
        Verb(
            "publish_delisting", _("Publish the delisting"), LISTABLE, None, guards=(delisting_unpublished,)
        ),
        Verb(
            "ask_listing_extension",
            _("Ask for a longer listing"),
            OPEN_MAJOR,
            None,
            guards=(listed, extension_in_time),
        ),
        Verb(
            "grant_listing_extension",
            _("Grant a longer listing"),
            OPEN_MAJOR,
            None,
            guards=(listed, listing_extension_waiting),
            otherwise="refuse_listing_extension",
        ),
        Verb(
            "refuse_listing_extension",
            _("Refuse a longer listing"),
            OPEN_MAJOR,
            None,
            guards=(listed, listing_extension_waiting),
            needs_reason=True,
        ),
        Verb("urge", _("Urge"), OPEN_STATES, None),
        Verb("escalate", _("Climb to the next level"), OPEN_STATES, None, by_clock=True),
    ),
)

LIFECYCLES = [HAZARD]
