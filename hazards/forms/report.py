"""The form by which a hazard enters the book: short on a phone, the same facts at the desk."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.urls import reverse_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from attachments.fields import PhotosField
from attachments.moments import DeviceTimeField, MomentField
from deadlines.fields import day_field
from enterprises.models import Enterprise
from hazards.choices import Category, Grade, Source
from hazards.forms.verbs import text_field

# What each post may say about who found it: a grid worker's patrol is never an inspection (handbook §0.2).
SOURCES_OF_ROLE = {
    Role.ENTERPRISE: (Source.SELF_CHECK, Source.EMPLOYEE),
    Role.GRID: (Source.PATROL,),
}
SOURCES_OF_REGULATOR = (
    Source.INSPECTION,
    Source.SUPERVISION,
    Source.EXPERT,
    Source.COMPLAINT,
    Source.MONITORING,
)
# More digits than a key can have; the database would refuse the number.
LONGEST_KEY = 19
# A phone's clock may run a little ahead of the server's.
CLOCK_TOLERANCE = timedelta(minutes=5)


class ReportForm(forms.Form):
    """Report a hazard; `enterprise` is given when the person may report for one only."""

    MAIN = ("enterprise", "source", "found_at", "description", "place", "photos")
    MORE = (
        "category",
        "grade",
        "legal_basis",
        "responsible_person",
        "deadline_on",
        "measures",
        "funds",
    )

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    device_time = DeviceTimeField()
    latitude = forms.DecimalField(
        widget=forms.HiddenInput, required=False, min_value=-90, max_value=90, decimal_places=6
    )
    longitude = forms.DecimalField(
        widget=forms.HiddenInput, required=False, min_value=-180, max_value=180, decimal_places=6
    )
    enterprise = forms.ModelChoiceField(
        Enterprise.objects.none(),
        label=_("Enterprise"),
        widget=forms.Select(attrs={"data-pick": reverse_lazy("enterprises:search")}),
    )
    source = forms.ChoiceField(label=_("Found by"), required=False)
    found_at = MomentField(
        label=_("Found at"),
        required=False,
        help_text=_("Leave empty for now"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    description = text_field(_("Problem"), rows=2)
    place = forms.CharField(label=_("Where"), max_length=120)
    photos = PhotosField(
        label=_("Photos"), required=False, purpose="before", help_text=_("time and place are kept")
    )
    fix = forms.ChoiceField(
        choices=[("now", _("At once")), ("later", _("It takes time"))], required=False, initial="later"
    )
    category = forms.ChoiceField(
        label=_("Category"), choices=Category.choices, initial=Category.OTHER, required=False
    )
    grade = forms.ChoiceField(
        label=_("Grade"),
        choices=Grade.choices,
        initial=Grade.GENERAL,
        required=False,
        help_text=_("Major: proposed here, confirmed by a criterion"),
    )
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    responsible_person = forms.CharField(label=_("Responsible person"), max_length=40, required=False)
    deadline_on = day_field(_("Rectified by"))
    measures = text_field(_("Measures"), required=False, max_length=1000)
    funds = forms.DecimalField(
        label=_("Funds (yuan)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )

    def __init__(
        self, *args: Any, user: User, at: datetime, enterprise: Enterprise | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.at, self.fixed = user, at, enterprise
        self.fields["deadline_on"].required = False
        self.fields["description"].widget.attrs["data-similar"] = str(reverse_lazy("hazards:similar"))
        self.offer_sources()
        self.offer_enterprises()

    def offer_sources(self) -> None:
        """Offer what the person's post may say about who found it."""
        roles = {entry.role for entry in self.user.scope.entries}
        sources = next(
            (SOURCES_OF_ROLE[role] for role in SOURCES_OF_ROLE if role in roles), SOURCES_OF_REGULATOR
        )
        self.fields["source"].choices = [(source.value, source.label) for source in sources]
        self.fields["source"].initial = sources[0]
        self.sources = sources

    def offer_enterprises(self) -> None:
        """Fix the enterprise, or check the chosen one against what the person sees."""
        if self.fixed:
            del self.fields["enterprise"]
            return
        chosen = self.data.get("enterprise") or self.initial.get("enterprise") or ""
        field = self.fields["enterprise"]
        field.queryset = Enterprise.objects.visible_to(self.user)
        # The list of choices holds only the chosen one; the picker searches for the others.
        is_key = str(chosen).isdecimal() and len(str(chosen)) < LONGEST_KEY
        known = field.queryset.filter(pk=chosen) if is_key else field.queryset.none()
        field.widget.choices = [("", ""), *((row.pk, row.name) for row in known)]

    @property
    def main(self) -> list[BoundField]:
        """The fields of what was found."""
        return [self[name] for name in self.MAIN if name in self.fields]

    @property
    def more(self) -> list[BoundField]:
        """The fields of how it is put right."""
        names = ("source", *self.MORE) if self.fixed else self.MORE
        return [self[name] for name in names]

    @property
    def more_has_errors(self) -> bool:
        """Say whether the folded part of the phone form needs correction."""
        return any(name in self.errors for name in ("source", *self.MORE))

    def clean_source(self) -> str:
        """Fall back to the post's usual source."""
        return self.cleaned_data["source"] or self.sources[0]

    def clean_category(self) -> str:
        """Fall back to the category that claims nothing."""
        return self.cleaned_data["category"] or Category.OTHER

    def clean_grade(self) -> str:
        """Fall back to a general hazard."""
        return self.cleaned_data["grade"] or Grade.GENERAL

    def clean_found_at(self) -> datetime:
        """Refuse a moment in the future."""
        found_at = self.cleaned_data["found_at"] or self.at
        if found_at > self.at + CLOCK_TOLERANCE:
            raise ValidationError(_("The hazard cannot have been found in the future."))
        return min(found_at, self.at)

    def clean_deadline_on(self) -> Any:
        """Refuse a day in the past."""
        day = self.cleaned_data["deadline_on"]
        if day and day < localdate(self.at):
            raise ValidationError(_("The deadline lies in the past; choose today or a later day."))
        return day

    def facts(self) -> dict[str, Any]:
        """Return the fields of the hazard."""
        other = {"enterprise", "key", "photos", "fix"}
        return {name: value for name, value in self.cleaned_data.items() if name not in other}
