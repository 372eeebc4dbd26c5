"""What is asked for when a document is withdrawn, served or checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attachments.moments import MomentField
from paperwork.codes import canonical
from paperwork.models import Manner


class WithdrawForm(forms.Form):
    """Why the document is withdrawn."""

    reason = forms.CharField(
        label=_("Reason of withdrawal"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Whoever verifies the document sees that it was withdrawn, and not why."),
    )


class ServiceForm(forms.Form):
    """How the document reached its party."""

    manner = forms.ChoiceField(label=_("Manner of service"), choices=Manner.choices)
    served_at = MomentField(
        label=_("Served at"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    recipient = forms.CharField(
        label=_("Recipient"), max_length=60, help_text=_("Name and position, as on the signed receipt.")
    )
    place = forms.CharField(label=_("Place of service"), max_length=200, required=False)
    proof = forms.CharField(
        label=_("Proof"),
        max_length=200,
        required=False,
        help_text=_(
            "Left behind: the witness. By post: the number of the slip. Electronically: the confirmation."
        ),
    )


class CodeForm(forms.Form):
    """The code that stands beside the seal."""

    code = forms.CharField(
        label=_("Code for verification"),
        max_length=20,
        help_text=_("Eight letters and digits beside the picture code, such as 7K2M-Q4RD."),
    )

    def clean_code(self) -> str:
        """Return the code as it was printed."""
        return canonical(self.cleaned_data["code"])


class CompareForm(forms.Form):
    """A file that somebody took for the document."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The PDF or Word file you were given. It is compared and not kept."),
        widget=forms.FileInput({"accept": ".pdf,.docx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
