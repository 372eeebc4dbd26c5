"""What the steps of a doubt ask."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.models import Doubt


class DoubtForm(forms.Form):
    """What was found when somebody looked into it."""

    reason = forms.CharField(
        label=_("What was found"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, doubt: Doubt, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doubt = doubt
