"""The form of an enterprise's file: block by block, as on the business licence."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.choices import RiskTag
from enterprises.codes import LATITUDES, LONGITUDES, clean_degrees, clean_industry
from enterprises.models import Enterprise
from enterprises.phones import clean_phone
from enterprises.uscc import clean_uscc
from listings.importing.parsers import refuse_pictures
from regions.models import Region

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
            "business_scope",
        ),
    ),
    ("place", _("Place"), ("registered_address", "production_address", "region", "longitude", "latitude")),
    (
        "people",
        _("People and contact"),
        (
            "legal_rep_name",
            "principal_name",
            "principal_phone",
            "safety_head",
            "contact_name",
            "contact_phone",
            "duty_phone",
            "employees",
            "full_time_safety_managers",
            "part_time_safety_managers",
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
            "risk_tags",
            "is_above_designated",
            "size",
        ),
    ),
    ("status", _("Operating status"), ("operating_status", "supervision_level")),
)


class EnterpriseForm(forms.ModelForm):
    """Create or correct a file; the places offered are those that the person's post covers."""

    risk_tags = forms.MultipleChoiceField(
        label=_("Special risks"), choices=RiskTag.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    uscc = forms.CharField(
        label=_("Unified social credit code"), max_length=40, help_text=_("18 characters, from the licence")
    )

    class Meta:
        model = Enterprise
        fields = [name for _code, _label, names in BLOCKS for name in names]
        widgets = {
            "established_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "business_scope": forms.Textarea(attrs={"rows": 3}),
            "region": forms.Select(attrs={"data-pick": reverse_lazy("regions:search")}),
        }
        help_texts = {
            "name": _("As on the business licence, not shortened"),
            "contact_phone": _("SMS go to this number"),
            "employees": _("Including dispatched workers"),
            "industry_code": _("Four digits of GB/T 4754"),
        }

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self.fields["name"].widget.attrs["data-similar"] = str(reverse_lazy("enterprises:similar"))
        self.offer_places()

    def offer_places(self) -> None:
        """Check the chosen place against the person's posts; the picker searches for others."""
        field = self.fields["region"]
        field.queryset = Region.objects.visible_to(self.user)
        chosen = self.data.get("region") or self.initial.get("region") or ""
        known = field.queryset.filter(pk=str(getattr(chosen, "pk", chosen)))
        field.widget.choices = [("", ""), *((row.pk, row.name) for row in known)]

    def blocks(self) -> list[tuple[str, Any, list[BoundField]]]:
        """Return the fields in their blocks, for the page."""
        return [(code, label, [self[name] for name in names]) for code, label, names in BLOCKS]

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
        return facts
