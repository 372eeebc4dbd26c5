"""The form of an enterprise's file: block by block, as on the business licence."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.forms import BoundField
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from enterprises import identity
from enterprises.choices import OPENING, RiskTag
from enterprises.codes import LATITUDES, LONGITUDES, clean_degrees, clean_industry, clean_postcode
from enterprises.grids import grids_for, lies_in
from enterprises.groups import BY_CODE
from enterprises.id_numbers import clean_id_no
from enterprises.identity import ID_NO
from enterprises.models import Enterprise
from enterprises.phones import clean_hospital_tel, clean_phone
from enterprises.supervisors import AGENCIES
from enterprises.terms import check_term
from enterprises.truth.requests import must_ask
from enterprises.uscc import clean_uscc
from listings.importing.parsers import refuse_pictures
from regions.codes import prefixes
from regions.fields import DivisionField
from regions.models import Grid, Region

# Short codes and numbers that may be left empty, each with its judge.
OPTIONAL = {
    "postcode": clean_postcode,
    "legal_rep_phone": clean_phone,
    "safety_deputy_phone": clean_phone,
    "safety_director_phone": clean_phone,
    "duty_phone": clean_phone,
    "emergency_contact_phone": clean_phone,
    "hospital_tel": clean_hospital_tel,
}
AMOUNTS = ("registered_capital", "annual_revenue", "fixed_assets")
# The regulator's to say, and not asked of the enterprise.
SUPERVISION = ("grid", "supervising_organisation", "competent_department", "supervision_level")

# A section of the form: its code, what it is called, its fields.
Block = tuple[str, Any, list[BoundField]]
BLOCKS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    (
        "unit",
        _("Unit"),
        (
            "name",
            "uscc",
            "former_name",
            "enterprise_type",
            "registered_capital",
            "established_on",
            "business_term_from",
            "business_term_to",
            "business_scope",
            "parent_group",
        ),
    ),
    (
        "place",
        _("Place"),
        (
            "registered_address",
            "production_address",
            "postcode",
            "region",
            "grid",
            "longitude",
            "latitude",
            "land_area",
            "building_area",
        ),
    ),
    (
        "people",
        _("People and contact"),
        (
            "legal_rep_name",
            "legal_rep_phone",
            ID_NO,
            "principal_name",
            "principal_phone",
            "safety_deputy",
            "safety_deputy_phone",
            "safety_director",
            "safety_director_phone",
            "safety_head",
            "contact_name",
            "contact_phone",
            "duty_phone",
            "employees",
            "shift_people",
            "shift_system",
            "full_time_safety_managers",
            "part_time_safety_managers",
            "registered_safety_engineers",
            "special_operators",
        ),
    ),
    (
        "industry",
        _("Industry and risk"),
        (
            "industry_code",
            "regulatory_category",
            "sub_category",
            "main_products",
            "raw_materials",
            "process_description",
            "risk_tags",
            "annual_revenue",
            "fixed_assets",
            "is_above_designated",
            "size",
        ),
    ),
    (
        "emergency",
        _("Emergency response"),
        BY_CODE["emergency"].fields,
    ),
    (
        "status",
        _("Operating status"),
        ("operating_status", "supervision_level", "supervising_organisation", "competent_department"),
    ),
)


class EnterpriseForm(forms.ModelForm):
    """Create or correct a file; the places offered are those that the person's post covers."""

    risk_tags = forms.MultipleChoiceField(
        label=_("Special risks"), choices=RiskTag.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    uscc = forms.CharField(
        label=_("Unified social credit code"), max_length=40, help_text=_("18 characters, from the licence")
    )

    # Not the model's own field, which is masked.
    legal_rep_id_no = forms.CharField(
        label=_("Legal representative's ID number"),
        max_length=40,
        required=False,
        # Neither the browser nor a draft on the device keeps it.
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = [name for _code, _label, names in BLOCKS for name in names]

    class Meta:
        model = Enterprise
        fields = [name for _code, _label, names in BLOCKS for name in names if name != ID_NO]
        field_classes = {"region": DivisionField}
        widgets = {
            **{
                name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                for name in ("established_on", "business_term_from", "business_term_to")
            },
            "business_scope": forms.Textarea(attrs={"rows": 3}),
            "process_description": forms.Textarea(attrs={"rows": 3}),
            "region": forms.Select(
                attrs={
                    "data-pick": reverse_lazy("regions:search"),
                    # Which grids there are depends on the division.
                    "hx-get": reverse_lazy("enterprises:grids"),
                    "hx-trigger": "change",
                    "hx-target": "#id_grid",
                }
            ),
        }
        help_texts = {
            "name": _("As on the business licence, not shortened"),
            "contact_phone": _("SMS go to this number"),
            "business_term_to": _("Left empty where the licence says long-term"),
            "employees": _("Including dispatched workers"),
            "shift_people": _("At the busiest hour; what makes it labour-intensive"),
            "industry_code": _("Four digits of GB/T 4754"),
        }

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        # From the enterprise's side: who supervises it and in which grid it lies is the regulator's to say.
        self.is_own = bool(self.instance.pk) and must_ask(self.instance, user)
        self.fields["name"].widget.attrs["data-similar"] = str(reverse_lazy("enterprises:similar"))
        for name in AMOUNTS:
            self.fields[name].validators.append(MinValueValidator(0))
        self.offer_id_number()
        self.offer_places()
        self.offer_supervision()
        self.offer_statuses()

    def offer_id_number(self) -> None:
        """Fill in the number on file: whole for the enterprise itself, masked for its regulators.

        A masked number that comes back untouched leaves the file as it is.
        """
        field, self.masked_id_no = self.fields[ID_NO], self.instance.legal_rep_id_no
        if not self.masked_id_no:
            field.help_text = _("18 characters, from the identity card; kept encrypted")
        elif self.is_own:
            self.initial[ID_NO] = identity.number_of(self.instance)
            field.help_text = _("Kept encrypted; others see three digits of it and the last four")
        else:
            self.initial[ID_NO] = self.masked_id_no
            field.help_text = _("Masked; leave it so, or write another number whole")

    def offer_statuses(self) -> None:
        """Offer what a file may be opened with; afterwards the status moves by its own steps alone."""
        field = self.fields["operating_status"]
        if self.instance.pk:
            field.disabled = True
            field.help_text = _("Changed by the steps on the page of the file, with what proves it")
        else:
            field.choices = [each for each in field.choices if each[0] in OPENING]

    def offer_places(self) -> None:
        """Check the chosen place against the person's posts; the picker searches for others.

        The enterprise itself has no place but its own: it may ask for another one in its town, from a plain list.
        """
        if self.is_own:
            self.offer_own_town()
            return
        field = self.fields["region"]
        field.queryset = Region.objects.visible_to(self.user)
        chosen = self.data.get("region") or self.initial.get("region") or ""
        known = field.queryset.filter(pk=str(getattr(chosen, "pk", chosen)))
        field.widget.choices = [("", ""), *((row.pk, row.name) for row in known)]

    def offer_own_town(self) -> None:
        """Offer the places of the enterprise's own town."""
        field = self.fields["region"]
        field.queryset = Region.objects.within(self.instance.town_code).order_by("code")
        field.widget = forms.Select(choices=[(row.pk, row.name) for row in field.queryset])

    def offer_supervision(self) -> None:
        """Offer the grids of the town and the agencies above the place; the enterprise itself is not asked."""
        if self.is_own:
            for name in SUPERVISION:
                del self.fields[name]
            return
        self.offer_grids()
        place = self.instance.region_id or ""
        agencies = Organisation.objects.filter(kind__in=AGENCIES)
        around = (
            agencies.filter(region_id__in=prefixes(place))
            if place
            else agencies.filter(region__in=Region.objects.visible_to(self.user))
        )
        for name in ("supervising_organisation", "competent_department"):
            self.fields[name].queryset = around

    def offer_grids(self) -> None:
        """Offer the grids of the division chosen, and beside them the one on file: a town may have put it elsewhere."""
        chosen = self.data.get("region") or self.initial.get("region") or ""
        grids = grids_for(self.user, str(getattr(chosen, "pk", chosen)))
        if self.instance.grid_id:
            grids = grids | Grid.objects.visible_to(self.user).filter(pk=self.instance.grid_id)
        self.fields["grid"].queryset = grids

    def blocks(self) -> list[Block]:
        """Return the fields in their blocks, for the page."""
        return [
            (code, label, [self[name] for name in names if name in self.fields])
            for code, label, names in BLOCKS
        ]

    def clean_name(self) -> str:
        """Refuse pictures: the name stands on documents."""
        return refuse_pictures(self.cleaned_data["name"])

    def clean_uscc(self) -> str:
        """Check the code, and that no other file has it."""
        code = clean_uscc(self.cleaned_data["uscc"])
        if Enterprise.objects.exclude(pk=self.instance.pk).filter(uscc=code).exists():
            raise ValidationError(_("An enterprise with this code is already on file."))
        return code

    def clean_established_on(self) -> date | None:
        """Refuse a day in the future."""
        day = self.cleaned_data["established_on"]
        if day and day > self.today:
            raise ValidationError(
                _("Later than today (%(today)s)."), params={"today": self.today.isoformat()}
            )
        return day

    def clean_business_term_to(self) -> date | None:
        """Refuse an end before the beginning."""
        day = self.cleaned_data["business_term_to"]
        try:
            check_term(self.cleaned_data.get("business_term_from"), day)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return day

    def clean(self) -> dict[str, Any]:
        """Check the numbers that may be left empty."""
        cleaned = super().clean()
        for name, judge in OPTIONAL.items():
            try:
                cleaned[name] = judge(cleaned[name]) if cleaned.get(name) else ""
            except ValidationError as error:
                self.add_error(name, error)
        self.check_grid(cleaned.get("grid"), cleaned.get("region"))
        return cleaned

    def check_grid(self, grid: Grid | None, region: Region | None) -> None:
        """Refuse a grid outside the division; what stands on file is judged when either of them changes."""
        if grid and region and {"grid", "region"} & set(self.changed_data) and not lies_in(grid, region.pk):
            self.add_error("grid", _("This grid does not lie in the division chosen."))

    def clean_legal_rep_id_no(self) -> str:
        """Check the number, unless it is the masked one that was filled in."""
        text = self.cleaned_data[ID_NO]
        return text if not text or self.keeps_id_no(text) else clean_id_no(text, today=self.today)

    def keeps_id_no(self, text: str) -> bool:
        """Say whether what was sent is the number on file, masked as it was filled in."""
        return bool(self.masked_id_no) and not self.is_own and text == self.masked_id_no

    def clean_contact_phone(self) -> str:
        """Check the number that SMS go to."""
        return clean_phone(self.cleaned_data["contact_phone"], mobile=True)

    def clean_principal_phone(self) -> str:
        """Check the principal's number."""
        return clean_phone(self.cleaned_data["principal_phone"])

    def clean_industry_code(self) -> str:
        """Check that it is four digits."""
        return clean_industry(self.cleaned_data["industry_code"])

    def clean_longitude(self) -> Decimal | None:
        """Check that it lies in the country."""
        return clean_degrees(self.cleaned_data["longitude"], LONGITUDES)

    def clean_latitude(self) -> Decimal | None:
        """Check that it lies in the country."""
        return clean_degrees(self.cleaned_data["latitude"], LATITUDES)

    def facts(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        facts = dict(self.cleaned_data)
        facts["region_id"] = facts.pop("region").pk
        if self.keeps_id_no(facts[ID_NO]):
            del facts[ID_NO]
        return facts
