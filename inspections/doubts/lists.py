"""The list of doubts: the heaviest kinds of reason in words, never a verdict."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.choices import RegulatoryCategory
from enterprises.places import PlaceFilter
from enterprises.truth.lists import ENTERPRISE, TOWN, OfEnterpriseList
from inspections.choices import DoubtKind
from inspections.doubts.lifecycle import DOUBT
from inspections.doubts.reasons import reason_of
from inspections.models import Doubt
from lifecycle.templatetags.lifecycle_tags import state_badge
from listings.columns import Column, display, linked
from listings.pages import Preset


class DoubtFilter(filters.FilterSet):
    """Reason, state, place, industry and weight."""

    kind = filters.MultipleChoiceFilter(label=_("Reason"), choices=DoubtKind.choices)
    state = filters.ChoiceFilter(
        label=_("State"), choices=[(state.code, state.label) for state in DOUBT.states]
    )
    weight = filters.NumberFilter(label=_("Weight from"), lookup_expr="gte")
    industry = filters.ChoiceFilter(
        label=_("Industry"), field_name="enterprise__regulatory_category", choices=RegulatoryCategory.choices
    )
    enterprise = filters.NumberFilter(label=_("Enterprise"), field_name="enterprise_id")
    county = PlaceFilter(label=_("County or district"), field_name="enterprise__county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="enterprise__town_code")

    class Meta:
        model = Doubt
        fields: tuple[str, ...] = ()


# What the tabs call the reasons.
IN_SHORT = {
    DoubtKind.NOTHING_FOUND: pgettext_lazy("doubt", "Nothing found"),
    DoubtKind.COPIED_TEXT: _("Same words"),
    DoubtKind.SAME_PHOTO: _("Same photo"),
    DoubtKind.OLD_PHOTO: _("Photo too old"),
    DoubtKind.TOO_FAST: _("Too fast"),
    DoubtKind.CONTRADICTED: _("Passed, then not met"),
}


class DoubtList(OfEnterpriseList):
    """What looks too good to be true, the newest first."""

    key = "inspections.doubts"
    title = _("Too good to be true")
    model = Doubt
    filter_class = DoubtFilter
    default_sort = "-found_at"
    export_name = "doubts"
    empty_text = _("There is no doubt here")
    empty_reason = _("The records are compared every night; what looks too good to be true is listed here.")
    template = "inspections/doubts/doubts.html"
    columns = (
        Column(
            "kind",
            _("Reason"),
            display("kind"),
            html=linked("inspections:doubt", "kind_label"),
            css="sw-what",
        ),
        ENTERPRISE,
        Column("why", _("Why"), lambda row: row.why, css="sw-party sw-desk"),
        Column("state", _("State"), lambda row: DOUBT.state(row.state).label, html=state_badge),
        TOWN,
        Column("found", _("Found"), "found_at", sort="found_at", css="sw-nowrap"),
        Column("weight", _("Weight"), "weight", css="sw-num", default=False),
        Column("decided", _("Looked into"), "decided_at", css="sw-nowrap", default=False),
        Column("note", _("What was found"), "note", default=False),
    )
    presets = (
        Preset("open", _("To be looked into"), {"state": "open"}),
        Preset("upheld", _("Upheld"), {"state": "upheld"}),
        *(Preset(kind.value, IN_SHORT[kind], {"state": "open", "kind": kind.value}) for kind in DoubtKind),
        Preset("all", _("All"), {}),
    )

    def prepare(self, rows: list[Any]) -> None:
        """Write each reason in words."""
        super().prepare(rows)
        for row in rows:
            row.kind_label = row.get_kind_display()
            row.why = reason_of(row)
