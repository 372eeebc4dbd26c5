"""The forms of a major hazard source: the unit with its substances, and what each verb asks."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, BoundField, formset_factory
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from attachments.fields import PhotosField
from deadlines.fields import day_field
from enterprises.codes import LATITUDES, LONGITUDES, clean_degrees
from enterprises.models import Enterprise, SourceSubstance, SourceUnit
from enterprises.phones import clean_phone
from enterprises.sources.gb18218 import Amount, Edition, Listed
from enterprises.sources.materials import BY_CODE, MATERIALS
from enterprises.sources.services.calculation import no_beta, no_threshold
from enterprises.sources.services.filing import propose_number
from enterprises.sources.tables import edition_on

BLOCKS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    (
        "unit",
        _("Unit of identification"),
        ("name", "kind", "place", "commissioned_on", "is_key_process", "in_chemical_park"),
    ),
    (
        "surroundings",
        _("Surroundings"),
        ("residents_500m", "boundary_distance", "people_in_unit", "longitude", "latitude"),
    ),
    (
        "people",
        _("Three persons answerable"),
        (
            "principal_name",
            "principal_phone",
            "technical_name",
            "technical_phone",
            "operation_name",
            "operation_phone",
        ),
    ),
    ("watch", _("Monitoring"), ("monitor_points", "videos")),
)
EMPTY_ROWS, MOST_ROWS = 3, 60
LARGEST = Decimal("9999999999.9999")


def listed_words(row: Listed) -> str:
    """Return a line of table 1 as it is looked for and chosen: name, alias, CAS number, threshold."""
    alias = f"（{row.alias}）" if row.alias else ""
    return f"{row.name}{alias} {row.cas} Q={row.threshold} t".replace("  ", " ")


class SubstanceForm(forms.Form):
    """One substance: of table 1, or named and placed by its hazard category; nothing goes without a Q."""

    number = forms.TypedChoiceField(
        label=_("Substance of table 1"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Name, alias or CAS number"),
        widget=forms.Select(attrs={"data-pick": ""}),
    )
    name = forms.CharField(
        label=_("Other substance"),
        required=False,
        max_length=80,
        help_text=_("Only when table 1 does not list it"),
    )
    category = forms.ChoiceField(label=_("Hazard category"), required=False)
    other_category = forms.ChoiceField(
        label=_("Second category"), required=False, help_text=_("The smaller threshold counts")
    )
    quantity = forms.DecimalField(
        label=_("Largest amount"),
        max_digits=14,
        decimal_places=4,
        max_value=LARGEST,
        help_text=_("Design maximum in the unit"),
        widget=forms.NumberInput(attrs={"unit": _("t"), "step": "any"}),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        words = [("", ""), *((c.symbol, f"{c.symbol} {c.words}") for c in edition.categories.values())]
        self.fields["category"].choices = self.fields["other_category"].choices = words
        listed = ((row.no, listed_words(row)) for row in edition.listed.values())
        self.fields["number"].choices = [("", ""), *listed]

    def clean_quantity(self) -> Decimal:
        """Refuse nothing, and less than nothing."""
        quantity = self.cleaned_data["quantity"]
        if quantity <= 0:
            raise ValidationError(_("More than 0 tonnes."))
        return quantity

    def clean(self) -> dict[str, Any]:
        """Refuse a substance for which the tables give no Q or no β, beside the field that would settle it."""
        found = super().clean()
        number, name = found.get("number"), found.get("name", "")
        if number and name:
            self.add_error("name", _("Either a substance of table 1 or another one."))
        elif number is None and not name and "number" not in self.errors:
            self.add_error("number", _("Choose the substance, or name one that table 1 does not list."))
        elif not self.categories():
            self.refuse_gap(number, name)
        return found

    def refuse_gap(self, number: int | None, name: str) -> None:
        """Say what is missing when no category was chosen."""
        if number is None and name:
            self.add_error("category", no_threshold(name))
        elif number is not None and self.edition.listed[number].beta is None:
            self.add_error("category", no_beta(self.edition.listed[number].name))

    @property
    def is_filled(self) -> bool:
        """Say whether the row holds a substance: one that was there, or one that was filled in."""
        return not self.empty_permitted or self.has_changed()

    def categories(self) -> tuple[str, ...]:
        """Return the categories chosen, each once."""
        given = (self.cleaned_data.get("category"), self.cleaned_data.get("other_category"))
        return tuple(dict.fromkeys(symbol for symbol in given if symbol))

    def amount(self) -> Amount:
        """Return what the arithmetic takes."""
        found = self.cleaned_data
        return Amount(found["quantity"], found["number"], found["name"], self.categories())


class SubstanceRows(BaseFormSet):
    """The substances of one unit; a row left empty is none."""

    def amounts(self) -> list[Amount]:
        """Return every substance that stays."""
        return [form.amount() for form in self.kept()]

    def kept(self) -> list[SubstanceForm]:
        """Return the rows that are filled in and not marked for removal."""
        return [form for form in self.forms if form.is_filled and form not in self.deleted_forms]

    def clean(self) -> None:
        """Ask for one substance at least."""
        if not any(self.errors) and not self.kept():
            raise ValidationError(_("Name at least one substance with its largest amount."))


SubstanceFormSet = formset_factory(
    SubstanceForm,
    formset=SubstanceRows,
    extra=EMPTY_ROWS,
    max_num=MOST_ROWS,
    validate_max=True,
    can_delete=True,
    can_delete_extra=False,
)


class SourceForm(forms.ModelForm):
    """Enter a unit, or correct it and calculate anew."""

    reason = forms.CharField(
        label=_("Why it changes"),
        required=False,
        max_length=200,
        help_text=_("For instance rebuilding, another kind or amount"),
    )

    class Meta:
        model = SourceUnit
        fields = [name for _code, _label, names in BLOCKS for name in names]
        widgets = {"commissioned_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "name": _("As on the notice at the source"),
            "residents_500m": _("Permanent residents outside the plant, from its boundary: they decide α"),
        }

    def __init__(
        self,
        *args: Any,
        user: User,
        at: datetime,
        unit: SourceUnit | None = None,
        enterprise: Enterprise | None = None,
    ) -> None:
        data, _files = (*args, None, None)[:2]
        super().__init__(data, instance=unit)
        self.user, self.today = user, localdate(at)
        self.edition = edition_on(self.today)
        self.enterprise = enterprise or unit.enterprise
        rows = [row_of(substance) for substance in unit.substances.all()] if unit else []
        self.substances = SubstanceFormSet(
            data, prefix="substances", initial=rows, form_kwargs={"edition": self.edition}
        )
        if unit is None:
            del self.fields["reason"]

    def is_valid(self) -> bool:
        """Say whether the unit and every substance are right; both are looked at."""
        return all([super().is_valid(), self.substances.is_valid()])

    def blocks(self) -> list[tuple[str, Any, list[BoundField]]]:
        """Return the fields in their blocks, for the page."""
        return [(code, label, [self[name] for name in names]) for code, label, names in BLOCKS]

    def _phone(self, name: str) -> str:
        return clean_phone(self.cleaned_data[name])

    def clean_principal_phone(self) -> str:
        """Check the number on the notice."""
        return self._phone("principal_phone")

    def clean_technical_phone(self) -> str:
        """Check the number on the notice."""
        return self._phone("technical_phone")

    def clean_operation_phone(self) -> str:
        """Check the number on the notice."""
        return self._phone("operation_phone")

    def clean_longitude(self) -> Decimal | None:
        """Check that it lies in the country."""
        return clean_degrees(self.cleaned_data["longitude"], LONGITUDES)

    def clean_latitude(self) -> Decimal | None:
        """Check that it lies in the country."""
        return clean_degrees(self.cleaned_data["latitude"], LATITUDES)

    def facts(self) -> dict[str, Any]:
        """Return the fields of the unit as the services take them."""
        return {name: self.cleaned_data[name] for _code, _label, names in BLOCKS for name in names}

    def verb_data(self) -> dict[str, Any]:
        """Return what the service is given."""
        found = {"facts": self.facts(), "substances": self.substances.amounts()}
        return found | ({"reason": self.cleaned_data["reason"]} if "reason" in self.fields else {})


def row_of(substance: SourceSubstance) -> dict[str, Any]:
    """Return a substance as a row of the form begins."""
    first, second = (*substance.categories, "", "")[:2]
    return {
        "number": substance.number,
        "name": "" if substance.number else substance.name,
        "category": first,
        "other_category": second,
        "quantity": f"{substance.quantity.normalize():f}",
    }


class UnitVerbForm(forms.Form):
    """A form about one unit: it knows the record, the person and the moment."""

    def __init__(self, *args: Any, unit: SourceUnit, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.user, self.today = unit, user, localdate(at)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and first values; subclasses say which."""


def text_field(label: Any, *, required: bool = True) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label, required=required, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class NoteForm(UnitVerbForm):
    """A step that may carry a remark."""

    note = text_field(_("Remark"), required=False)


class ReasonForm(UnitVerbForm):
    """A step that needs its reason on record."""

    reason = text_field(_("Reason"))


class AssessForm(UnitVerbForm):
    """The assessment report."""

    assessed_on = day_field(_("Report completed on"), help_text=_("The days for filing count from here"))
    agency = forms.CharField(
        label=_("Assessed by"), max_length=120, help_text=_("The agency, or the enterprise's own experts")
    )
    report = PhotosField(label=_("Safety assessment report"), purpose=BY_CODE["assessment"].purpose)

    def clean_assessed_on(self) -> date:
        """Refuse a report from the future."""
        day = self.cleaned_data["assessed_on"]
        if day > self.today:
            raise ValidationError(_("The report lies in the future."))
        return day


class MaterialForm(UnitVerbForm):
    """Files for one line of the materials."""

    material = forms.ChoiceField(label=_("Material"), choices=[(m.code, m.label) for m in MATERIALS])
    files = PhotosField(label=pgettext_lazy("attachments", "Files"), purpose="mhs_other")

    def clean(self) -> dict[str, Any]:
        """Let the files be kept under the line they are for."""
        found = super().clean()
        if found.get("material"):
            self.fields["files"].purpose = BY_CODE[found["material"]].purpose
        return found


class FileForm(NoteForm):
    """The number on file."""

    number = forms.CharField(label=_("Filing number"), max_length=40)
    field_order = ("number", "note")

    def prepare(self) -> None:
        """Propose the next number of the county."""
        self.fields["number"].initial = propose_number(self.unit, on=self.today)


class CancelForm(ReasonForm):
    """Why it is no source any more, with the report that says so."""

    report = PhotosField(label=_("Deregistration report"), purpose="mhs_cancel")
