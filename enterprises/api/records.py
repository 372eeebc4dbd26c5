"""The addresses of what stands in the files: ledgers and major hazard sources."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from accounts.masking import mask_phone
from enterprises.api.asking import PROBLEMS, one, page_of, place_under, refuse_unknown, visible
from enterprises.api.record_schemas import LedgerCode, LedgerPage, SourcePage, SourceQuery, plain_value
from enterprises.api.schemas import PageQuery, Problem, text
from enterprises.ledgers.declaration import Ledger
from enterprises.ledgers.registry import BY_CODE
from enterprises.models import LedgerRow, SourceUnit

router = Router()


@router.get(
    "/enterprises/{uscc}/ledgers/{code}",
    url_name="ledger",
    response={200: LedgerPage, 404: Problem, **PROBLEMS},
    summary="The rows of one ledger of an enterprise, in the order of their last change",
)
def get_ledger(
    request: HttpRequest, uscc: text(18, 1), code: LedgerCode, query: Query[PageQuery]
) -> dict[str, Any]:
    """`fields` says what each value is called. Not found is also what the token's person may not see."""
    refuse_unknown(request, PageQuery)
    ledger, enterprise = BY_CODE[code], one(request, uscc)
    page = page_of(visible(request, ledger.model).filter(enterprise=enterprise), query)
    return {
        "ledger": code,
        "title": str(ledger.title),
        "fields": [{"name": name, "label": ledger.label(name)} for name in ledger.names],
        "rows": [entry(ledger, row) for row in page["rows"]],
        "next": page["next"],
    }


def entry(ledger: Ledger, row: LedgerRow) -> dict[str, Any]:
    """Return a row by the names of its fields, phone numbers masked."""
    values = {
        name: mask_phone(row.phone) if name == "phone" else plain_value(getattr(row, name))
        for name in ledger.names
    }
    return {"id": row.pk, "values": values, "updated_at": row.updated_at}


@router.get(
    "/sources",
    url_name="sources",
    response={200: SourcePage, **PROBLEMS},
    summary="Major hazard sources and units below the threshold, in the order of their last change",
)
def list_sources(request: HttpRequest, query: Query[SourceQuery]) -> dict[str, Any]:
    """S and R are those of the newest calculation, by the edition of GB 18218 in force on its day."""
    refuse_unknown(request, SourceQuery)
    rows = place_under(visible(request, SourceUnit, "enterprises.view_source"), query.place, "enterprise__")
    if query.uscc:
        rows = rows.filter(enterprise__uscc=query.uscc.upper())
    if query.grade:
        rows = rows.filter(grade__in=query.grade)
    if query.state:
        rows = rows.filter(state__in=query.state)
    if query.standing is not None:
        standing = SourceUnit.objects.standing().values("pk")
        rows = rows.filter(pk__in=standing) if query.standing else rows.exclude(pk__in=standing)
    return page_of(rows.select_related("enterprise").prefetch_related("substances"), query)
