"""The sign-in form: by work number or by mobile."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class LoginForm(AllauthLoginForm):
    """Takes the work number, or the mobile number bound to the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Work number or mobile")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields.pop("remember", None)

    def clean_login(self) -> str:
        """Turn a mobile number into the work number of its account."""
        typed = super().clean_login().strip()
        if typed.isdigit() and len(typed) == 11:
            return User.objects.filter(phone=typed).values_list("username", flat=True).first() or typed
        return typed


class ChangePasswordForm(AllauthChangePasswordForm):
    """Change the password, with plain labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
