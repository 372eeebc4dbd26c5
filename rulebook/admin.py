"""The rulebook for administrators and the legal section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rulebook.forms import ParameterForm
from rulebook.models import Article, Law, Parameter, Question
from rulebook.services import REVISABLE, enter_parameter, revise_parameter


class JurisdictionFilter(admin.AllValuesFieldListFilter):
    """Where it is law; the whole country has no code, and needs a word to be pressed all the same."""

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Return the choices, each with a name."""
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or _("The country")}


class NeverDeleted(admin.ModelAdmin):
    """What was law once is referred to by what was done then."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Law)
class LawAdmin(NeverDeleted):
    """Laws; their articles come from the import command."""

    list_display = ["short_id", "title", "number", "in_force_from", "repealed_on", "mark", "jurisdiction"]
    list_filter = ["mark", ("jurisdiction", JurisdictionFilter)]
    search_fields = ["short_id", "title", "full_title", "number"]

    def get_readonly_fields(self, request: HttpRequest, obj: Law | None = None) -> list[str]:
        """Code and numbers refer to a law by its short name."""
        return ["short_id"] if obj else []


@admin.register(Article)
class ArticleAdmin(NeverDeleted):
    """Articles are read here; a new text is imported from a day on."""

    list_display = ["law", "label", "chapter", "valid_from", "valid_to"]
    list_filter = ["law"]
    list_select_related = ["law"]
    search_fields = ["label", "text"]
    readonly_fields = ["law", "number", "branch", "label", "valid_from"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Question)
class QuestionAdmin(NeverDeleted):
    """What the legal section is asked, and where its answers are written."""

    list_display = ["number", "text", "answered_on"]
    list_filter = ["answered_on"]
    filter_horizontal = ["laws"]


@admin.register(Parameter)
class ParameterAdmin(NeverDeleted):
    """Saving writes a new row from a day; the row that was opened stays as it was."""

    form = ParameterForm
    list_display = [
        "code",
        "name",
        "shown_quantity",
        "jurisdiction",
        "shown_source",
        "mark",
        "shown_standing",
        "effective_from",
        "effective_to",
    ]
    list_filter = ["mark", "unit", ("jurisdiction", JurisdictionFilter)]
    list_select_related = ["law"]
    search_fields = ["code", "name", "basis", "note"]
    autocomplete_fields = ["law"]
    actions = None

    @admin.display(description=_("Value"))
    def shown_quantity(self, parameter: Parameter) -> str:
        """The number with what it counts."""
        return parameter.quantity

    @admin.display(description=_("Basis"))
    def shown_source(self, parameter: Parameter) -> str:
        """What it rests on."""
        return parameter.source

    @admin.display(description=pgettext_lazy("rule", "Standing"))
    def shown_standing(self, parameter: Parameter) -> str:
        """Whether it is law."""
        return parameter.standing

    def get_queryset(self, request: HttpRequest) -> Any:
        """Rows that were withdrawn as mistaken are kept and not offered."""
        return super().get_queryset(request).filter(withdrawn_at__isnull=True)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("rulebook.change_parameter")

    def get_readonly_fields(self, request: HttpRequest, obj: Parameter | None = None) -> list[str]:
        """What the number is stays; what it is and since when is changed."""
        return ["code", "jurisdiction", "name", "unit"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Parameter | None = None) -> Any:
        """The number itself, then the change and its reason."""
        what = ["code", "jurisdiction", "name", "unit"]
        return [
            (_("What it is"), {"fields": what}),
            (_("What the law says"), {"fields": list(REVISABLE)}),
            (
                _("From when, and why"),
                {
                    "fields": ["effective_from", "reason"],
                    "description": _(
                        "Saving enters a new row from this day. The old number stays for older facts."
                    ),
                },
            ),
        ]

    def save_model(self, request: HttpRequest, obj: Parameter, form: ModelForm, change: bool) -> None:
        entered = {"by": request.user, "at": timezone.now(), "reason": form.cleaned_data["reason"]}
        if not change:
            enter_parameter(obj, **entered)
            return
        held = Parameter.objects.get(pk=obj.pk)
        changes = {name: form.cleaned_data[name] for name in REVISABLE}
        new = revise_parameter(held, effective_from=form.cleaned_data["effective_from"], **changes, **entered)
        # The messages and the log that follow speak of the new row.
        obj.pk = new.pk
        obj.refresh_from_db()

    def response_change(self, request: HttpRequest, obj: Parameter) -> HttpResponse:
        super().response_change(request, obj)
        return HttpResponseRedirect(reverse("admin:rulebook_parameter_change", args=[obj.pk]))
