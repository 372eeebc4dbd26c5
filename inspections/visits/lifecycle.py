"""The states of a visit, and what the law wants before it begins and before it ends (handbook §0.2, §7, §18)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.models import User
from inspections.acts import about
from inspections.choices import Result
from inspections.models import Visit
from inspections.visits.cap import beyond_cap, needs_agreement
from inspections.visits.rules import (
    certified_officers,
    entitled_posts,
    has_record,
    lacking_hazards,
    missing_sides,
    officers_wanted,
    takes_part,
)
from lifecycle.table import Lifecycle, Refusal, State, Verb
from regions.words import listed


def carried_out_by_entitled(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """A kind is carried out by the roles it names; nobody else's visit can be made into one."""
    if actor is None or entitled_posts(visit, actor, "inspections.start_visit"):
        return None
    if visit.kind_of.certified and visit.kind_of.makers & actor.roles and not takes_part(visit, actor):
        words = _("You do not take part in this %(act)s.") % {"act": visit.act.noun}
        return Refusal(words, _("Those who were named carry it out."))
    return Refusal(
        _("%(kind)s: your post may not carry it out.") % {"kind": visit.kind_of.label},
        _("Only officers of a body with enforcement power inspect; others patrol, look and report."),
        law="INSP54",
    )


def certified(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """As many officers of the place with valid certificates as the law wants, or it is no inspection."""
    wanted = officers_wanted(visit, at)
    if not wanted or (there := len(certified_officers(visit, at))) >= wanted:
        return None
    words = ngettext(
        "%(there)d officer of this place with a valid enforcement certificate takes part; the law wants %(wanted)d.",
        "%(there)d officers of this place with valid enforcement certificates take part; the law wants %(wanted)d.",
        there,
    )
    return Refusal(
        words % {"there": there, "wanted": wanted},
        _("Name a second certified officer."),
        law="APL",
        article=42,
    )


def within_cap(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """The yearly cap of inspections of one enterprise, unless a leader agreed to one more; a case is agreed to too."""
    if visit.over_cap_by_id:
        return None
    if needs_agreement(visit):
        return Refusal(
            _("An inspection for a case is agreed to by a leader."),
            _("It does not count against the yearly cap, and so it is decided one by one."),
            law="INSP54",
        )
    if not (full := beyond_cap(visit, at)):
        return None
    return Refusal(
        _(
            "This enterprise has had %(used)d of its yearly %(cap)d inspections by this authority "
            "(class by risk: %(colour)s; the number: %(basis)s)."
        )
        % {"used": full.used, "cap": full.cap, "colour": full.colour.label, "basis": full.basis},
        _("A leader agrees to a further one, with the reason."),
        law="INSP54",
    )


def over_cap(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """There is nothing to agree to while the cap is not reached and no case is behind the visit."""
    if visit.over_cap_by_id is None and (needs_agreement(visit) or beyond_cap(visit, at)):
        return None
    return Refusal(_("The yearly cap is not reached."), hides=True)


def agreed_by_another(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """Nobody agrees to their own inspection."""
    if actor is None or not takes_part(visit, actor):
        return None
    words = _("You take part in this %(act)s.") % {"act": visit.act.noun}
    return Refusal(words, _("Somebody else agrees to it."))


def something_checked(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """A visit with checklists answers at least one item of them."""
    if not visit.item_count or visit.answers.exclude(result=Result.NOT_CHECKED).exists():
        return None
    return Refusal(_("No item has been answered."), _("The record says what was looked at."))


def nothing_found_yet(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """What was found stays found: such a visit is finished, not cancelled."""
    if not visit.findings.exists() and not visit.government_findings.exists():
        return None
    words = _("The %(act)s has findings.") % {"act": visit.act.noun}
    return Refusal(words, _("Finish it; what was found does not go away."))


def cancelled_by_own_side(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """Who is looked at does not call the visit off."""
    if actor is None or called_off_by(visit, actor):
        return None
    return Refusal(_("Whoever carries it out, or planned it, cancels it."), hides=True)


def called_off_by(visit: Visit, actor: User) -> bool:
    """Say whether the person stands on the side that carries the visit out or plans it."""
    if visit.body_id and visit.body_id == actor.organisation_id:
        return False
    return actor.pk == visit.created_by_id or bool(visit.kind_of.planned_by & actor.roles)


def no_record_yet(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """A record is issued once, and only for an inspection."""
    if visit.kind_of.administrative and not has_record(visit):
        return None
    return Refusal(_("There is no record to issue."), hides=True)


def every_failure_answered(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """A failing item becomes a hazard, or says why it does not."""
    lacking = lacking_hazards(visit)
    if not lacking:
        return None
    words = ngettext(
        "%(n)d item that is not met has neither a hazard nor a reason.",
        "%(n)d items that are not met have neither a hazard nor a reason.",
        lacking,
    )
    return Refusal(
        words % {"n": lacking}, _("Record the hazard, or say why there is none."), law="AWSL", article=65
    )


def facts_confirmed(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """An inspection confirms or corrects the enterprise's facts (handbook §3.7, §18 row 3)."""
    if not visit.kind_of.administrative or visit.facts_confirmed_at:
        return None
    return Refusal(
        _("The facts of the enterprise have not been confirmed."), _("Go through them: one tap if they hold.")
    )


def signed(visit: Visit, actor: User | None, at: datetime) -> Refusal | None:
    """Both sides sign on site, or the refusal stands with a witness (AWSL 68)."""
    if not visit.kind_of.signed or not (missing := missing_sides(visit)):
        return None
    return Refusal(
        _("Not yet signed: %(sides)s.") % {"sides": listed(side.label for side in missing)},
        _("Have it signed, or record the refusal and a witness."),
        law="AWSL",
        article=68,
    )


VISIT = Lifecycle(
    name="inspections.visit",
    model="inspections.Visit",
    initial="planned",
    states=(
        State("planned", _("Planned"), phase="0", deadline="inspections.carry_out"),
        State("under_way", _("Under way"), phase="2", deadline="inspections.finish"),
        State("finished", _("Finished"), phase="done", deadline=None, terminal=True),
        State("cancelled", _("Cancelled"), phase="void", deadline=None, terminal=True),
    ),
    verbs=(
        Verb("plan_visit", _("Plan a visit"), (), "planned", label_done=_("Planned")),
        Verb(
            "start_visit",
            _("Begin the visit"),
            ("planned",),
            "under_way",
            label_for=about(_("Begin the %(act)s")),
            label_done=pgettext_lazy("visit", "Begun"),
            guards=(carried_out_by_entitled, certified, within_cap),
            primary=True,
        ),
        Verb(
            "agree_over_cap",
            _("Agree to the inspection"),
            ("planned",),
            None,
            guards=(over_cap, agreed_by_another),
            needs_reason=True,
        ),
        Verb(
            "finish_visit",
            _("Finish the visit"),
            ("under_way",),
            "finished",
            label_for=about(_("Finish the %(act)s")),
            label_done=_("Finished"),
            guards=(
                carried_out_by_entitled,
                something_checked,
                every_failure_answered,
                facts_confirmed,
                signed,
            ),
            primary=True,
        ),
        Verb(
            "cancel_visit",
            _("Cancel the visit"),
            ("planned", "under_way"),
            "cancelled",
            label_for=about(_("Cancel the %(act)s")),
            label_done=_("Cancelled"),
            guards=(cancelled_by_own_side, nothing_found_yet),
            needs_reason=True,
        ),
        # The record of an inspection is issued when it is finished; one typed in later gets its number only so.
        Verb(
            "issue_record",
            _("Issue the record of the inspection"),
            ("finished",),
            None,
            guards=(no_record_yet,),
            needs_reason=True,
        ),
    ),
)
