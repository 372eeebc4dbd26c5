"""The addresses of the API. Every answer begins with what the token's person may see."""

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from ninja import Header, Query, Status
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as WrongRequest

from enterprises.api.asking import PROBLEMS, one, page_of, place_under, refuse_unknown, visible
from enterprises.api.records import router
from enterprises.api.schemas import (
    EnterpriseFile,
    EnterprisePage,
    EnterpriseQuery,
    Problem,
    RegistrationIn,
    RegistrationOut,
    text,
)
from enterprises.api.tokens import MINUTE, TokenBearer, TooMany
from enterprises.api.words import Api, sentence
from enterprises.filters import narrowed
from enterprises.models import Enterprise
from enterprises.search import plain
from enterprises.services import exchange
from listings import searching

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=80,
        pattern=r"^[!-~]+$",
        description="A key of your own for this notice; send the same one when you send it again",
    ),
]

api = Api(
    title="守望 Shouwang",
    version="1",
    description="Enterprises under work-safety supervision, and notices of the market regulator.",
    urls_namespace="api",
    docs_url=None,
    auth=TokenBearer(),
)
api.add_router("", router)


@api.get(
    "/enterprises",
    url_name="enterprises",
    response={200: EnterprisePage, **PROBLEMS},
    summary="Enterprises that the token's person sees, in the order of their last change",
)
def list_enterprises(request: HttpRequest, query: Query[EnterpriseQuery]) -> dict[str, Any]:
    """Ask again with `cursor` set to `next` until it is null; from then on ask with `changed_since`."""
    refuse_unknown(request, EnterpriseQuery)
    rows = visible(request)
    if conditions := query.conditions():
        rows = narrowed(rows, QueryDict(urlencode(conditions, doseq=True)), request)
    rows = place_under(rows, query.place)
    if words := plain(query.q or ""):
        rows = searching.indexed(rows, "search_text", words, request.auth.user)
    return page_of(rows.select_related("region"), query)


@api.get(
    "/enterprises/{uscc}",
    url_name="enterprise",
    response={200: EnterpriseFile, 404: Problem, **PROBLEMS},
    summary="One enterprise by its unified social credit code",
)
def get_enterprise(request: HttpRequest, uscc: text(18, 1)) -> Enterprise:
    """Not found is also what the token's person may not see."""
    return one(request, uscc)


@api.post(
    "/registrations",
    url_name="registrations",
    response={200: RegistrationOut, 201: RegistrationOut, 400: Problem, 409: Problem, **PROBLEMS},
    summary="Send in one notice of the market regulator",
)
def push_registration(request: HttpRequest, notice: RegistrationIn, key: Key) -> Status:
    """The same Idempotency-Key again is answered as the first time, with 200, and changes nothing."""
    found, new = exchange.push_registration(
        notice.model_dump(), key=key, token=request.auth, at=timezone.now()
    )
    return Status(201 if new else 200, found)


def problem(request: HttpRequest, status: int, detail: str, fields: Any = None) -> HttpResponse:
    """Return a problem as it is described."""
    return api.create_response(request, {"detail": detail, "fields": fields or {}}, status=status)


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that a token is needed."""
    answer = problem(request, 401, _("A token is needed that holds today."))
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(TooMany)
def too_many(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say when to come again."""
    answer = problem(request, 429, _("Too many requests in this minute."))
    answer.headers["Retry-After"] = str(MINUTE)
    return answer


@api.exception_handler(PermissionDenied)
def not_permitted(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that the person's posts do not allow it."""
    return problem(request, 403, _("None of the posts of the token's person allows this here."))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that there is none."""
    return problem(request, 404, _("There is none that this token may see."))


@api.exception_handler(exchange.KeyReused)
def key_reused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say that the key was used for something else."""
    return problem(request, 409, " ".join(error.messages))


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say what a service refused."""
    fields = {name: " ".join(words) for name, words in getattr(error, "message_dict", {}).items()}
    return problem(request, 422, " ".join(error.messages), fields)


@api.exception_handler(WrongRequest)
def wrong_request(request: HttpRequest, error: WrongRequest) -> HttpResponse:
    """Name the fields that cannot be read."""
    fields = {".".join(str(part) for part in one["loc"]): sentence(one) for one in error.errors}
    return problem(request, 422, _("The request cannot be read."), fields)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say that the body is no JSON."""
    return problem(request, error.status_code, _("The body cannot be read; send JSON in UTF-8."))
