"""Forms of a person's own page."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class DelegationForm(forms.Form):
    """Who acts in my posts while I am away: a colleague of the same organisation."""

    receiver = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who acts for me"),
        empty_label=_("Choose a colleague"),
        widget=forms.Select(attrs={"data-pick": ""}),
        help_text=_("A colleague of your organisation. What they do for you is recorded under both names."),
    )
    from_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    to_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It stands in the record, as: leave, training, business trip."),
    )

    def __init__(self, *args: Any, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from_on", "to_on"):
            self.fields[name].widget.attrs["min"] = localdate(at).isoformat()
        colleagues = User.objects.filter(is_active=True, organisation_id=user.organisation_id).exclude(
            pk=user.pk
        )
        self.fields["receiver"].queryset = colleagues if user.organisation_id else User.objects.none()
