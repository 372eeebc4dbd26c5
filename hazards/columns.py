"""The columns of the hazard list: screen and export say the same."""

from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hazards.models import Hazard
from lifecycle.templatetags.lifecycle_tags import state_badge
from listings.columns import Column, display, linked

GRADE = display("grade")


def remaining(hazard: Hazard) -> SafeString:
    """The clock of what is due next, which the page has read for all its rows."""
    shown = hazard.next_clock
    if shown is None:
        return SafeString("")
    words = escape(shown.words)
    return SafeString(f'<span class="sw-clock {shown.css}"><b>{shown.number}</b> {words}</span>')


def grade(hazard: Hazard) -> SafeString:
    """Major hazards carry the colour, always with the word."""
    word = GRADE(hazard)
    return format_html('<span class="sw-risk" data-c="red">{}</span>', word) if hazard.is_major else word


COLUMNS = (
    Column("clock", _("Remaining"), "deadline_on", html=remaining, sort="deadline_on", css="sw-num"),
    Column(
        "description",
        _("Problem"),
        "description",
        html=linked("hazards:detail", "description"),
        css="sw-what",
    ),
    Column(
        "enterprise",
        _("Enterprise"),
        "enterprise_name",
        html=linked("enterprises:detail", "enterprise_name", "enterprise_id"),
        css="sw-party",
        needs=("enterprise_id",),
    ),
    Column("grade", _("Grade"), GRADE, html=grade, css="sw-nowrap"),
    Column("state", _("State"), lambda row: row.state_label, html=state_badge, needs=("state",)),
    Column("town", _("Town"), lambda row: row.town_name, css="sw-nowrap", needs=("town_code",)),
    Column("source", _("Found by"), display("source"), css="sw-nowrap sw-desk"),
    Column("found", _("Found"), "found_at", sort="found_at", css="sw-nowrap sw-desk"),
    Column("deadline", _("Deadline"), "deadline_on", css="sw-nowrap sw-desk"),
    Column(
        "waiting",
        _("Days waiting"),
        lambda row: row.days_waiting,
        css="sw-num",
        sort="-found_at",
        row_label=True,
        needs=("found_at", "closed_at"),
    ),
    Column("person", _("Responsible"), "responsible_person", css="sw-nowrap sw-desk"),
    Column("number", _("Hazard number"), "number", css="sw-id sw-desk"),
    Column("level", _("In the hands of"), display("level_in_charge"), default=False),
    Column("category", _("Category"), display("category"), default=False),
    Column("place", _("Place"), "place", default=False),
    Column("returned", _("Times returned"), "rejected_count", css="sw-num", default=False),
    Column("closed", pgettext_lazy("day", "Closed"), "closed_at", default=False),
)
