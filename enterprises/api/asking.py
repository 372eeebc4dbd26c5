"""What every address of the API begins with: who asks, what they see, and which page of it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema

from accounts.services import may
from enterprises.api.schemas import PageQuery, Problem
from enterprises.filters import LEVEL_COLUMN
from enterprises.models import ApiToken, Enterprise
from listings import paging
from regions.former import FormerPlaces
from regions.models import Region

PROBLEMS = {401: Problem, 403: Problem, 422: Problem, 429: Problem}
ORDER = "updated_at"


def visible(
    request: HttpRequest, model: type[Model] = Enterprise, permission: str = "enterprises.view_enterprise"
) -> QuerySet:
    """Return the rows that the token's person sees; raises PermissionDenied where their posts show none."""
    token: ApiToken = request.auth
    if not may(token.user, permission):
        raise PermissionDenied
    return model._default_manager.visible_to(token.user)


def one(request: HttpRequest, uscc: str) -> Enterprise:
    """Return the enterprise of the code; raises Http404 also for one that the token's person may not see."""
    found = visible(request).select_related("region").filter(uscc=uscc.upper()).first()
    if found is None:
        raise Http404
    return found


def refuse_unknown(request: HttpRequest, known: type[Schema]) -> None:
    """Refuse a condition that is not read here: a slip of the pen must not widen the answer."""
    unknown = sorted(set(request.GET) - set(known.model_fields))
    if unknown:
        raise ValidationError({name: _("There is no such condition.") for name in unknown})


def place_under(rows: QuerySet, place: str | None, prefix: str = "") -> QuerySet:
    """Keep rows that lie in the division, if one is named; `prefix` leads to the record that lies somewhere."""
    if not place:
        return rows
    code = known_place(place)
    return rows.filter(**{prefix + LEVEL_COLUMN.get(len(code), "region_id"): code})


def known_place(place: str) -> str:
    """Return the code of today; raises ValidationError for a division nobody knows, rather than answer with nothing."""
    try:
        code = FormerPlaces.read().present(place)
    except ValidationError as error:
        raise ValidationError({"place": error.messages}) from error
    if not Region.objects.filter(pk=code).exists():
        raise ValidationError({"place": _("This division is not known here.")})
    return code


def page_of(rows: QuerySet, query: PageQuery) -> dict[str, Any]:
    """Return one page in the order of the last change, and the mark at which the next begins."""
    if query.changed_since:
        rows = rows.filter(updated_at__gte=query.changed_since)
    if query.cursor:
        rows = rows.filter(behind(rows.model, query.cursor))
    found = list(rows.order_by(ORDER, "id")[: query.limit + 1])
    shown = found[: query.limit]
    more = len(found) > query.limit
    return {
        "rows": shown,
        "next": paging.mark_of(shown[-1].updated_at, shown[-1].pk) if more else None,
    }


def behind(model: type[Model], cursor: str) -> Any:
    """Return the condition of rows after the mark; raises ValidationError for what is no mark of ours."""
    mark = paging.read_mark(cursor, model._meta.get_field(ORDER))
    if mark is None or mark[0] is None or not -(2**63) <= mark[1] < 2**63:
        raise ValidationError({"cursor": _("This is no mark of a page.")})
    return paging.behind(model, ORDER, "id", *mark)
