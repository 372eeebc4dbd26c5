"""A division in a form."""

from typing import Any

from django import forms

from regions.former import FormerPlaces
from regions.models import Region


class DivisionField(forms.ModelChoiceField):
    """A choice of divisions that takes a former code for the division of today; who offers choices sets its queryset."""

    def to_python(self, value: Any) -> Region | None:
        """Return the division; raises ValidationError, with a sentence for a former code that leads nowhere."""
        if isinstance(value, str) and value.strip().isdecimal():
            value = FormerPlaces.read().present(value.strip())
        return super().to_python(value)
