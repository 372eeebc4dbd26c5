"""How allauth is used here: no public sign-up, passwords through our service."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.services import change_password


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by administrators, never by visitors."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Set a password and remember it among those used."""
        change_password(user, password, at=timezone.now())
