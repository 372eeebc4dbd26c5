"""The form of a row, made from its model."""

from functools import cache
from typing import Any

from django import forms
from django.db.models import DateField, DateTimeField
from django.utils.translation import gettext_lazy as _

from attachments.fields import PhotosField
from enterprises.ledgers.declaration import Ledger
from enterprises.ledgers.scans import PURPOSE

LONG = 150
# As the picker of moments takes and gives it.
MOMENT = "%Y-%m-%dT%H:%M"


class RowForm(forms.ModelForm):
    """Reads the fields; what they must keep to is the services' to judge, so that every way in refuses alike."""

    def _post_clean(self) -> None:
        """Leave the row as it is: the service locks it and judges it there."""

    def facts(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        return {name: "" if value is None and name in self.texts() else value for name, value in self.given()}

    def given(self) -> list[tuple[str, Any]]:
        """Return the answers in the order of the form."""
        names = [name for name in self._meta.fields if name in self.cleaned_data]
        return [(name, self.cleaned_data[name]) for name in names]

    def scans(self) -> list[int]:
        """Return the keys of the files given with the form, which `attachments.drafts.keep` has received."""
        return self.cleaned_data.get("scans", [])

    def texts(self) -> set[str]:
        """Return the names of the fields of text."""
        return {name for name, field in self.fields.items() if isinstance(field, forms.CharField)}


@cache
def form_of(ledger: Ledger) -> type[RowForm]:
    """Return the form of a ledger."""
    widgets: dict[str, Any] = {}
    for each in ledger.fields:
        if isinstance(each, DateTimeField):
            widgets[each.name] = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        elif isinstance(each, DateField):
            widgets[each.name] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        elif (each.max_length or 0) > LONG:
            widgets[each.name] = forms.Textarea(attrs={"rows": 2, "wide": True})
    made = forms.modelform_factory(ledger.model, form=RowForm, fields=list(ledger.names), widgets=widgets)
    if not ledger.scanned:
        return made
    field = PhotosField(
        label=ledger.paper,
        purpose=PURPOSE,
        required=False,
        help_text=_("PDF or photos; they are kept with the row"),
    )
    return type(made.__name__, (made,), {"scans": field})


class RemoveForm(forms.Form):
    """Why a row goes: what is gone from the ledger must still be explained."""

    reason = forms.CharField(label=_("Why it goes"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
