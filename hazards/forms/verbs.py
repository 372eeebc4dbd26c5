"""The forms that a verb asks before it moves a hazard; choices are limited to what the person sees."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.selectors import people_holding
from attachments.fields import PhotosField
from deadlines.almanac import working_days
from deadlines.calendar import Unit, add
from deadlines.fields import day_field
from hazards.choices import ListingLevel
from hazards.models import Hazard, MajorHazardCriterion
from hazards.rules import officers_on_site
from rulebook.services import parameter

OFFICERS = (Role.OFFICER, Role.COUNTY, Role.CITY, Role.TOWN, Role.LEADER)


class HazardForm(forms.Form):
    """A form about one hazard: it knows the record, the person and the moment."""

    def __init__(self, *args: Any, hazard: Hazard, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hazard, self.user, self.at = hazard, user, at
        self.today = localdate(at)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and first values; subclasses say which."""


def text_field(label: str, *, required: bool = True, max_length: int = 500, rows: int = 3) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label, required=required, max_length=max_length, widget=forms.Textarea(attrs={"rows": rows})
    )


class NoteForm(HazardForm):
    """A step that may carry a remark."""

    note = text_field(_("Remark"), required=False)


class ReasonForm(HazardForm):
    """A step that needs its reason on record."""

    reason = text_field(_("Reason"))


class DeadlineForm(HazardForm):
    """A step that sets the rectification day."""

    deadline_on = day_field(_("Rectification deadline"))

    def prepare(self) -> None:
        """Propose the day the enterprise proposed, or the default number of days."""
        number = parameter("HAZARD_GENERAL_DAYS", on=self.today, region=self.hazard.region_id)
        last = add(self.today, int(number.amount), Unit(number.unit), working_days(), moves_off_holiday=False)
        self.fields["deadline_on"].initial = self.hazard.deadline_on or last

    def clean_deadline_on(self) -> date:
        """Refuse a day in the past."""
        day = self.cleaned_data["deadline_on"]
        if day < self.today:
            raise ValidationError(_("The deadline lies in the past; choose today or a later day."))
        return day


class AcceptReportForm(DeadlineForm):
    """Accept the report with a day."""


class ReturnForWorkForm(DeadlineForm):
    """Send back with a reason and a new day."""

    reason = text_field(_("What is still missing"))

    def prepare(self) -> None:
        """Propose the default number of days from today."""
        self.hazard.deadline_on = None
        super().prepare()


class ReopenForm(ReturnForWorkForm):
    """Open again with a reason and a new day."""

    reason = text_field(_("Reason"))


class ConfirmMajorForm(HazardForm):
    """Confirm by a clause of the published criteria."""

    criterion = forms.ModelChoiceField(MajorHazardCriterion.objects.none(), label=_("Criterion"))

    def prepare(self) -> None:
        """Offer the criteria in force on the day the hazard was found."""
        on = localdate(self.hazard.found_at)
        self.fields["criterion"].queryset = MajorHazardCriterion.objects.filter(valid_from__lte=on).exclude(
            valid_to__lt=on
        )
        self.fields["criterion"].initial = self.hazard.criterion_id


class RectificationForm(HazardForm):
    """What was done, with photos that show it."""

    text = text_field(_("What was done"), max_length=1000)
    photos = PhotosField(label=_("Photos after rectification"))


class ExtensionForm(HazardForm):
    """Ask for a later day."""

    requested_on = day_field(_("New deadline asked for"))
    reason = text_field(_("Reason"))
    interim_control = text_field(_("Interim control until then"))

    def clean_requested_on(self) -> date:
        """Refuse a day that is not later than the present one."""
        day = self.cleaned_data["requested_on"]
        if self.hazard.deadline_on and day <= self.hazard.deadline_on:
            raise ValidationError(_("The new day must be later than the present deadline."))
        return day


class GrantExtensionForm(HazardForm):
    """Grant until a day."""

    granted_on = day_field(_("Granted until"))
    note = text_field(_("Remark"), required=False)

    def prepare(self) -> None:
        """Propose the day asked for."""
        request = self.hazard.extensions.filter(granted=None).first()
        self.fields["granted_on"].initial = request.requested_on if request else None


class PlanForm(HazardForm):
    """The report of a major hazard and its governance plan: the five implementations, goals, emergency plan (O16)."""

    condition = text_field(_("Present state and cause"), max_length=1000)
    danger = text_field(_("Danger, and difficulty of removal"), max_length=1000)
    goals = text_field(_("Goals and tasks"), max_length=1000)
    measures = text_field(_("Methods and measures"), max_length=2000)
    responsible = forms.CharField(label=_("Persons and bodies responsible"), max_length=300)
    funds = forms.DecimalField(label=_("Funds (yuan)"), min_value=0, max_digits=14, decimal_places=2)
    funds_source = forms.CharField(label=_("Source of funds and materials"), max_length=300)
    finish_on = day_field(_("Finish on"))
    emergency_plan = text_field(_("Safety measures and emergency plan"), max_length=1000)

    def prepare(self) -> None:
        """Start from the last draft, so that a returned plan is mended, not retyped."""
        last = self.hazard.plans.first()
        for name in self.fields if last else ():
            self.fields[name].initial = getattr(last, name)

    def clean_finish_on(self) -> date:
        """Refuse a day in the past."""
        day = self.cleaned_data["finish_on"]
        if day < self.today:
            raise ValidationError(_("The finishing day lies in the past."))
        return day

    def verb_data(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {"plan": self.cleaned_data}


class SiteReviewForm(HazardForm):
    """What was found on site, by whom."""

    reviewed_on = day_field(_("Day of the review"))
    officers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Officers on site"),
        widget=forms.CheckboxSelectMultiple,
    )
    expert_name = forms.CharField(label=_("Expert"), max_length=60, required=False)
    findings = text_field(_("Findings"), max_length=1000)
    passed = forms.TypedChoiceField(
        label=_("Conclusion"),
        choices=[("yes", _("Removed; production may resume")), ("no", _("Not removed"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    photos = PhotosField(label=_("Photos"), required=False)

    def prepare(self) -> None:
        """Offer the officers of the county and the city."""
        code = self.hazard.region_id
        self.fields["reviewed_on"].initial = self.today
        self.fields["officers"].queryset = people_holding(OFFICERS, code[:6], self.at) | people_holding(
            OFFICERS, code[:4], self.at
        )
        needed = {"n": officers_on_site(self.hazard, on=self.today)}
        self.fields["officers"].help_text = (
            _("At least %(n)d officers with a valid enforcement certificate review on site.") % needed
        )
        self.fields["expert_name"].required = self.hazard.is_listed

    def clean_reviewed_on(self) -> date:
        """Refuse a day in the future."""
        day = self.cleaned_data["reviewed_on"]
        if day > self.today:
            raise ValidationError(_("The day lies in the future."))
        return day

    def verb_data(self) -> dict[str, Any]:
        """Return what the service takes."""
        data = dict(self.cleaned_data)
        officers, photos = list(data.pop("officers")), data.pop("photos")
        return {"review": data, "officers": officers, "photos": photos}


class ListingForm(HazardForm):
    """List for supervision: who is responsible, what is required, by when."""

    level = forms.ChoiceField(label=_("Listed by"), choices=ListingLevel.choices, initial=ListingLevel.COUNTY)
    supervising_unit = forms.CharField(
        label=_("Supervising unit"), max_length=60, help_text=_("It checks on site before the listing ends")
    )
    enterprise_responsible = forms.CharField(label=_("Responsible in the enterprise"), max_length=60)
    local_responsible = forms.CharField(label=_("Responsible in the town"), max_length=60)
    department_responsible = forms.CharField(label=_("Responsible in the department"), max_length=60)
    requirements = text_field(_("Requirements"))
    deadline_on = day_field(_("Deadline"))

    def prepare(self) -> None:
        """Propose the own body, the enterprise's principal and the present deadline."""
        if self.user.organisation:
            self.fields["supervising_unit"].initial = self.user.organisation.name
        self.fields["enterprise_responsible"].initial = self.hazard.enterprise.principal_name
        self.fields["deadline_on"].initial = self.hazard.deadline_on

    def clean_deadline_on(self) -> date:
        """Refuse a day in the past."""
        day = self.cleaned_data["deadline_on"]
        if day < self.today:
            raise ValidationError(_("The deadline lies in the past; choose today or a later day."))
        return day

    def verb_data(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {"listing": self.cleaned_data}
