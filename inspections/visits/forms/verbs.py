"""The forms of the verbs of a visit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.choices import Outcome
from inspections.visits.forms.common import VisitForm, moment_field, not_ahead, text_field


class StartForm(VisitForm):
    """Begin a planned visit."""

    started_at = moment_field(
        _("Begun at"), _("Leave empty for now; an earlier moment is marked as typed in later")
    )

    def clean_started_at(self) -> datetime | None:
        """Refuse a moment in the future."""
        return not_ahead(self.cleaned_data["started_at"], self.at)

    def verb_data(self) -> dict[str, Any]:
        """Return what `start_visit` takes."""
        return {
            "position": self.position,
            "started_at": self.cleaned_data["started_at"],
            "device_time": self.cleaned_data.get("device_time"),
        }


class FinishForm(VisitForm):
    """Finish a visit: the result is said, never taken for granted."""

    outcome = forms.ChoiceField(
        label=_("Result"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether problems were found; nothing found is an answer too.")},
    )
    summary = text_field(_("Summary"), required=False, max_length=1000, rows=3)
    ended_at = moment_field(_("Left the site at"), _("Leave empty for now"))

    def prepare(self) -> None:
        """Propose what stands on record; "nothing found" is never ticked beforehand."""
        found = self.visit.findings.exists() or self.visit.government_findings.exists()
        if found or self.visit.answers.filter(result="fail").exists():
            self.fields["outcome"].initial = Outcome.FOUND

    def clean_ended_at(self) -> datetime | None:
        """Refuse a moment in the future."""
        return not_ahead(self.cleaned_data["ended_at"], self.at)

    def verb_data(self) -> dict[str, Any]:
        """Return what `finish_visit` takes."""
        names = ("outcome", "summary", "ended_at", "device_time")
        return {name: self.cleaned_data.get(name) for name in names}
