"""What a password must be (handbook §16.1, 等保 level 3)."""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

KINDS = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
KINDS_NEEDED = 3


class ThreeKindsValidator:
    """Asks for three of small letters, capitals, digits and signs."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when fewer kinds are there."""
        found = sum(any(kind(sign) for sign in password) for kind in KINDS)
        if found < KINDS_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _("Use at least three of small letters, capitals, digits and signs.")


class NotUsedBeforeValidator:
    """Refuses the present password and the last five."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when the password was used before."""
        if user is None or user.pk is None:
            return
        hashes = [user.password, *user.former_passwords.values_list("password", flat=True)]
        if any(check_password(password, known) for known in hashes):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _("Do not use one of your last five passwords again.")
