"""What accounts and sign-in tell the record. Accounts lie below audit, so they speak by signals."""

from datetime import datetime
from typing import Any

from allauth.account.signals import user_logged_in, user_logged_out
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_login_failed
from django.db.models import Model
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import User
from accounts.signals import done
from audit.services import record


@receiver(done)
def record_act(
    sender: Any,
    by: User | None,
    verb: str,
    target: Model,
    at: datetime,
    reason: str = "",
    data: dict[str, Any] | None = None,
    **kwargs: Any,
) -> None:
    """Record an act of the accounts room."""
    record(by, verb, target, at=at, reason=reason, data=data)


@receiver(user_logged_in)
def record_sign_in(sender: Any, user: User, **kwargs: Any) -> None:
    """Record who signed in."""
    record(user, "accounts.sign_in", user, at=timezone.now())


@receiver(user_logged_out)
def record_sign_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    """Record who signed out; a session that merely ran out says nothing."""
    if user and user.is_authenticated:
        record(user, "accounts.sign_out", user, at=timezone.now())


@receiver(user_login_failed)
def record_failed_sign_in(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Record a wrong password on the account it was tried on.

    A name that is no account is not kept: it may be a password typed into the wrong field.
    """
    user = User.objects.filter(username=credentials.get("username", "")).first()
    record(None, "accounts.sign_in_failed", user, at=timezone.now())


@receiver(authenticator_added)
@receiver(authenticator_removed)
def record_second_factor(sender: Any, user: User, signal: Any, **kwargs: Any) -> None:
    """Record that a second factor was set up or removed."""
    verb = "add_second_factor" if signal is authenticator_added else "remove_second_factor"
    record(user, f"accounts.{verb}", user, at=timezone.now())
