"""The condition "lies in this division" as a figure sets it: by one stored column, whatever the code."""

from typing import Any

import django_filters as filters
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from regions.selectors import names_of


class PlaceField(forms.CharField):
    """The code of a division, hidden in the form of conditions; its name stands in the chip."""

    widget = forms.HiddenInput
    default_validators = [RegexValidator(r"^\d{2,12}$", _("This is no division code."))]

    def clean(self, value: Any) -> str:
        """Read the code and find its name for the chip."""
        code = super().clean(value)
        self.choices = list(names_of([code]).items()) if code else []
        return code


class PlaceFilter(filters.CharFilter):
    """Equality on a level column.

    The list of places offered to a person ends at the towns and at the person's own area. A figure also
    counts rows of a village, rows that lie at the county itself, and rows granted one by one.
    """

    field_class = PlaceField
