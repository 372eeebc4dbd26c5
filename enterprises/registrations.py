"""What becomes of a notice of the market regulator: what it may change by itself, and what a person must see."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from enterprises.choices import STOPPED, SupervisionLevel
from enterprises.groups import GROUPS
from enterprises.models import Enterprise, Registration, Waiting
from enterprises.terms import BEGINS, ENDS
from lifecycle.table import Lifecycle, Refusal, State, Verb

# The registry is the source of these; it knows nothing of contacts, production place, or supervision.
REGISTRY_FACTS = (
    "name",
    "legal_rep_name",
    "registered_address",
    "business_scope",
    "enterprise_type",
    "registered_capital",
    "established_on",
    "business_term_from",
    "business_term_to",
)
# Which section watches over the enterprise follows from the industry, so a person decides on it.
DECIDED_FACTS = ("industry_code",)
TOWN_DIGITS = 9
# A group counts as confirmed by a notice when the registry is the source of most of its facts: one fact out of many,
# as the legal representative among the contacts, proves nothing about the others.
REGISTRY_GROUPS = tuple(
    group.code
    for group in GROUPS
    if 2 * len({"uscc", "former_name", *REGISTRY_FACTS} & set(group.fields)) > len(group.fields)
)


def groups_covered(notice: Registration, enterprise: Enterprise) -> tuple[str, ...]:
    """Return the groups of facts that a notice confirms once it is taken over.

    That a licence stands says nothing of an enterprise which has stopped: there the look on site counts.
    """
    silent = notice.is_ending or enterprise.is_ended or enterprise.operating_status in STOPPED
    return () if silent else REGISTRY_GROUPS


def level_to_decide(notice: Registration) -> str:
    """Return who decides on a notice: the level that supervises the file, or else the town; above towns the county."""
    level = notice.enterprise.supervision_level if notice.enterprise else SupervisionLevel.TOWN
    if level == SupervisionLevel.TOWN and len(notice.region_id) < TOWN_DIGITS:
        return SupervisionLevel.COUNTY
    return level


def why_waiting(notice: Registration, enterprise: Enterprise | None) -> str:
    """Return why a person must see the notice, or nothing if it can be taken over as it is."""
    if enterprise is None:
        return Waiting.NO_FILE
    if notice.is_ending:
        return "" if enterprise.is_ended else Waiting.ENDING
    if enterprise.is_ended:
        return Waiting.ENDED
    if enterprise.region_id[:6] != notice.region_id[:6]:
        return Waiting.MOVED
    if is_older(notice):
        return Waiting.OLDER
    return Waiting.INDUSTRY if differences(notice, enterprise, DECIDED_FACTS) else ""


def is_older(notice: Registration) -> bool:
    """Say whether a notice of a later day has been taken over already: then this one would undo it."""
    later = Registration.objects.filter(uscc=notice.uscc, event_on__gt=notice.event_on)
    return later.filter(state__in=("applied", "accepted")).exists()


def differences(
    notice: Registration, enterprise: Enterprise, names: tuple[str, ...] = REGISTRY_FACTS + DECIDED_FACTS
) -> dict[str, tuple[Any, Any]]:
    """Return (on file, in the notice) for each fact that the notice gives and the file says otherwise."""
    pairs = {name: (getattr(enterprise, name), getattr(notice, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if is_given(notice, name) and pair[0] != pair[1]}


def is_given(notice: Registration, name: str) -> bool:
    """Say whether the notice speaks of a fact: of a term it names the first day, and no last day means long-term."""
    return getattr(notice, BEGINS if name == ENDS else name) not in ("", None)


def facts_of(notice: Registration, enterprise: Enterprise, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what is to be written for these facts; a name that changes is kept as the former one."""
    facts = {name: getattr(notice, name) for name in names}
    if "name" in facts:
        facts["former_name"] = enterprise.name
    return facts


def opens_file(notice: Registration) -> bool:
    """Say whether accepting the notice opens a file."""
    return not notice.is_ending and notice.file() is None


def file_has_ended(notice: Registration, actor: User | None, at: datetime) -> Refusal | None:
    """No notice ends an enterprise: a person does, with the certificate, and then closes the notice."""
    if not notice.is_ending:
        return None
    enterprise = notice.file()
    if enterprise is None:
        return Refusal(_("There is no file of this code."), _("Put the notice aside."))
    if enterprise.is_ended:
        return None
    return Refusal(
        _("The file still stands."),
        _(
            "A notice deregisters nobody by itself. End the enterprise on its own page, with the certificate; "
            "then take over the notice."
        ),
    )


REGISTRATION = Lifecycle(
    name="enterprises.registration",
    model="enterprises.Registration",
    initial="waiting",
    states=(
        State("waiting", _("Needs a person"), phase="0", deadline="enterprises.decide_registration"),
        State("applied", _("Taken over by itself"), phase="done", deadline=None, terminal=True),
        State("accepted", pgettext_lazy("notice", "Taken over"), phase="done", deadline=None, terminal=True),
        State("dismissed", _("Put aside"), phase="void", deadline=None, terminal=True),
    ),
    verbs=(
        Verb(
            "push_registration", _("Send in"), (), "waiting", label_done=_("Sent in by the market regulator")
        ),
        Verb(
            "apply_registration",
            _("Take over by itself"),
            ("waiting",),
            "applied",
            by_clock=True,
            label_done=_("Taken over by itself"),
        ),
        Verb(
            "accept_registration",
            _("Take over"),
            ("waiting",),
            "accepted",
            guards=(file_has_ended,),
            primary=True,
            label_done=pgettext_lazy("notice", "Taken over"),
        ),
        Verb(
            "dismiss_registration",
            _("Put aside"),
            ("waiting",),
            "dismissed",
            needs_reason=True,
            label_done=_("Put aside"),
        ),
    ),
)
