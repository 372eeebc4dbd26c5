"""What the page of an enterprise shows of the life of its file."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.services import may
from attachments.models import Attachment
from deadlines.models import Deadline
from enterprises.life.handover import HAND_OVER, REACH
from enterprises.life.merging import MERGE, merges_of
from enterprises.life.open_items import offers, once, open_stop, open_transfer, pass_over_absent, stops
from enterprises.life.tables import ENTERPRISE, RECHECK, SEASON, VERIFY
from enterprises.models import Enterprise, StatusProof
from lifecycle.services import offered

CLOCKS = (VERIFY, RECHECK, SEASON, REACH)
LAST = 5


def life_of(enterprise: Enterprise, user: User) -> dict[str, Any]:
    """Return state, open items, running clock, last evidence and merges; at most eight queries, however long the history."""
    today = timezone.localdate()
    pass_over_absent(enterprise, ROWS)
    proofs = once(enterprise, "proofs", lambda: list(proofs_of(enterprise)[:LAST])) or []
    files = files_of(proofs)
    for proof in proofs:
        proof.label = ENTERPRISE.verb(proof.verb).label
        proof.files = files.get(proof.pk, [])
    may_merge = may(user, MERGE, enterprise)
    merges = (once(enterprise, "merges", lambda: list(merges_of(enterprise))) or []) if may_merge else []
    for merge in merges:
        merge.can_part = merge.open_on(today)
    steps = offered(ENTERPRISE, enterprise, user, timezone.now())
    can_merge = may_merge and not enterprise.is_ended
    can_hand_over = may(user, HAND_OVER, enterprise) and not enterprise.is_ended
    return {
        "enterprise": enterprise,
        "steps": steps,
        "has_steps": bool(steps) or can_merge or can_hand_over,
        "stop": open_stop(enterprise),
        "transfer": open_transfer(enterprise),
        "clock": once(enterprise, "clock", lambda: clocks_of(enterprise).first()),
        "proofs": proofs,
        "merges": merges,
        "can_merge": can_merge,
        "can_hand_over": can_hand_over,
    }


def proofs_of(enterprise: Enterprise) -> QuerySet[StatusProof]:
    """Return what proves the status of the file, the last first."""
    return enterprise.proofs.select_related("by")


def clocks_of(enterprise: Enterprise) -> QuerySet[Deadline]:
    """Return the clocks of the file's life that run, the first to end at the top."""
    return Deadline.objects.of(enterprise).open().filter(rule__in=CLOCKS).order_by("due_at")


ROWS = {
    "stop": stops,
    "transfer": offers,
    "proofs": proofs_of,
    "merges": merges_of,
    "clock": clocks_of,
}


def files_of(proofs: list[StatusProof]) -> dict[int, list[Attachment]]:
    """Return the files of several pieces of evidence, asked for once."""
    found: dict[int, list[Attachment]] = {}
    kind = ContentType.objects.get_for_model(StatusProof)
    rows = Attachment.objects.filter(target_type=kind, target_id__in=[proof.pk for proof in proofs])
    for each in rows.select_related("uploaded_by") if proofs else ():
        found.setdefault(each.target_id, []).append(each)
    return found
