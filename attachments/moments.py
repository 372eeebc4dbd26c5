"""Moments that people type and devices send: none that a calendar cannot show.

The first and the last years that the language knows can be stored, but not read again in every time zone: one such moment
would spoil each page on which it stands.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from attachments.photos import YEARS


class MomentField(forms.DateTimeField):
    """A moment of our time."""

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment; raise ValidationError for one of another age."""
        moment = super().to_python(value)
        if moment is not None and moment.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


class DeviceTimeField(MomentField):
    """What the clock of the device says; one that says nonsense is no clock, and keeps nobody from working."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.HiddenInput, "required": False, **kwargs})

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment, None where the device sent no moment."""
        try:
            return super().to_python(value)
        except ValidationError:
            return None
