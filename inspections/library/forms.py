"""The forms of the library: a checklist, an item, and the steps of an edition."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.choices import SUB_CATEGORIES, RegulatoryCategory, RiskTag
from hazards.models import MajorHazardCriterion
from inspections.choices import Method, ReferenceRole
from inspections.library import references
from inspections.models import CheckItem, Checklist, Edition, ItemReference, ReferenceReview

SUB_CATEGORY_CHOICES = [
    (RegulatoryCategory(category).label, [(word, word) for word in words])
    for category, words in SUB_CATEGORIES.items()
]
HOW_TO_CITE = _("One on each line: AWSL:41, 《安全生产法》第四十一条, GB30871:5.2.")


class ChecklistForm(forms.ModelForm):
    """What a checklist is called, and to whom it is proposed."""

    categories = forms.MultipleChoiceField(
        label=_("Industries"),
        choices=RegulatoryCategory.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: proposed to every industry."),
    )
    sub_categories = forms.MultipleChoiceField(
        label=_("Sub-categories"),
        choices=SUB_CATEGORY_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    risk_tags = forms.MultipleChoiceField(
        label=_("Special risks"), choices=RiskTag.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Checklist
        fields = (
            "code",
            "title",
            "purpose",
            "categories",
            "sub_categories",
            "risk_tags",
            "scenario",
            "basis",
            "note",
        )
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Links and imported tables name it by its code.
            del self.fields["code"]


class ItemForm(forms.ModelForm):
    """One item with its references, written as people cite the law."""

    methods = forms.MultipleChoiceField(
        label=_("How"), choices=Method.choices, widget=forms.CheckboxSelectMultiple
    )
    basis = forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=HOW_TO_CITE,
    )
    penalty = forms.CharField(
        label=_("Penalty"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    class Meta:
        model = CheckItem
        fields = (
            "code",
            "section",
            "content",
            "methods",
            "category",
            "grade",
            "criterion",
            "basis",
            "measure",
            "penalty",
            "discretion",
            "mark",
        )
        widgets = {
            "content": forms.Textarea(attrs={"rows": 3}),
            # With an empty address the picker searches the select's own options.
            "criterion": forms.Select(attrs={"data-pick": ""}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].queryset = MajorHazardCriterion.objects.all()
        self.fields["section"].required = True
        if self.instance.pk:
            known = list(self.instance.references.select_related("law"))
            for name, role in (("basis", ReferenceRole.BASIS), ("penalty", ReferenceRole.PENALTY)):
                self.initial.setdefault(name, references.written(known, role))

    def clean_basis(self) -> list[ItemReference]:
        """Read the basis."""
        return references.read(self.cleaned_data["basis"], ReferenceRole.BASIS)

    def clean_penalty(self) -> list[ItemReference]:
        """Read the penalty clauses."""
        return references.read(self.cleaned_data["penalty"], ReferenceRole.PENALTY)

    def clean(self) -> dict[str, Any]:
        """A major item names the criterion by which it is one."""
        cleaned = super().clean()
        if cleaned.get("grade") == "major" and not cleaned.get("criterion"):
            raise ValidationError({"criterion": _("Name the criterion by which the hazard is major.")})
        return cleaned

    def _post_clean(self) -> None:
        """The service writes the row: the instance here stays as it is in use."""

    def service_data(self) -> dict[str, Any]:
        """Return what the service takes."""
        facts = dict(self.cleaned_data)
        cited = [*facts.pop("basis"), *facts.pop("penalty"), *self._measures()]
        return {"facts": facts, "references": cited}

    def _measures(self) -> list[ItemReference]:
        """The clauses of the measure on site, which this form does not ask for, are kept."""
        if not self.instance.pk:
            return []
        return references.copies(self.instance.references.filter(role=ReferenceRole.MEASURE))


class EditionForm(forms.Form):
    """A form about one edition."""

    def __init__(
        self, data: Any = None, files: Any = None, *, edition: Edition, user: User, at: datetime
    ) -> None:
        super().__init__(data, files)
        self.edition = edition


class SubmitForm(EditionForm):
    """What is new in the edition, for the one who reviews it."""

    changes = forms.CharField(
        label=_("What is new"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["changes"].initial = self.edition.changes


class ReasonForm(EditionForm):
    """A step that needs its reason on record."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReviewForm(forms.Form):
    """Whether an item still holds under the new text of an article."""

    still_holds = forms.ChoiceField(
        label=_("The item"),
        choices=[("yes", _("still holds")), ("no", _("must be reworded"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, *, review: ReferenceReview) -> None:
        super().__init__(data)
        self.review = review

    def service_data(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {
            "still_holds": self.cleaned_data["still_holds"] == "yes",
            "note": self.cleaned_data["note"],
        }
