"""What the steps in the life of a file ask for."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attachments.fields import PhotosField
from deadlines.fields import day_field
from enterprises.life.handover import officers_of
from enterprises.life.status import Evidence
from enterprises.models import Enterprise, StopKind, Transfer
from enterprises.phones import clean_phone
from regions.models import Region, RegionLevel

PURPOSE = "status"


def text_field(label: str, *, required: bool = True) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label, required=required, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class LifeForm(forms.Form):
    """A form about one file: it knows the record, the person and the moment."""

    def __init__(self, *args: Any, enterprise: Enterprise, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enterprise, self.user, self.at = enterprise, user, at
        self.today = localdate(at)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and first values; subclasses say which."""


class EvidenceForm(LifeForm):
    """A step that is proved by a paper or a visit."""

    seen_on = day_field(_("Day of the paper or the visit"))
    document_number = forms.CharField(label=_("Number of the paper"), max_length=60, required=False)
    note = text_field(_("What was found"), required=False)
    files = PhotosField(label=_("Papers and photos"), purpose=PURPOSE, required=False)

    def prepare(self) -> None:
        """Propose today."""
        self.fields["seen_on"].initial = self.today

    def verb_data(self) -> dict[str, Any]:
        """Return the evidence as the services take it, and what else the step asks."""
        facts = dict(self.cleaned_data)
        parts = {
            name: facts.pop(name) for name in ("seen_on", "document_number", "note", "files") if name in facts
        }
        return {"evidence": Evidence(**parts), **facts}


class PaperForm(EvidenceForm):
    """A step that a paper proves."""

    files = PhotosField(label=_("The paper, as PDF or photo"), purpose=PURPOSE)


class OrderForm(PaperForm):
    """A step that a numbered order proves."""

    document_number = forms.CharField(label=_("Number of the order"), max_length=60)


class VisitForm(EvidenceForm):
    """A step that somebody saw on site."""

    seen_on = day_field(_("Day of the visit"))
    document_number = None
    note = text_field(_("What was found"))
    files = PhotosField(label=_("Photos taken on site"), purpose=PURPOSE)


class ReasonedForm(EvidenceForm):
    """A step with its reason; a paper may be added."""

    reason = text_field(_("Reason"))


class ReasonedPaperForm(PaperForm):
    """A step with its reason and its paper."""

    reason = text_field(_("Reason"))


class TrialForm(PaperForm):
    """Begin the trial run."""

    planned_until = day_field(_("Trial run until"))


class StopForm(LifeForm):
    """Say that the enterprise stops."""

    kind = forms.ChoiceField(label=_("Kind of stop"), choices=StopKind.choices, widget=forms.RadioSelect)
    stop_on = day_field(_("Stopped from"))
    planned_until = day_field(
        _("Planned until"), required=False, help_text=_("For a seasonal stop: its last day")
    )
    reason = text_field(_("Reason"))

    def prepare(self) -> None:
        """Propose today."""
        self.fields["stop_on"].initial = self.today
        self.fields["kind"].initial = StopKind.SELF


class ReasonForm(LifeForm):
    """A step that needs its reason."""

    reason = text_field(_("Reason"))


class NoteForm(LifeForm):
    """A step that may carry a remark."""

    note = text_field(_("Remark"), required=False)


class AskTransferForm(LifeForm):
    """To which place, and why."""

    to_region = forms.ModelChoiceField(Region.objects.none(), label=_("Take over by"))
    reason = text_field(_("Reason"))

    def prepare(self) -> None:
        """Offer the counties and towns of the same city; the village is chosen there."""
        city = self.enterprise.region_id[:4]
        levels = (RegionLevel.COUNTY, RegionLevel.TOWN)
        field = self.fields["to_region"]
        field.queryset = (
            Region.objects.current().within(city).filter(level__in=levels).select_related("parent")
        )
        field.queryset = field.queryset.exclude(pk=self.enterprise.region_id[:9]).order_by("code")
        field.label_from_instance = place_name


def place_name(region: Region) -> str:
    """Return a town with its county before it."""
    return f"{region.parent.name} {region.name}" if region.level > RegionLevel.COUNTY else region.name


class AcceptTransferForm(forms.Form):
    """Where in one's own area the file is to lie."""

    region = forms.ModelChoiceField(Region.objects.none(), label=_("Town or village"))

    def __init__(self, *args: Any, transfer: Transfer, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = (RegionLevel.TOWN, RegionLevel.COMMUNITY)
        within = Region.objects.visible_to(user).current().within(transfer.region_id).filter(level__in=levels)
        self.fields["region"].queryset = within.order_by("code")
        self.fields["region"].initial = transfer.region_id


class RefuseTransferForm(forms.Form):
    """Why the file is not taken over."""

    reason = text_field(_("Reason"))

    def __init__(self, *args: Any, transfer: Transfer, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class HandOverForm(LifeForm):
    """Who leaves, and who follows; nobody named means the principal."""

    leaver = forms.ModelChoiceField(User.objects.none(), label=_("Who leaves"))
    last_day = day_field(_("Last day in the post"))
    successor_name = forms.CharField(
        label=_("Successor"),
        max_length=40,
        required=False,
        help_text=_("Left empty, the tasks fall to the principal"),
    )
    successor_phone = forms.CharField(label=_("Successor's mobile"), max_length=20, required=False)
    reason = text_field(_("Reason"))

    def prepare(self) -> None:
        """Offer the safety officers of today."""
        self.fields["leaver"].queryset = officers_of(self.enterprise, self.today)
        self.fields["leaver"].initial = self.fields["leaver"].queryset.first()
        self.has_officers = self.fields["leaver"].initial is not None
        self.fields["last_day"].initial = self.today

    def clean_successor_phone(self) -> str:
        """Check the number, which a named successor needs."""
        typed = self.cleaned_data["successor_phone"]
        if typed or self.cleaned_data.get("successor_name"):
            return clean_phone(typed, mobile=True)
        return ""


class MergeForm(LifeForm):
    """Why the two are one; which values of the other file are right."""

    take = forms.MultipleChoiceField(choices=(), required=False)
    reason = text_field(_("Why these are the same enterprise"))

    def __init__(self, *args: Any, differing: list[str], **kwargs: Any) -> None:
        self.differing = differing
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Take the other's value only of fields that differ."""
        self.fields["take"].choices = [(name, name) for name in self.differing]
