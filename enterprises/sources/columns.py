"""The columns of the list of major hazard sources: screen and export say the same."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from enterprises.models import SourceUnit
from lifecycle.templatetags.lifecycle_tags import state_badge
from listings.columns import Column, display, linked


def remaining(unit: SourceUnit) -> SafeString:
    """The clock of what is due next, which the page has read for all its rows."""
    face = unit.next_clock
    if face is None:
        return SafeString("")
    return format_html('<span class="sw-clock {}"><b>{}</b> {}</span>', face.css, face.number, face.words)


COLUMNS = (
    Column("name", _("Unit of identification"), "name", html=linked("enterprises:source"), css="sw-what"),
    Column(
        "enterprise",
        _("Enterprise"),
        "enterprise.name",
        html=linked("enterprises:detail", "enterprise.name", "enterprise_id"),
        css="sw-party",
    ),
    Column("grade", _("Grade"), lambda row: row.get_grade_display() or "—", sort="grade", css="sw-nowrap"),
    Column("state", _("State"), lambda row: row.state_label, html=state_badge),
    Column("substances", _("Substances"), lambda row: row.substance_words),
    Column("s", _("S"), lambda row: row.s_words, css="sw-num", row_label=True),
    Column("r", _("R"), lambda row: row.r_words, css="sw-num", row_label=True),
    Column("remaining", _("Remaining"), "next_due_on", html=remaining, css="sw-num"),
    Column("town", _("Town"), lambda row: row.town_name, css="sw-nowrap"),
    Column("kind", _("Kind of unit"), display("kind"), css="sw-nowrap sw-desk"),
    Column("review", _("Next assessment"), "next_review_on", sort="next_review_on", css="sw-nowrap sw-desk"),
    Column("number", _("Filing number"), "filing_number", css="sw-id sw-desk"),
    Column("residents", _("Residents within 500 m"), "residents_500m", css="sw-num", default=False),
    Column("assessed", _("Assessed on"), "assessed_on", default=False),
    Column("agency", _("Assessed by"), "assessment_agency", default=False),
    Column("filed", _("Filed on"), "filed_on", default=False),
    Column("place", _("Place"), "place", default=False),
    Column("principal", _("Principal answerable"), "principal_name", default=False),
    Column("technical", _("Technical person answerable"), "technical_name", default=False),
    Column("operation", _("Operations person answerable"), "operation_name", default=False),
    Column("changed", _("Changed"), "updated_at", sort="updated_at", default=False),
)
