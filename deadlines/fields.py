"""Days that people type or pick: the same field in the forms of every app."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

# Clocks can be counted from these years, and every time zone can show them.
YEARS = range(1900, 2200)


class DayField(forms.DateField):
    """A day of our time."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        """Return the day; raise ValidationError for one of another age."""
        day = super().to_python(value)
        if day is not None and day.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> DayField:
    """Return a day to type or to pick."""
    return DayField(label=label, required=required, help_text=help_text)
