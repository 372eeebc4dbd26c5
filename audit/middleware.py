"""Carries the caller of each request, and their address, to what the request puts on record."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit.context import from_address, signed_in_as

READING = ("GET", "HEAD", "OPTIONS", "TRACE")


class ActorMiddleware:
    """Remembers the caller and the caller's address, behind the configured number of proxies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its caller at hand."""
        with from_address(address_of(request)), history_of(request):
            return self.get_response(request)


def history_of(request: HttpRequest) -> AbstractContextManager[None]:
    """Sign the changes that a request may make; one that only reads needs no signature."""
    if request.method in READING or not request.user.is_authenticated:
        return nullcontext()
    return signed_in_as(request.user)


def address_of(request: HttpRequest) -> str | None:
    """Return the caller's address; a forwarded one counts only behind a proxy of ours."""
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    proxies = getattr(settings, "TRUSTED_PROXIES", 0)
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR") or None
