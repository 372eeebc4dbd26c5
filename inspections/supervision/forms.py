"""The forms of a supervision of government."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.selectors import people_holding
from attachments.fields import LONGEST_KEY, PhotosField
from deadlines.almanac import working_days
from deadlines.calendar import Unit, add
from deadlines.fields import day_field
from enterprises.models import Enterprise
from inspections.choices import Purpose, Trigger
from inspections.kinds import KINDS, VisitKind
from inspections.library.selectors import editions_on
from inspections.models import GovernmentOrder, Visit
from inspections.supervision.selectors import bodies_below
from inspections.visits.forms.common import VisitForm, text_field
from inspections.visits.forms.onsite import HazardForm
from inspections.visits.forms.plan import LEVELS
from rulebook.services import parameter


def ahead(day: date, at: datetime) -> date:
    """Return the day; raise ValidationError when it has passed."""
    if day < localdate(at):
        raise ValidationError(_("The day lies in the past; choose today or a later day."))
    return day


def proposed_day(order_region: str, at: datetime) -> date:
    """Return the day that the rulebook proposes for a reply (ORDER_REPLY)."""
    today = localdate(at)
    number = parameter("ORDER_REPLY", on=today, region=order_region)
    return add(today, int(number.amount), Unit(number.unit), working_days(), moves_off_holiday=False)


class ColleaguesField(forms.ModelMultipleChoiceField):
    """Colleagues, each with the office."""

    def label_from_instance(self, person: User) -> str:
        """Name a person and the office."""
        return f"{person.name} · {person.organisation.short_name}" if person.organisation else person.name


class SuperviseForm(forms.Form):
    """Plan a supervision, or begin it at once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    body = forms.ModelChoiceField(Organisation.objects.none(), label=_("Government body"))
    planned_on = day_field(_("Planned for"))
    trigger = forms.ChoiceField(label=_("Why"), choices=Trigger.choices, initial=Trigger.PLAN)
    occasion = forms.CharField(label=_("Occasion"), max_length=200, required=False)
    editions = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Checklists"), required=False, widget=forms.CheckboxSelectMultiple
    )
    people = ColleaguesField(
        User.objects.none(),
        label=_("Who takes part"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You are one of them"),
    )

    def __init__(self, *args: Any, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["body"].queryset = bodies_below(user)
        self.fields["planned_on"].initial = localdate(at)
        in_use = editions_on(localdate(at), purpose=Purpose.GOVERNMENT).filter(state="published")
        self.fields["editions"].queryset = in_use
        self.fields["editions"].initial = list(in_use[:1])
        self.fields["people"].queryset = colleagues(user, at)

    def clean_planned_on(self) -> date:
        """Refuse a day in the past."""
        return ahead(self.cleaned_data["planned_on"], self.at)

    def about(self) -> dict[str, Any]:
        """Return what `supervise` takes beside the body."""
        names = ("planned_on", "trigger", "occasion", "editions", "people", "key")
        return {name: self.cleaned_data[name] for name in names}


def colleagues(user: User, at: datetime) -> Any:
    """Return the others of the same places who may take part."""
    makers, found = KINDS[VisitKind.SUPERVISION].makers, User.objects.none()
    for post in user.posts:
        if post.region_id and len(post.region_id) in LEVELS:
            found |= people_holding(makers, post.region_id, at)
    return found.exclude(pk=user.pk).select_related("organisation").distinct().order_by("name")


class ProblemForm(VisitForm):
    """What the body does not do as it must; what an item says of it stands there already."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = text_field(_("Problem"), rows=3)
    basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    requirement = text_field(_("Requirement"), required=False)
    photos = PhotosField(label=_("Photos and papers"), required=False, purpose="before")

    def said(self) -> dict[str, Any]:
        """Return what `find_problem` takes."""
        facts = {name: self.cleaned_data[name] for name in ("text", "basis", "requirement")}
        rest = {name: self.cleaned_data.get(name) for name in ("photos", "device_time", "key")}
        return {"facts": facts, **rest}


class TakeBackForm(VisitForm):
    """Why a problem is taken back."""

    reason = text_field(_("Why it is taken back"), max_length=300, rows=2)

    def said(self) -> dict[str, Any]:
        """Return what `take_back_problem` takes."""
        return {"reason": self.cleaned_data["reason"]}


class NearbyHazardForm(HazardForm):
    """A hazard seen at an enterprise while its regulator was looked at."""

    enterprise = forms.ModelChoiceField(
        Enterprise.objects.none(),
        label=_("Enterprise"),
        widget=forms.Select(attrs={"data-pick": reverse_lazy("enterprises:search")}),
    )

    def prepare(self) -> None:
        """Check the chosen enterprise against what the person sees; the list holds only it, the picker searches."""
        field, chosen = self.fields["enterprise"], str(self.data.get("enterprise") or "")
        field.queryset = Enterprise.objects.visible_to(self.user)
        is_key = chosen.isascii() and chosen.isdigit() and len(chosen) < LONGEST_KEY
        known = field.queryset.filter(pk=chosen) if is_key else field.queryset.none()
        field.widget.choices = [("", ""), *((row.pk, row.name) for row in known)]

    def said(self) -> dict[str, Any]:
        """Return what `find_hazard` takes."""
        return {**super().said(), "enterprise": self.cleaned_data["enterprise"]}


class OrderForm(forms.Form):
    """Order the body to put right what was found."""

    requirements = text_field(_("Requirements"), max_length=1000, rows=4)
    due_on = day_field(_("Reply due on"))

    def __init__(self, *args: Any, visit: Visit, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["due_on"].initial = proposed_day(visit.region_id, at)
        self.fields["requirements"].initial = _(
            "Put right each problem, name who is responsible, learn from it elsewhere."
        )

    def clean_due_on(self) -> date:
        """Refuse a day in the past."""
        return ahead(self.cleaned_data["due_on"], self.at)


class AboutOrder(forms.Form):
    """A form about one order: it knows the record, the person and the moment."""

    def __init__(
        self, *args: Any, governmentorder: GovernmentOrder, user: User, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.order, self.user, self.at = governmentorder, user, at
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and first values; subclasses say which."""


class ReplyForm(AboutOrder):
    """What was done about each problem, with papers that show it, and as a whole."""

    def prepare(self) -> None:
        """Make a text and a place for files for each problem; a reply that was returned is mended, not retyped."""
        self.findings = list(self.order.visit.government_findings.order_by("pk"))
        for turn, found in enumerate(self.findings, 1):
            self.fields[f"reply_{found.pk}"] = text_field(
                f"{turn}. {found.text}", max_length=1000, rows=3, help_text=found.requirement
            )
            self.fields[f"reply_{found.pk}"].initial = found.reply
            self.fields[f"reply_{found.pk}"].widget.attrs["placeholder"] = _("What was done")
            self.fields[f"files_{found.pk}"] = PhotosField(
                label=_("%(n)d. Papers and photos") % {"n": turn}, required=False, purpose="after"
            )
        self.fields["reply"] = text_field(_("Reply as a whole"), required=False, max_length=2000, rows=4)
        self.fields["reply"].initial = self.order.reply

    def verb_data(self) -> dict[str, Any]:
        """Return what `reply_order` takes."""
        said = self.cleaned_data
        return {
            "reply": said["reply"],
            "replies": {found.pk: said[f"reply_{found.pk}"] for found in self.findings},
            "files": {found.pk: said[f"files_{found.pk}"] for found in self.findings},
        }


class ReturnForm(AboutOrder):
    """Send the reply back."""

    reason = text_field(_("What is still missing"))
    due_on = day_field(_("Reply due on"))

    def prepare(self) -> None:
        """Propose the day of the rulebook."""
        self.fields["due_on"].initial = proposed_day(self.order.region_id, self.at)

    def clean_due_on(self) -> date:
        """Refuse a day in the past."""
        return ahead(self.cleaned_data["due_on"], self.at)


class CloseForm(AboutOrder):
    """Close the order."""

    note = text_field(_("Remark"), required=False)
