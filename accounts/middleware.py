"""What every request of a signed-in person passes: their language, and what they owe before they may go on."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from accounts.roles import SECOND_FACTOR

Handler = Callable[[HttpRequest], HttpResponse]
SEEN_EVERY = 60
# Where what is owed can be done, and where one may always leave.
OPEN_PAGES = ("account_change_password", "account_reauthenticate", "account_logout", "accounts:language")
SECOND_FACTOR_PAGES = "mfa_index"


class LanguageMiddleware:
    """Speaks the language the person chose; visitors get the cookie's, or Chinese."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language for this request."""
        chosen = getattr(request.user, "language", "") or request.COOKIES.get(
            settings.LANGUAGE_COOKIE_NAME, ""
        )
        known = dict(settings.LANGUAGES)
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response


class DutyMiddleware:
    """Leads a person who must change the password or enrol a second factor to that page first."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the session alive, or redirect to what is owed."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        self._keep_alive(request)
        owed = self._owed(request)
        if owed and not self._is_open(request.path):
            return redirect(owed)
        return self.get_response(request)

    def _keep_alive(self, request: HttpRequest) -> None:
        """Move the end of the session along, at most once a minute, so that reading pages writes little."""
        now = int(timezone.now().timestamp())
        if now - request.session.get("seen", 0) >= SEEN_EVERY:
            request.session["seen"] = now

    def _is_open(self, path: str) -> bool:
        if path.startswith(reverse(SECOND_FACTOR_PAGES)):
            return True
        return path in {reverse(name) for name in OPEN_PAGES}

    def _owed(self, request: HttpRequest) -> str:
        """Return the page of what the person owes, or nothing."""
        user = request.user
        if user.must_change_password or (user.password_is_old and not settings.DEMO):
            return reverse("account_change_password")
        if settings.REQUIRE_MFA and self._decides(user) and not self._has_second_factor(request):
            return reverse("mfa_activate_totp")
        return ""

    def _decides(self, user: User) -> bool:
        """Whoever may do everything in the administration decides over others even without a post."""
        return user.is_superuser or bool(user.roles & SECOND_FACTOR)

    def _has_second_factor(self, request: HttpRequest) -> bool:
        """Ask the session first, which knows how the person signed in, and the database only after that."""
        used = get_authentication_records(request, request.user)
        return any(step["method"] == "mfa" for step in used) or is_mfa_enabled(request.user)
