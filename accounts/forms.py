"""Forms of a person's own page."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class DelegationForm(forms.Form):
    """Who acts in my posts while I am away: a colleague of the same organisation."""

    receiver = forms.ModelChoiceField(User.objects.none(), label=_("Acting for me"))
    from_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    to_on = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = localdate(at)
        colleagues = User.objects.filter(is_active=True, organisation_id=user.organisation_id).exclude(
            pk=user.pk
        )
        self.fields["receiver"].queryset = colleagues if user.organisation_id else User.objects.none()

    def clean_from_on(self) -> Any:
        """Refuse a first day in the past."""
        day = self.cleaned_data["from_on"]
        if day < self.today:
            raise forms.ValidationError(_("The first day lies in the past."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        data = super().clean()
        first, last = data.get("from_on"), data.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("The last day lies before the first."))
        return data
