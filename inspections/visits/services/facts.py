"""On site the officer goes through the enterprise's facts: they hold, or something else is seen (handbook §3.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.context import acting
from audit.services import record
from enterprises.groups import BY_CODE, GROUP_OF, GROUPS
from enterprises.models import Conflict, FactSource, SeenBy
from enterprises.truth.conflicts import report_conflict
from enterprises.truth.facts import confirm_many
from inspections.kinds import KINDS, VisitKind
from inspections.models import Visit
from inspections.visits.services.findings import locked
from regions.words import listed

# What can be seen on one screen; the ledgers have pages of their own.
ASKED_ON_SITE = tuple(group.code for group in GROUPS if group.is_in_form)
# Experts see no file, and an enterprise confirms its own on its own page.
WITHOUT_FACTS = frozenset({VisitKind.SELF_CHECK, VisitKind.EXPERT, VisitKind.SUPERVISION})


def asks_for_facts(visit: Visit) -> bool:
    """Say whether the facts of the enterprise are gone through on such a visit."""
    return visit.kind not in WITHOUT_FACTS


def seen_by(visit: Visit) -> str:
    """Return which business saw what the file does not say: an inspection in law, or a patrol, which is none."""
    return SeenBy.INSPECTION if KINDS[visit.kind].administrative else SeenBy.PATROL


@transaction.atomic
def confirm_visit_facts(
    visit: Visit, *, confirmed: Iterable[str], corrections: Mapping[str, str], by: User, at: datetime
) -> Visit:
    """Confirm groups of facts as seen on site, and report what is not as the file says.

    `corrections` are fields of the enterprise, or codes of groups, with what was seen. Every group of the screen is
    either confirmed or corrected. A group about which a conflict is open is not confirmed over it. Raises
    ValidationError for a group left out, and for a correction that says what the file says.
    """
    row = locked(visit, by)
    if not asks_for_facts(row) or row.enterprise is None:
        raise ValidationError(_("On this visit no facts are confirmed."))
    seen = {name: words.strip() for name, words in corrections.items() if words.strip()}
    doubted = {name if name in BY_CODE else GROUP_OF[name] for name in seen}
    left_out = [BY_CODE[code].label for code in ASKED_ON_SITE if code not in {*confirmed, *doubted}]
    if left_out:
        words = _("Not gone through: %(groups)s.") % {"groups": listed(left_out)}
        raise ValidationError({"confirmed": words})
    for name, words in seen.items():
        report_conflict(
            row.enterprise,
            field=name,
            seen=words,
            source=seen_by(row),
            reference=row.number,
            reference_url=row.get_absolute_url(),
            by=by,
            at=at,
        )
    open_groups = Conflict.objects.filter(enterprise=row.enterprise, state="open").values_list(
        "group", flat=True
    )
    groups = [code for code in ASKED_ON_SITE if code in set(confirmed) and code not in set(open_groups)]
    if groups:
        confirm_many(
            [row.enterprise_id],
            groups,
            by=by,
            at=at,
            source=FactSource.ON_SITE,
            note=row.number,
            region=row.region_id,
        )
    with acting(by, "inspections.confirm_visit_facts", at):
        row.facts_confirmed_at = at
        row.save(update_fields=["facts_confirmed_at"])
    record(by, "inspections.confirm_visit_facts", row, at=at, data={"groups": groups, "seen": sorted(seen)})
    return row
