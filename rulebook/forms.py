"""Entering a number of the rulebook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rulebook.models import Parameter
from rulebook.services import REVISABLE


class ParameterForm(forms.ModelForm):
    """A number from a day on. Of an existing one, what it is called and counts stays as it is."""

    reason = forms.CharField(label=_("reason for the change"), max_length=300)

    class Meta:
        model = Parameter
        fields = ["code", "jurisdiction", "name", "unit", *REVISABLE, "effective_from", "reason"]
        help_texts = {
            "code": _(
                "Where a number differs by risk, a colour behind the code sets it for that class alone: "
                "INSPECTION_YEAR_CAP_RED, _ORANGE, _YELLOW, _BLUE; the others go on by the number without a colour."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # The form writes a new row: it opens without a day and a reason, so that nobody saves by habit.
            self.initial.update(effective_from=None, reason="")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and not self.errors and not set(self.changed_data) & set(REVISABLE):
            raise forms.ValidationError(_("Nothing would change."))
        return cleaned

    def validate_constraints(self) -> None:
        """Left to the service: the row that holds today makes room for this one first."""
