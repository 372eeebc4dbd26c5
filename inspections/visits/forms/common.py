"""What several forms of a visit ask: where the device is, what its clock says, and a few plain fields."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attachments.moments import DeviceTimeField, MomentField
from inspections.models import Visit
from inspections.visits.positions import Position

MOMENT = "%Y-%m-%dT%H:%M"


def moment_field(label: Any, help_text: Any = "") -> MomentField:
    """A moment, typed or picked; empty for now."""
    return MomentField(
        label=label,
        required=False,
        help_text=help_text,
        input_formats=[MOMENT, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )


def text_field(
    label: Any, *, required: bool = True, max_length: int = 500, rows: int = 2, help_text: Any = ""
) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=max_length,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class FromDevice(forms.Form):
    """What the device fills in by itself; a device that says nonsense is told nothing by it."""

    device_time = DeviceTimeField()
    latitude = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-180, max_value=180)
    accuracy = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean(self) -> dict[str, Any]:
        """Let a position that is no position be none: nobody is kept from working by a broken device."""
        for name in ("latitude", "longitude", "accuracy"):
            self.errors.pop(name, None)
        return super().clean() or self.cleaned_data

    @property
    def position(self) -> Position | None:
        """Where the device says it is."""
        latitude, longitude = self.cleaned_data.get("latitude"), self.cleaned_data.get("longitude")
        if latitude is None or longitude is None:
            return None
        accuracy = self.cleaned_data.get("accuracy")
        return Position(latitude, longitude, None if accuracy is None else round(min(accuracy, 1e6)))


class VisitForm(FromDevice):
    """A form about one visit: it knows the record, the person and the moment."""

    def __init__(self, *args: Any, visit: Visit, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit, self.user, self.at = visit, user, at
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and first values; subclasses say which."""


class ReasonForm(VisitForm):
    """A step that needs its reason on record."""

    reason = text_field(_("Reason"), max_length=300)

    def verb_data(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return {"reason": self.cleaned_data["reason"]}


def not_ahead(moment: datetime | None, at: datetime) -> datetime | None:
    """Return the moment; raise ValidationError when it lies in the future."""
    if moment and moment > at:
        raise ValidationError(_("The moment lies in the future."))
    return moment
