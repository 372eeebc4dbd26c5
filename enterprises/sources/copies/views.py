"""The pages of the copies: their list, one of them, and the step that sends it."""

from functools import cache
from typing import Any

import django_filters as filters
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from deadlines.almanac import working_days
from deadlines.clock import face_of
from deadlines.selectors import next_due, next_for
from enterprises.filters import LEVEL_COLUMN, places_of
from enterprises.models import SourceCopy
from enterprises.models.source_copies import CopyLevel
from enterprises.sources.columns import remaining
from enterprises.sources.copies.lifecycle import SOURCE_COPY
from enterprises.sources.copies.services import send_source_copy, sources_of
from lifecycle.templatetags.lifecycle_tags import state_badge
from lifecycle.views import verb_view
from listings.columns import Column, display, linked
from listings.pages import ListPage, Preset
from paperwork.selectors import documents_of


class SourceCopyFilter(filters.FilterSet):
    """Place, level, state and period."""

    place = filters.ChoiceFilter(label=_("Division"), method="lies_in", choices=())
    level = filters.ChoiceFilter(label=_("Level"), choices=CopyLevel.choices)
    state = filters.ChoiceFilter(
        label=_("State"), choices=[(each.code, each.label) for each in SOURCE_COPY.states]
    )

    class Meta:
        model = SourceCopy
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["place"].extra["choices"] = cache(lambda: places_of(getattr(self.request, "user", None)))

    def lies_in(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the copies of a place."""
        return rows.filter(**{LEVEL_COLUMN[len(value)]: value})


class SourceCopyList(ListPage):
    """Copies of the person's area, the newest period first."""

    key = "enterprises.source_copies"
    title = _("Filings sent upward")
    model = SourceCopy
    filter_class = SourceCopyFilter
    search_label = _("Name of the place")
    # A city has a few dozen in a year.
    reads_all = True
    default_sort = "-first_day"
    export_name = "source-copies"
    empty_text = _("No filing of these grades was to be sent upward")
    columns = (
        Column(
            "place",
            _("Place"),
            "region.name",
            html=linked("enterprises:source_copy", "region.name"),
            css="sw-what",
        ),
        Column("level", _("Level"), display("level"), css="sw-nowrap"),
        Column("first", _("Period from"), "first_day", sort="first_day", css="sw-nowrap"),
        Column("last", _("to"), "last_day", css="sw-nowrap"),
        Column("state", _("State"), lambda row: SOURCE_COPY.state(row.state).label, html=state_badge),
        Column("remaining", _("Remaining"), lambda row: row.next_due_on, html=remaining, css="sw-num"),
        Column("filings", _("Filings sent"), "filings", css="sw-num", row_label=True),
        Column("sent", _("Sent at"), "sent_at", css="sw-nowrap"),
        Column("by", _("Sent by"), "sent_by.name", css="sw-nowrap sw-desk"),
    )
    presets = (
        Preset("due", _("To be sent"), {"state": "due"}),
        Preset("sent", pgettext_lazy("filings", "Sent"), {"state": "sent"}),
        Preset("all", _("All"), {}),
    )

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Look in the name of the place."""
        return rows.filter(region__name__icontains=words)

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch the place and the person with the row."""
        return rows.select_related("region", "sent_by")

    def prepare(self, rows: list[Any]) -> None:
        """Find the clock of all rows at once."""
        deadlines, now, calendar = next_for(rows), timezone.now(), working_days()
        for row in rows:
            deadline = deadlines.get(row.pk)
            row.next_clock = face_of(deadline, now, calendar) if deadline else None
            row.next_due_on = deadline.due_on if deadline else None


@login_required
@require_GET
def source_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one copy: what it holds, when it is due, and the list that was sent."""
    rows = SourceCopy.objects.visible_to(request.user).select_related("region__parent", "sent_by")
    copy = get_object_or_404(rows, pk=pk)
    context = {
        "copy": copy,
        "sources": sources_of(copy),
        "deadline": next_due(copy),
        "documents": documents_of(copy, request.user),
    }
    return render(request, "enterprises/sources/copy.html", context)


VIEWS = {
    "send_source_copy": verb_view(
        SOURCE_COPY,
        "send_source_copy",
        service=send_source_copy,
        model=SourceCopy,
        record_name="copy",
    )
}
