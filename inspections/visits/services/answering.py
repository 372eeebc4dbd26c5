"""Items are answered one by one, each kept at once; the newest word of the devices holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from attachments.services import attach
from audit.services import record
from inspections.choices import Result
from inspections.kinds import VisitKind
from inspections.models import Answer, Visit
from inspections.visits.lifecycle import VISIT
from inspections.visits.rules import entitled_posts
from inspections.visits.selectors import with_me
from lifecycle.conflicts import wrong_state

# The visit stays under way until the answer stands: who finishes it waits, and an answer after that finds no row.
HELD = "SELECT id, self_check_list_id FROM inspections_visit WHERE id = %(visit)s AND state = 'under_way' FOR SHARE"
ASKED = """
    EXISTS (SELECT FROM inspections_editionline l JOIN inspections_visit_editions e ON e.edition_id = l.edition_id
            WHERE e.visit_id = held.id AND l.item_id = asked.id)
    OR EXISTS (SELECT FROM inspections_selfcheckline s WHERE s.list_id = held.self_check_list_id AND s.item_id = asked.id)
"""
WRITE = f"""
WITH held AS ({HELD})
INSERT INTO inspections_answer
    (visit_id, item_id, result, note, reason, answered_by_id, answered_at, device_time, at_once)
SELECT held.id, asked.id, %(result)s, %(note)s, %(reason)s, %(by)s, %(at)s, %(device_time)s, false
FROM held, (SELECT %(item)s::bigint AS id) asked
WHERE ({ASKED})
  AND (%(result)s = 'fail' OR NOT EXISTS (
      SELECT FROM inspections_finding f WHERE f.visit_id = held.id AND f.item_id = asked.id))
  AND (%(result)s = 'fail' OR NOT EXISTS (
      SELECT FROM inspections_governmentfinding g WHERE g.visit_id = held.id AND g.item_id = asked.id))
ON CONFLICT (visit_id, item_id) DO UPDATE SET
    result = EXCLUDED.result, note = EXCLUDED.note, reason = EXCLUDED.reason, at_once = false,
    answered_by_id = EXCLUDED.answered_by_id, answered_at = EXCLUDED.answered_at, device_time = EXCLUDED.device_time
WHERE coalesce(inspections_answer.device_time, inspections_answer.answered_at)
      <= coalesce(EXCLUDED.device_time, EXCLUDED.answered_at)
RETURNING id
"""  # noqa: S608 - no input
WRITE_REST = f"""
WITH held AS ({HELD})
INSERT INTO inspections_answer
    (visit_id, item_id, result, note, reason, answered_by_id, answered_at, device_time, at_once)
SELECT held.id, asked.id, %(result)s, '', '', %(by)s, %(at)s, %(device_time)s, true
FROM held, inspections_checkitem asked
WHERE {ASKED}
ON CONFLICT (visit_id, item_id) DO NOTHING
"""  # noqa: S608 - no input


def answer(
    visit: Visit,
    item: int,
    *,
    result: str,
    note: str = "",
    reason: str = "",
    photos: Sequence[int] = (),
    device_time: datetime | None = None,
    by: User,
    at: datetime,
) -> Answer:
    """Keep the answer to an item (its key), by one statement; return the answer that holds.

    An answer of an older device time that arrives late changes nothing, the same one sent twice is one. The photos are
    bound to whatever answer holds, and an answer stays even if one of its photos is gone. Raises Visit.DoesNotExist out
    of scope, PermissionDenied for whoever does not carry the visit out, WrongState once it is finished, and
    ValidationError for an item that the visit does not ask, or that is said to comply after a hazard was recorded.
    """
    row = entitled_visit(visit, by)
    said = {
        "visit": row.pk,
        "item": item,
        "result": Result(result).value,
        "note": note.strip(),
        "reason": reason.strip(),
        "by": by.pk,
        "at": at,
        # A device whose clock runs ahead would have the last word for ever.
        "device_time": min(device_time, at) if device_time else None,
    }
    written = write_answer(said)
    held = Answer(pk=written, **columns(said)) if written else standing_answer(row, item)
    attach(photos, held, by=by)
    return held


def answer_rest(
    visit: Visit, *, result: str = Result.PASS, by: User, at: datetime, device_time: datetime | None = None
) -> int:
    """Answer everything still open with one tap, and mark it so; return how many items.

    Only an enterprise says so of itself; an officer says of each item what was looked at.
    """
    row = entitled_visit(visit, by)
    if row.kind != VisitKind.SELF_CHECK:
        raise ValidationError(_("An inspection answers its items one by one."))
    count = write_rest(row, result=result, by=by, at=at, device_time=device_time)
    if not count:
        must_be_under_way(row)
    record(by, "inspections.answer", row, at=at, data={"at_once": count, "result": str(result)})
    return count


def entitled_visit(visit: Visit, by: User) -> Visit:
    """Return the visit fresh; raise DoesNotExist out of scope, PermissionDenied for who does not carry it out."""
    rows = with_me(Visit.objects.visible_to(by), by).select_related("enterprise")
    row = rows.get(pk=visit.pk)
    if not entitled_posts(row, by, "inspections.answer"):
        raise PermissionDenied
    return row


def write_answer(said: dict[str, Any]) -> int | None:
    """Write the answer; return its key, or None when nothing was written."""
    with connection.cursor() as cursor:
        # A copy: the history of changes adds what it needs to know to the parameters.
        cursor.execute(WRITE, dict(said))
        found = cursor.fetchone()
    return found[0] if found else None


def write_rest(
    visit: Visit, *, result: str, by: User, at: datetime, device_time: datetime | None = None
) -> int:
    """Give every item without an answer this one; return how many."""
    said = {
        "visit": visit.pk,
        "result": str(result),
        "by": by.pk,
        "at": at,
        "device_time": min(device_time, at) if device_time else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE_REST, said)
        return cursor.rowcount


def columns(said: dict[str, Any]) -> dict[str, Any]:
    """Return what was written as the fields of an Answer."""
    names = {"visit": "visit_id", "item": "item_id", "by": "answered_by_id", "at": "answered_at"}
    return {names.get(name, name): value for name, value in said.items()}


def standing_answer(visit: Visit, item: int) -> Answer:
    """Return the newer answer that stood in the way; raise what else did."""
    must_be_under_way(visit)
    if visit.findings.filter(item=item).exists():
        raise ValidationError(_("A hazard has been recorded for this item, so it is not met."))
    if visit.government_findings.filter(item=item).exists():
        raise ValidationError(_("A problem has been recorded for this item, so it is not met."))
    found = visit.answers.filter(item=item).first()
    if found is None:
        raise ValidationError(_("The visit does not ask this item."))
    return found


def must_be_under_way(visit: Visit) -> None:
    """Raise WrongState unless the visit is under way."""
    now = Visit.objects.get(pk=visit.pk)
    if now.state != "under_way":
        refuse(now)


def refuse(visit: Visit) -> NoReturn:
    """Say that the visit takes no answers any more."""
    wrong_state(VISIT, VISIT.verb("finish_visit"), visit)
