"""What is filled in on site: an item with note and photos, a hazard, the facts of the enterprise, a signature."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attachments.fields import PhotosField
from enterprises.groups import BY_CODE, FieldGroup
from enterprises.truth.conflicts import declared_words
from hazards.choices import Category, Grade
from inspections.choices import Result, Side
from inspections.models import CheckItem
from inspections.visits.forms.common import FromDevice, VisitForm, text_field
from inspections.visits.services.facts import ASKED_ON_SITE

# Fields of the file that an officer sees at a glance; the others are corrected on the enterprise's own page.
SEEN_ON_SITE = {
    "status": ("operating_status",),
    "contact": ("principal_name", "principal_phone", "contact_name", "contact_phone"),
    "place": ("production_address",),
    "industry": ("regulatory_category", "main_products"),
    "staff": ("employees", "special_operators"),
}
PICTURE = "data:image/png;base64,"
LONGEST_PICTURE = 400_000


class AnswerForm(FromDevice):
    """The answer to one item; `answer` is what a button of the sheet sends: the item and its result."""

    result = forms.ChoiceField(label=_("Result"), choices=Result.choices, widget=forms.RadioSelect)
    note = text_field(_("Note"), required=False)
    reason = text_field(
        _("Why there is no hazard"),
        required=False,
        max_length=300,
        help_text=_("Put right on the spot, recorded already…"),
    )
    photos = PhotosField(label=_("Photos"), required=False, purpose="check")

    def said(self) -> dict[str, Any]:
        """Return what `answer` takes."""
        names = ("result", "note", "reason", "photos", "device_time")
        return {name: self.cleaned_data.get(name) for name in names}


class HazardForm(VisitForm):
    """A hazard found on the visit; what an item says of it stands there already."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    photos = PhotosField(
        label=_("Photos"), required=False, purpose="before", help_text=_("time and place are kept")
    )
    place = forms.CharField(label=_("Where"), max_length=120)
    description = text_field(_("Problem"))
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    grade = forms.ChoiceField(
        label=_("Grade"),
        choices=Grade.choices,
        help_text=_("Major: proposed here, confirmed by a criterion"),
    )
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    responsible_person = forms.CharField(label=_("Responsible person"), max_length=40, required=False)

    NAMES = ("place", "description", "category", "grade", "legal_basis", "responsible_person")

    def __init__(self, *args: Any, item: CheckItem | None = None, **kwargs: Any) -> None:
        self.item = item
        super().__init__(*args, **kwargs)

    @property
    def more(self) -> list[Any]:
        """The fields that an item has filled in already."""
        return [self[name] for name in ("category", "grade", "legal_basis", "responsible_person")]

    @property
    def more_has_errors(self) -> bool:
        """Say whether the folded part needs correction."""
        return any(field.errors for field in self.more)

    def facts(self) -> dict[str, Any]:
        """Return the fields of the hazard."""
        place = self.position
        where = {"latitude": place.latitude, "longitude": place.longitude} if place else {}
        return {**{name: self.cleaned_data[name] for name in self.NAMES}, **rounded(where)}

    def said(self) -> dict[str, Any]:
        """Return what `find_hazard` takes."""
        names = ("photos", "device_time", "key")
        return {"facts": self.facts(), **{name: self.cleaned_data.get(name) for name in names}}


def rounded(where: dict[str, float]) -> dict[str, Any]:
    """Return degrees as a record keeps them."""
    return {name: round(value, 6) for name, value in where.items()}


class FactsForm(VisitForm):
    """One screen of the enterprise's facts: a group holds, or what is seen instead is written beside it."""

    def prepare(self) -> None:
        """Make a tick and the fields of each group."""
        for code in ASKED_ON_SITE:
            self.fields[f"holds_{code}"] = forms.BooleanField(required=False, label=_("Still right"))
            for name in SEEN_ON_SITE[code]:
                self.fields[f"seen_{name}"] = forms.CharField(
                    required=False, max_length=200, label=self.label_of(name)
                )

    def label_of(self, name: str) -> Any:
        """Return what the file calls a field."""
        return self.visit.enterprise._meta.get_field(name).verbose_name

    def groups(self) -> list[dict[str, Any]]:
        """Return the groups with what the file says, for the page."""
        return [self.group(BY_CODE[code]) for code in ASKED_ON_SITE]

    def group(self, group: FieldGroup) -> dict[str, Any]:
        """Return one group: its name, its tick, and each field with what the file says."""
        fields = [
            (self[f"seen_{name}"], declared_words(self.visit.enterprise, name))
            for name in SEEN_ON_SITE[group.code]
        ]
        return {"label": group.label, "holds": self[f"holds_{group.code}"], "fields": fields}

    @property
    def confirmed(self) -> list[str]:
        """The groups that hold."""
        return [code for code in ASKED_ON_SITE if self.cleaned_data[f"holds_{code}"]]

    @property
    def corrections(self) -> dict[str, str]:
        """What was seen instead, by field."""
        seen = {
            name: self.cleaned_data[f"seen_{name}"].strip()
            for names in SEEN_ON_SITE.values()
            for name in names
        }
        return {name: words for name, words in seen.items() if words}


class SignForm(VisitForm):
    """A signature drawn on the device; without scripts the typed name stands for it."""

    side = forms.ChoiceField(choices=Side.choices, widget=forms.HiddenInput)
    signer = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=40, required=False)
    title = forms.CharField(label=_("Post or title"), max_length=60, required=False)
    picture = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_PICTURE)

    def prepare(self) -> None:
        """Offer those who take part as signers of the inspecting side."""
        self.fields["signer"].queryset = self.visit.people.all()

    def clean_picture(self) -> SimpleUploadedFile | None:
        """Turn what the canvas sends into a file."""
        text = self.cleaned_data["picture"]
        if not text:
            return None
        if not text.startswith(PICTURE):
            raise ValidationError(_("The signature cannot be read. Sign again."))
        try:
            data = b64decode(text.removeprefix(PICTURE), validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError(_("The signature cannot be read. Sign again.")) from error
        return SimpleUploadedFile("signature.png", data, "image/png")

    def said(self) -> dict[str, Any]:
        """Return what `sign` takes."""
        names = ("side", "name", "title", "signer", "picture", "device_time")
        return {name: self.cleaned_data.get(name) for name in names}


class RefusalForm(VisitForm):
    """The inspected side does not sign."""

    name = forms.CharField(label=_("Who refuses to sign"), max_length=40)
    reason = text_field(_("Reason given"), max_length=200)
    witness = forms.CharField(label=_("Witness"), max_length=40, help_text=_("Name and office"))
