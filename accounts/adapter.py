"""How allauth is used here: no public sign-up, passwords through our service, doors that close."""

import base64
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts import lockout
from accounts.models import User
from accounts.roles import SECOND_FACTOR
from accounts.services import change_password


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by administrators, never by visitors."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "The number or the password is wrong.\n"
            "After five wrong tries the account stays closed for 15 minutes."
        ),
        "too_many_login_attempts": _(
            "Too many wrong tries: this account stays closed for 15 minutes.\n"
            "If you forgot the password, ask for a new one instead of trying further."
        ),
        "account_inactive": _("This account is closed."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("The password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Set a password and remember the one before."""
        change_password(user, password, at=timezone.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go to one's own page."""
        return reverse("accounts:me")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse before looking at the password while the door of this account is closed."""
        if not lockout.knock(credentials.get("username", "")):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Check the password; a right one clears the account of its wrong tries."""
        user = super().authenticate(request, **credentials)
        if user:
            lockout.forget(credentials.get("username", ""))
        return user

    def is_reauthentication_required(self, app: str) -> bool:
        """Ask for the password once more only when signing in lies more than a few minutes back."""
        steps = get_authentication_records(context.request, context.request.user)
        latest = max((step["at"] for step in steps), default=0)
        return timezone.now().timestamp() - latest > app_settings.REAUTHENTICATION_TIMEOUT

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Leave those who decide over others with this one session (handbook §16.1); the demo is shared."""
        if not settings.DEMO and user.roles & SECOND_FACTOR:
            others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
            for session in others:
                session.end()
        return super().post_login(request, user, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong or too old.\nType the six digits that the app shows now."),
        "too_many_codes": _("Too many wrong codes.\nWait 15 minutes before the next try."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt by the first salt."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt by whichever salt it was encrypted with."""
        return _lock().decrypt(encrypted_text.encode()).decode()


def _lock() -> MultiFernet:
    keys = [salted_hmac("accounts.second_factor", salt, algorithm="sha256") for salt in settings.SALT_KEY]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key.digest())) for key in keys])
