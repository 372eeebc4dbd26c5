"""The forms of self-check lists: compose, write an own item, assign, hand in, and check."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.models import Enterprise
from hazards.choices import Category
from inspections.choices import CheckLevel, Method
from inspections.models import CheckItem, Edition, SelfCheckLine, SelfCheckList
from inspections.risk import longest_cycle
from inspections.self_checks.selectors import fitting_editions
from inspections.visits.forms.common import FromDevice


class ComposeForm(forms.Form):
    """Which checklists of the library the list begins with; those that fit the enterprise are ticked."""

    editions = forms.ModelMultipleChoiceField(
        Edition.objects.none(), label=_("Checklists"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, enterprise: Enterprise, at: datetime) -> None:
        super().__init__(data)
        fitting = fitting_editions(enterprise, localdate(at))
        field = self.fields["editions"]
        field.queryset = Edition.objects.filter(pk__in=[each.pk for each in fitting])
        field.choices = [(each.pk, f"{each.checklist.title}　{each.item_count}") for each in fitting]
        field.initial = [each.pk for each in fitting]


class OwnItemForm(forms.ModelForm):
    """An item that the library does not have."""

    methods = forms.MultipleChoiceField(
        label=_("How"), choices=Method.choices, widget=forms.CheckboxSelectMultiple, initial=["site"]
    )
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)

    class Meta:
        model = CheckItem
        fields = ("section", "content", "methods", "category")
        widgets = {"content": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].required = True

    def _post_clean(self) -> None:
        """The service writes and checks the row."""


class AssignForm(forms.Form):
    """Where, by whom and at which level the ticked lines are checked; what is left empty stays as it is."""

    place = forms.CharField(
        label=_("Place"), max_length=SelfCheckLine._meta.get_field("place").max_length, required=False
    )
    responsible = forms.CharField(
        label=_("Responsible person"),
        max_length=SelfCheckLine._meta.get_field("responsible").max_length,
        required=False,
    )
    level = forms.ChoiceField(
        label=_("Checked by"), choices=[("", _("as it is")), *CheckLevel.choices], required=False
    )


class ListForm(forms.Form):
    """A form about one list."""

    def __init__(
        self, data: Any = None, files: Any = None, *, selfchecklist: SelfCheckList, user: User, at: datetime
    ) -> None:
        super().__init__(data, files)
        self.row, self.user, self.at = selfchecklist, user, at
        self.prepare()

    def prepare(self) -> None:
        """Fill first values; subclasses say which."""


class SubmitForm(ListForm):
    """How often the enterprise will check itself; never rarer than its risk allows."""

    cycle_days = forms.IntegerField(label=_("Checked every"), min_value=1, widget=forms.NumberInput)

    def prepare(self) -> None:
        """Propose the longest that is allowed, and say how long that is."""
        longest = longest_cycle(self.row.enterprise, on=localdate(self.at))
        field = self.fields["cycle_days"]
        field.initial = min(self.row.cycle_days, longest)
        field.max_value = longest
        field.widget.attrs |= {"unit": _("days"), "inputmode": "numeric", "min": 1, "max": longest}
        field.help_text = _("By the risk of the enterprise at least every %(days)d days") % {"days": longest}


class ReturnForm(ListForm):
    """A list is returned with the reason."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class BeginForm(FromDevice):
    """What the device says when a check or a patrol begins; one form is one visit."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def given(self) -> dict[str, Any]:
        """Return what the service takes."""
        cleaned = self.cleaned_data
        return {"key": cleaned["key"], "position": self.position, "device_time": cleaned.get("device_time")}


class AllWellForm(BeginForm):
    """All items comply, said with one tap; the tap says that they were looked at."""

    looked = forms.BooleanField(label=_("I have looked at all of them"), required=False)

    def clean_looked(self) -> bool:
        """Nobody says so by mistake."""
        if not self.cleaned_data["looked"]:
            raise ValidationError(_("Say that you have looked.\nOr go through the items one by one."))
        return True
