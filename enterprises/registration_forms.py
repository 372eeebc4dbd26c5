"""The forms of a notice of the registry: open the file, take facts over, or put it aside."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.forms import Block, EnterpriseForm
from enterprises.models import Enterprise, Registration
from enterprises.registrations import DECIDED_FACTS, REGISTRY_FACTS, differences, opens_file


class OpenFileForm(EnterpriseForm):
    """A new file, filled in as far as the notice knows it."""

    def __init__(
        self, data: Any = None, files: Any = None, *, user: User, at: datetime, registration: Registration
    ) -> None:
        names = ("uscc", "region", *REGISTRY_FACTS, *DECIDED_FACTS)
        initial = {name: getattr(registration, name) for name in names}
        self.told = frozenset(name for name, value in initial.items() if value not in (None, ""))
        # Likely so, but no word of the registry.
        initial["production_address"] = registration.registered_address
        initial["principal_name"] = registration.legal_rep_name
        super().__init__(data, user=user, today=localdate(at), initial=initial)

    def blocks(self) -> list[Block]:
        """Return what the notice has filled in first, to be compared at a glance, then the sections of a file."""
        sections = super().blocks()
        first = [each for _code, _label, fields in sections for each in fields if each.name in self.told]
        rest = [
            (code, label, [each for each in fields if each.name not in self.told])
            for code, label, fields in sections
        ]
        return [("notice", _("What the notice says"), first), *(each for each in rest if each[2])]

    def verb_data(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {"facts": self.facts()}


class TakeOverForm(forms.Form):
    """Which facts of the notice are written into the file: all that differ, unless one is unticked."""

    take = forms.MultipleChoiceField(
        label=_("Write into the file"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, user: User, at: datetime, registration: Registration
    ) -> None:
        super().__init__(data)
        enterprise = registration.file()
        differing = differences(registration, enterprise) if enterprise and not registration.is_ending else {}
        field = self.fields["take"]
        field.choices = [(name, changed(name, *pair)) for name, pair in differing.items()]
        field.initial = list(differing)
        if not differing:
            del self.fields["take"]


class PutAsideForm(forms.Form):
    """Why the notice is put aside."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, data: Any = None, files: Any = None, *, user: User, at: datetime, registration: Registration
    ) -> None:
        super().__init__(data)


def decision_form(data: Any = None, files: Any = None, *, registration: Registration, **who: Any) -> Any:
    """Return the form by which this notice is taken over."""
    kind = OpenFileForm if opens_file(registration) else TakeOverForm
    return kind(data, files, registration=registration, **who)


def changed(name: str, before: Any, after: Any) -> Any:
    """Write a fact as it stands on file and as the notice has it."""
    label = capfirst(str(Enterprise._meta.get_field(name).verbose_name))
    return format_html("{} {} → {}", label, in_words(name, before) or "—", in_words(name, after) or "—")


def in_words(name: str, value: Any) -> Any:
    """Write a fact's value as a person reads it."""
    choices = dict(Enterprise._meta.get_field(name).flatchoices)
    return choices.get(value, value)
