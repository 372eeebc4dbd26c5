"""The forms of governance and listing: progress, change of plan, opinion, public notice, more time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attachments.fields import PhotosField
from deadlines.fields import day_field
from hazards.choices import ExpertVerdict
from hazards.forms.verbs import HazardForm, NoteForm, PlanForm, text_field
from hazards.rules import open_listing


class ProgressForm(HazardForm):
    """How far the governance is."""

    percent = forms.IntegerField(label=_("Done (%)"), min_value=0, max_value=100)
    text = text_field(pgettext_lazy("progress", "What was done"), max_length=1000)
    next_steps = text_field(_("Next steps"), required=False, rows=2)
    difficulties = text_field(_("Difficulties"), required=False, rows=2)
    files = PhotosField(label=_("Photos and papers"), required=False)

    def prepare(self) -> None:
        """Start from what was reported last."""
        last = self.hazard.progress.first()
        self.fields["percent"].initial = last.percent if last else 0

    def verb_data(self) -> dict[str, Any]:
        """Return what the service takes."""
        report = dict(self.cleaned_data)
        return {"files": report.pop("files"), "report": report}


class ChangePlanForm(PlanForm):
    """The changed plan, and why it is changed."""

    reason = text_field(_("Why the plan is changed"))
    files = PhotosField(label=_("Papers"), required=False)

    field_order = ("reason",)

    def prepare(self) -> None:
        """Start from the plan that holds."""
        last = self.hazard.plans.filter(decision="approved").first()
        for name in PlanForm.base_fields if last else ():
            self.fields[name].initial = getattr(last, name)

    def verb_data(self) -> dict[str, Any]:
        """Return what the service takes."""
        plan = dict(self.cleaned_data)
        return {"reason": plan.pop("reason"), "files": plan.pop("files"), "plan": plan}


class OpinionForm(HazardForm):
    """What an expert says."""

    expert_name = forms.CharField(label=_("Expert"), max_length=40)
    expert_title = forms.CharField(label=_("Office and title"), max_length=100, required=False)
    given_on = day_field(_("Given on"))
    verdict = forms.ChoiceField(
        label=_("Conclusion"), choices=ExpertVerdict.choices, widget=forms.RadioSelect
    )
    opinion = text_field(_("Opinion"), max_length=2000, rows=5)
    files = PhotosField(label=_("Signed paper"), required=False)

    def prepare(self) -> None:
        """Propose today."""
        self.fields["given_on"].initial = self.today

    def verb_data(self) -> dict[str, Any]:
        """Return what the service takes."""
        opinion = dict(self.cleaned_data)
        return {"files": opinion.pop("files"), "opinion": opinion}


class PublishForm(HazardForm):
    """What anyone may read."""

    public_text = text_field(_("Public notice"), rows=4)

    def prepare(self) -> None:
        """Propose the problem as it stands."""
        field = self.fields["public_text"]
        field.initial = self.hazard.description
        field.help_text = _("Anyone may read it without signing in. Name no person and no business secret.")


class JustDoIt(HazardForm):
    """A step that asks for nothing."""


class AskListingForm(HazardForm):
    """Ask for a later day of the listing."""

    requested_on = day_field(_("New deadline asked for"))
    reason = text_field(_("Reason"))


class GrantListingForm(NoteForm):
    """Grant the listing a later day."""

    granted_on = day_field(_("Granted until"))
    field_order = ("granted_on", "note")

    def prepare(self) -> None:
        """Propose the day asked for."""
        listing = open_listing(self.hazard)
        request = listing.extensions.filter(granted=None).first() if listing else None
        self.fields["granted_on"].initial = request.requested_on if request else None

    def clean_granted_on(self) -> Any:
        """Refuse a day in the past."""
        day = self.cleaned_data["granted_on"]
        if day < self.today:
            raise ValidationError(_("The deadline lies in the past; choose today or a later day."))
        return day
