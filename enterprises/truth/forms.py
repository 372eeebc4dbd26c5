"""What the verbs of change requests and conflicts ask."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.models import ChangeRequest, Conflict
from enterprises.truth.conflicts import WRITABLE


def text_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=500,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChangeForm(forms.Form):
    """A form about a change request."""

    def __init__(self, *args: Any, change: ChangeRequest, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.change = change


class ChangeNoteForm(ChangeForm):
    """A step that may carry a remark."""

    note = text_field(_("Remark"), required=False)


class ChangeReasonForm(ChangeForm):
    """A step that needs its reason on record."""

    reason = text_field(_("Reason"))


class ConflictForm(forms.Form):
    """A form about a conflict."""

    def __init__(self, *args: Any, conflict: Conflict, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflict = conflict


class ConflictReasonForm(ConflictForm):
    """How it was found out."""

    reason = text_field(_("How this was found out"))


class TakeSeenForm(ConflictForm):
    """What the file is to say from now on."""

    value = forms.CharField(label=_("The file says from now on"), max_length=300)
    note = text_field(_("Remark"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.conflict.field not in WRITABLE:
            # A status or a whole group is corrected in its own place; until then it stays in doubt.
            del self.fields["value"]
        elif self.conflict.source != "sms":
            self.fields["value"].initial = self.conflict.seen
