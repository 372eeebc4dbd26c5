"""The page of one visit: what it is in law, who went, what was seen, what came of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.services import may
from attachments.models import Attachment
from deadlines.selectors import next_due
from inspections.choices import Result
from inspections.models import Answer, Signature, Visit
from inspections.visits.called import records
from inspections.visits.cap import quota_for
from inspections.visits.rules import entitled_posts
from inspections.visits.selectors import with_me
from inspections.visits.sheet import Sheet, sheet_of
from paperwork.models import IssuedDocument

RELATED = ("enterprise", "body", "organisation", "region", "started_by", "over_cap_by", "self_check_list")


@login_required
@require_safe
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one visit."""
    rows = with_me(Visit.objects.visible_to(request.user), request.user).select_related(*RELATED)
    row = get_object_or_404(rows, pk=pk)
    sheet = sheet_of(row)
    signatures = with_pictures(list(row.signatures.all()))
    context = {
        "visit": row,
        "records": records(request.user),
        "deadline": next_due(row),
        "people": row.participants.select_related("user__organisation"),
        "editions": row.editions.select_related("checklist"),
        "quota": quota_for(row, timezone.now()) if row.state == "planned" else None,
        "sheet": sheet,
        "counts": counted(sheet),
        "failing": [line for line in sheet.rows if line.result == Result.FAIL],
        "signatures": signatures,
        "photos": photos_of(row),
        "documents": IssuedDocument.objects.visible_to(request.user).about(row).without_bytes(),
        "carries_out": row.state == "under_way"
        and bool(entitled_posts(row, request.user, "inspections.answer")),
        "sees_hazards": may(request.user, "hazards.view_hazard"),
        "sees_enterprise": may(request.user, "enterprises.view_enterprise"),
    }
    return render(request, "inspections/visit.html", context)


def counted(sheet: Sheet) -> list[dict[str, Any]]:
    """Return how many items got which answer, and how many still wait for one, for the figures of the page."""
    count = Counter(row.result for row in sheet.rows)
    figures = [{"value": count[result.value], "label": result.label} for result in Result]
    return [*figures, {"value": count[""], "label": _("Not yet answered")}] if count[""] else figures


def with_pictures(signatures: list[Signature]) -> list[Signature]:
    """Add to each signature the newest picture drawn for it, by one query."""
    kind = ContentType.objects.get_for_model(Signature)
    rows = Attachment.objects.filter(target_type=kind, target_id__in=[row.pk for row in signatures])
    newest = {row.target_id: row for row in rows.order_by("pk")}
    for signature in signatures:
        signature.picture = newest.get(signature.pk)
    return signatures


def photos_of(row: Visit) -> list[Attachment]:
    """Return the photos taken beside the answers; those of hazards stand on the hazards' pages."""
    kind = ContentType.objects.get_for_model(Answer)
    rows = Attachment.objects.filter(target_type=kind, target_id__in=row.answers.values("pk"))
    return list(rows.select_related("uploaded_by").order_by("pk"))
