"""The columns of the library and of the list of checklists: screen and export say the same."""

from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.choices import RegulatoryCategory
from inspections.choices import ReferenceRole
from inspections.library.lifecycle import EDITION
from inspections.models import CheckItem, Checklist, ItemReference
from lifecycle.templatetags.lifecycle_tags import state_badge
from listings.columns import Column, address, display, link, linked
from regions.words import listed

GRADE = display("grade")


def law_of(role: str) -> Any:
    """Return what reads the references of one role, which the page has fetched for all its rows."""

    def value(item: CheckItem) -> str:
        return listed(each for each in item.shown_references if each.role == role)

    return value


def grade(item: CheckItem) -> SafeString:
    """Major items carry the colour, always with the word."""
    word = GRADE(item)
    return (
        format_html('<span class="sw-risk" data-c="red">{}</span>', word) if item.grade == "major" else word
    )


def industries(checklist: Checklist) -> str:
    """Write the industries to which a checklist is proposed."""
    return listed(RegulatoryCategory(code).label for code in checklist.categories)


def edition_state(checklist: Checklist) -> SafeString:
    """The state of the edition shown, as a badge."""
    return state_badge(checklist.shown) if checklist.shown else SafeString("")


def told(item: CheckItem) -> SafeString:
    """What is checked in an edition, with the code, and what a reader must know about the item."""
    parts = [link(address("inspections:item", item.pk), item.content), CODE.format(escape(item.code))]
    if item.grade == "major":
        parts.append(grade(item))
    if item.retired_at:
        parts.append(MUTED.format(escape(_("has a newer wording"))))
    return mark_safe(" ".join(parts))  # noqa: S308 - each part is escaped


def cited(role: str) -> Any:
    """Return what draws the references of one role as links to the law."""

    def html(item: CheckItem) -> SafeString:
        drawn = [link(reference_url(each), each) for each in item.references.all() if each.role == role]
        return mark_safe(" ".join(drawn))  # noqa: S308 - links are escaped

    return html


def reference_url(reference: ItemReference) -> str:
    """Return where a reference can be read, the pattern resolved once for all of them."""
    anchor = f"#a{reference.key}" if reference.number else ""
    return f"{address('rulebook:law', reference.law.short_id)}{anchor}"


def basis(item: CheckItem) -> SafeString:
    """The law behind an item, and the criterion by which it is major."""
    clause = f"{item.criterion.set_name}{item.criterion.clause}" if item.criterion else ""
    return mark_safe(f"{LAW(item)} {MUTED.format(escape(clause))}" if clause else LAW(item))  # noqa: S308


def consequence(item: CheckItem) -> SafeString:
    """The measure on site and the penalty."""
    return mark_safe(f"{escape(item.measure)} {PENALTY(item)}")  # noqa: S308 - both escaped


CODE = '<span class="sw-id sw-muted">{}</span>'
MUTED = '<span class="sw-muted">{}</span>'
LAW, PENALTY = cited(ReferenceRole.BASIS), cited(ReferenceRole.PENALTY)

# The items of one edition, in its order.
EDITION_COLUMNS = (
    Column("number", _("No."), "number", css="sw-num sw-desk"),
    Column("content", _("What is checked"), "content", html=told, css="sw-what is-whole"),
    Column("methods", _("How"), "method_words", css="sw-nowrap"),
    Column("category", _("Category"), display("category"), css="sw-nowrap"),
    Column("basis", _("Legal basis"), "", html=basis),
    Column("measure", _("Measure and penalty"), "measure", html=consequence),
)

ITEM_COLUMNS = (
    Column(
        "content", _("What is checked"), "content", html=linked("inspections:item", "content"), css="sw-what"
    ),
    Column("code", pgettext_lazy("item", "Code"), "code", sort="code", css="sw-id"),
    Column("section", _("Section"), "section"),
    Column("category", _("Category"), display("category"), css="sw-nowrap"),
    Column("grade", _("Grade"), GRADE, html=grade, css="sw-nowrap"),
    Column("methods", _("How"), lambda row: row.method_words, css="sw-nowrap sw-desk"),
    Column("basis", _("Legal basis"), law_of(ReferenceRole.BASIS)),
    Column("measure", _("Measure on site"), "measure", css="sw-desk"),
    Column("penalty", _("Penalty"), law_of(ReferenceRole.PENALTY), default=False),
    Column("criterion", _("Criterion of a major hazard"), "criterion", default=False),
    Column("discretion", _("Discretion entry"), "discretion", default=False),
    Column("mark", _("Confidence"), display("mark"), default=False),
)

CHECKLIST_COLUMNS = (
    Column("title", _("Checklist"), "title", html=linked("inspections:checklist", "title"), css="sw-what"),
    Column(
        "state",
        _("State"),
        lambda row: EDITION.state(row.shown.state).label if row.shown else "",
        html=edition_state,
    ),
    Column(
        "items",
        _("Items"),
        lambda row: row.shown.item_count if row.shown else 0,
        css="sw-num",
        row_label=True,
    ),
    Column(
        "edition",
        pgettext_lazy("checklist", "Edition"),
        lambda row: row.shown.number if row.shown else None,
        css="sw-num sw-desk",
    ),
    Column("purpose", _("Looks at"), display("purpose"), css="sw-nowrap"),
    Column("industries", _("Industries"), industries),
    Column("scenario", _("Scenario"), "scenario", sort="scenario", css="sw-nowrap"),
    Column(
        "published",
        _("Published"),
        lambda row: row.shown.published_at if row.shown else None,
        css="sw-nowrap",
        row_label=True,
    ),
    Column("in_work", _("In work"), lambda row: row.in_work_label, css="sw-nowrap"),
    Column("code", pgettext_lazy("item", "Code"), "code", sort="code", css="sw-id sw-desk"),
    Column("basis", _("Legal basis"), "basis", default=False),
    Column("note", _("Note"), "note", default=False),
)
