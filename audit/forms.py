"""What the auditor asks of the record."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from audit.phrases import known

# The record grows without end; unless more is asked for, a month of it is read.
PERIOD = timedelta(days=30)
DAY = {"type": "date"}


@dataclass(frozen=True)
class Chip:
    """A condition in words, and the address without it."""

    label: Any
    words: str
    url: str


class EntryForm(forms.Form):
    """Who, what, when, and words of the record or the reason; everything may stay empty."""

    person = forms.CharField(label=_("Person"), max_length=40, required=False)
    verb = forms.ChoiceField(label=_("Act"), required=False)
    from_on = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs=DAY))
    to_on = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs=DAY))
    words = forms.CharField(label=_("Record or reason"), max_length=60, required=False)

    def __init__(self, asked: QueryDict, *, today: date) -> None:
        self.asked = asked
        super().__init__({"from_on": (today - PERIOD).isoformat(), **asked.dict()})
        self.fields["verb"].choices = [("", _("All acts")), *known()]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("The last day lies before the first."))
        return cleaned

    def chips(self) -> list[Chip]:
        """Return what was asked, each to be taken away by itself."""
        return [
            Chip(field.label, self._words(name), self._without(name))
            for name, field in self.fields.items()
            if self.asked.get(name)
        ]

    def is_of_last_month(self) -> bool:
        """Say whether the period is the one that holds when none is asked for."""
        return "from_on" not in self.asked

    def _words(self, name: str) -> str:
        value = self.asked[name]
        return str(dict(self.fields["verb"].choices).get(value, value)) if name == "verb" else value

    def _without(self, name: str) -> str:
        rest = self.asked.copy()
        for gone in (name, "before"):
            rest.pop(gone, None)
        return f"?{rest.urlencode()}"
