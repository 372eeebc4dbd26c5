"""The columns of the list of visits: screen and export say the same."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inspections.models import Visit
from lifecycle.templatetags.lifecycle_tags import state_badge
from listings.columns import Column, display, linked


def result(visit: Visit) -> str:
    """What came out of it, in words; nothing before it is finished."""
    if not visit.outcome:
        return ""
    words = visit.get_outcome_display()
    return f"{words} {visit.hazard_count}" if visit.hazard_count else words


def backfilled(visit: Visit) -> SafeString | str:
    """Mark what was typed in later."""
    if not visit.is_backfilled:
        return ""
    return format_html('<span class="sw-tag">{}</span>', _("back-filled"))


COLUMNS = (
    Column(
        "target",
        pgettext_lazy("visit", "Looked at"),
        "target_name",
        html=linked("inspections:visit", "target_name"),
        css="sw-what",
    ),
    Column("kind", _("Kind"), display("kind"), css="sw-nowrap"),
    Column("state", _("State"), lambda row: row.state_label, html=state_badge),
    Column("result", _("Result"), result, css="sw-nowrap"),
    Column(
        "backfilled",
        _("Back-filled"),
        lambda row: _("back-filled") if row.is_backfilled else "",
        html=backfilled,
        css="sw-nowrap",
    ),
    Column("planned", _("Planned for"), "planned_on", css="sw-nowrap", row_label=True),
    Column("started", _("Begun"), "started_at", css="sw-nowrap sw-desk"),
    Column("finished", _("Finished at"), "finished_at", css="sw-nowrap sw-desk"),
    Column("people", pgettext_lazy("visit", "Carried out by"), lambda row: row.people_names, css="sw-desk"),
    Column("town", _("Town"), lambda row: row.town_name, css="sw-nowrap sw-desk"),
    Column("number", pgettext_lazy("record", "Number"), "number", css="sw-id sw-desk"),
    Column(
        "created",
        pgettext_lazy("record", "Entered"),
        "created_at",
        sort="created_at",
        css="sw-nowrap",
        default=False,
    ),
    Column("trigger", _("Why"), display("trigger"), default=False),
    Column("items", _("Items"), "item_count", css="sw-num", default=False),
    Column("failed", _("Items not met"), "failed_count", css="sw-num", default=False),
    Column("hazards", _("Hazards found"), "hazard_count", css="sw-num", default=False),
    Column("position", _("Position"), display("position_state"), default=False),
    Column("distance", _("Distance (m)"), "distance", css="sw-num", default=False),
    Column("entry", _("Entry"), display("entry_mode"), default=False),
)
