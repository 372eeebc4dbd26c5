"""Carries the address of each request to the audit entries it causes."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit.context import from_address


class ActorMiddleware:
    """Remembers the caller's address, behind the configured number of proxies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its address at hand."""
        with from_address(address_of(request)):
            return self.get_response(request)


def address_of(request: HttpRequest) -> str | None:
    """Return the caller's address; a forwarded one counts only behind a proxy of ours."""
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    proxies = getattr(settings, "TRUSTED_PROXIES", 0)
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR") or None
