"""The product's addresses, and some that go wrong in every way that has a page of its own."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as product


def broken(request: HttpRequest) -> HttpResponse:
    """Fail as a programming mistake does."""
    raise RuntimeError("broken on purpose")


def forbidden(request: HttpRequest) -> HttpResponse:
    """Refuse the person."""
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    """Refuse the request itself."""
    raise SuspiciousOperation


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer who knocks too often; allauth renders this template itself."""
    return render(request, "429.html", status=429)


urlpatterns = [
    path("wrong/500/", broken),
    path("wrong/403/", forbidden),
    path("wrong/400/", suspicious),
    path("wrong/429/", too_often),
    *product,
]
