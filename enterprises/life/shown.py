"""What the page of an enterprise shows of the life of its file."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.models import User
from accounts.services import may
from attachments.models import Attachment
from deadlines.models import Deadline
from enterprises.life.handover import HAND_OVER, REACH
from enterprises.life.merging import MERGE, merges_of
from enterprises.life.open_items import open_stop, open_transfer
from enterprises.life.tables import ENTERPRISE, RECHECK, SEASON, VERIFY
from enterprises.models import Enterprise, StatusProof

CLOCKS = (VERIFY, RECHECK, SEASON, REACH)
LAST = 5


def life_of(enterprise: Enterprise, user: User) -> dict[str, Any]:
    """Return state, open items, running clock, last evidence and merges; at most seven queries, however long the history."""
    today = timezone.localdate()
    proofs = list(enterprise.proofs.select_related("by")[:LAST])
    files = files_of(proofs)
    for proof in proofs:
        proof.label = ENTERPRISE.verb(proof.verb).label
        proof.files = files.get(proof.pk, [])
    merges = list(merges_of(enterprise)) if may(user, MERGE, enterprise) else []
    for merge in merges:
        merge.can_part = merge.open_on(today)
    clocks = Deadline.objects.of(enterprise).open().filter(rule__in=CLOCKS)
    return {
        "enterprise": enterprise,
        "stop": open_stop(enterprise),
        "transfer": open_transfer(enterprise),
        "clock": clocks.order_by("due_at").first(),
        "proofs": proofs,
        "merges": merges,
        "can_merge": may(user, MERGE, enterprise) and not enterprise.is_ended,
        "can_hand_over": may(user, HAND_OVER, enterprise) and not enterprise.is_ended,
    }


def files_of(proofs: list[StatusProof]) -> dict[int, list[Attachment]]:
    """Return the files of several pieces of evidence, asked for once."""
    found: dict[int, list[Attachment]] = {}
    kind = ContentType.objects.get_for_model(StatusProof)
    rows = Attachment.objects.filter(target_type=kind, target_id__in=[proof.pk for proof in proofs])
    for each in rows.select_related("uploaded_by") if proofs else ():
        found.setdefault(each.target_id, []).append(each)
    return found
