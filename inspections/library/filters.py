"""The conditions of the library and of the list of checklists."""

from functools import cache
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from enterprises.choices import RegulatoryCategory
from hazards.choices import Category, Grade
from inspections.choices import Method, Purpose
from inspections.library.lifecycle import EDITION
from inspections.models import CheckItem, Checklist, Edition, EditionLine, ItemReference
from rulebook.models import Law

STATES = [(state.code, state.label) for state in EDITION.states]


def checklists_in_use() -> list[tuple[str, str]]:
    """Return the checklists that have an edition in use."""
    rows = Checklist.objects.filter(editions__state="published").order_by("code")
    return list(rows.values_list("code", "title"))


def laws_cited() -> list[tuple[str, str]]:
    """Return the laws that items refer to."""
    cited = ItemReference.objects.filter(law=OuterRef("pk"))
    return list(Law.objects.filter(Exists(cited)).order_by("short_id").values_list("short_id", "title"))


class ItemFilter(filters.FilterSet):
    """Category, grade, way of checking, checklist, law and article."""

    category = filters.MultipleChoiceFilter(label=_("Category"), choices=Category.choices)
    grade = filters.ChoiceFilter(label=_("Grade"), choices=Grade.choices)
    method = filters.ChoiceFilter(label=_("How"), choices=Method.choices, method="checked_by")
    checklist = filters.ChoiceFilter(label=_("Checklist"), choices=(), method="in_checklist")
    law = filters.ChoiceFilter(label=_("Law"), choices=(), method="citing")
    article = filters.NumberFilter(label=_("Article"), method="with_the_law")
    criterion = filters.BooleanFilter(
        label=_("By a criterion of major hazards"), field_name="criterion", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = CheckItem
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("checklist", checklists_in_use), ("law", laws_cited)):
            if name in self.filters:
                # Asked for several times while one page is made.
                self.filters[name].extra["choices"] = cache(choices)

    def checked_by(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what is checked in this way, alone or among others."""
        return rows.filter(methods__contains=[value])

    def in_checklist(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the items of the checklist's edition in use."""
        edition = Edition.objects.filter(checklist__code=value, state="published").values("pk")
        return rows.filter(pk__in=EditionLine.objects.filter(edition__in=edition).values("item"))

    def citing(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the items that refer to the law, or to one article of it."""
        # By its key: only then does the planner know how many items refer to it.
        law = Law.objects.filter(short_id=value).values_list("pk", flat=True).first()
        cited = ItemReference.objects.filter(law=law)
        article = self.form.cleaned_data.get("article")
        if article is not None:
            cited = cited.filter(number=int(article))
        return rows.filter(pk__in=cited.values("item"))

    def with_the_law(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        """An article says something only together with its law, where it is looked at."""
        return rows


class ChecklistFilter(filters.FilterSet):
    """Whom it looks at, industry, scenario, and the state of one of its editions."""

    purpose = filters.ChoiceFilter(label=_("Looks at"), choices=Purpose.choices)
    industry = filters.ChoiceFilter(
        label=_("Industry"), choices=RegulatoryCategory.choices, method="fits_industry"
    )
    scenario = filters.CharFilter(label=_("Scenario"), lookup_expr="holds")
    state = filters.ChoiceFilter(label=_("State"), choices=STATES, method="has_edition")

    class Meta:
        model = Checklist
        fields: list[str] = []

    def fits_industry(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what is proposed to the industry, what is proposed to all included."""
        return rows.filter(Q(categories=[]) | Q(categories__contains=[value]))

    def has_edition(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep checklists one of whose editions stands in the state."""
        return rows.filter(Exists(Edition.objects.filter(checklist=OuterRef("pk"), state=value)))
