"""The sign-in form: by work number or by mobile, at the door of one's kind."""

from dataclasses import dataclass
from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.adapter import get_adapter as second_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from django.contrib.auth.password_validation import get_default_password_validators
from django.utils.translation import gettext_lazy as _

from accounts import lockout
from accounts.models import User

MOBILE_DIGITS = 11


@dataclass(frozen=True)
class Door:
    """Who comes in here: what they call their account, and who helps when the password is forgotten."""

    code: str
    label: Any
    login: Any
    helper: Any


DOORS = (
    Door(
        "regulator",
        _("Regulators"),
        _("Work number or mobile"),
        _("Forgot the password? The system administrator of your bureau gives you a new one."),
    ),
    Door(
        "enterprise",
        _("Enterprises"),
        _("Mobile or account"),
        _("Forgot the password? The emergency office of your town gives you a new one."),
    ),
    Door(
        "grid",
        _("Grid workers"),
        _("Mobile or work number"),
        _("Forgot the password? The emergency office of your town gives you a new one."),
    ),
    Door(
        "expert",
        _("Experts and agencies"),
        _("Mobile or account"),
        _("Forgot the password? The city bureau, which opened the account, gives you a new one."),
    ),
)


class LoginForm(AllauthLoginForm):
    """Takes the work number, or the mobile number bound to the account."""

    doors = DOORS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.request.GET.get("as", "") if self.request else ""
        self.door = next((door for door in DOORS if door.code == asked), DOORS[0])
        self.fields["login"].label = self.door.login
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        _without_placeholders(self)

    def clean_login(self) -> str:
        """Turn a mobile number into the work number of its account."""
        typed = super().clean_login().strip()
        if typed.isdigit() and len(typed) == MOBILE_DIGITS:
            return User.objects.filter(phone=typed).values_list("username", flat=True).first() or typed
        return typed


class ChangePasswordForm(AllauthChangePasswordForm):
    """Change the password; says beforehand what a password must be."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Present password")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = ""
        self.fields["password2"].label = _("New password again")
        _without_placeholders(self)

    def rules(self) -> list[str]:
        """Return what a password must be, a sentence each."""
        return [text for rule in get_default_password_validators() if (text := rule.get_help_text())]


class CodeField:
    """The six digits from the phone; five wrong ones close this door as five wrong passwords close the other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Verification code")
        self.fields["code"].widget.attrs["autofocus"] = True
        _without_placeholders(self)

    def clean_code(self) -> str:
        """Count the try before looking at the code."""
        door = f"code of {self.user.pk}"
        if not lockout.knock(door):
            raise second_factor_adapter().validation_error("too_many_codes")
        code = super().clean_code()
        lockout.forget(door)
        return code


class CodeForm(CodeField, AllauthAuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(CodeField, AllauthReauthenticateForm):
    """A code once more before something that matters."""


class EnrolForm(CodeField, AllauthActivateTOTPForm):
    """The first code, which shows that the phone has the key."""


def _without_placeholders(form: Any) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
