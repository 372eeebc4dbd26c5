"""Scans of papers that stand in a ledger: given with the row's form, seen by whoever sees the enterprise."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounts.models import User
from attachments.models import Attachment, ScanState
from attachments.services import attach
from enterprises.models import LedgerRow

PURPOSE = "paper"


def scans_of(rows: Sequence[LedgerRow]) -> dict[int, list[Attachment]]:
    """Return the files of rows of one ledger by the rows' keys, refused ones left out: one query."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    if rows:
        kind = ContentType.objects.get_for_model(type(rows[0]))
        kept = Attachment.objects.filter(target_type=kind, target_id__in=[row.pk for row in rows])
        for file in kept.exclude(scan_state=ScanState.REFUSED).select_related("uploaded_by"):
            found[file.target_id].append(file)
    return dict(found)


def scans_added(row: LedgerRow, ids: Sequence[int], *, by: User) -> dict[str, Any]:
    """Bind files that wait to a row, one that the row has already left out; return what goes on record about them."""
    if not ids:
        return {}
    held = {file.sha256 for file in scans_of([row]).get(row.pk, [])}
    given = Attachment.objects.filter(pk__in=ids).values_list("pk", "sha256")
    twins = {pk for pk, sha256 in given if sha256 in held}
    new = [pk for pk in ids if pk not in twins]
    attach(new, row, by=by)
    return {"files": len(new)} if new else {}
