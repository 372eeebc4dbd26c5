"""`{% clock %}` and the deadline block. They read what they are given, and no database per row."""

from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from deadlines.almanac import working_days
from deadlines.calendar import WorkingDays
from deadlines.clock import WEEKDAYS, Face, days_until, due_hour, due_words, face, face_of
from deadlines.models import Deadline
from deadlines.rules import Level, find
from deadlines.schedule import remaining_steps

register = template.Library()
CALENDAR = "deadlines:calendar"


@register.simple_tag(takes_context=True)
def clock(context: Context, subject: Deadline | datetime | date | None) -> SafeString | str:
    """Render the time that is left until a deadline or a day; nothing for None."""
    if subject is None:
        return ""
    shown = _face(context, subject)
    if not shown.number:
        return format_html('<span class="sw-clock {}">{}</span>', shown.css, shown.words)
    return format_html('<span class="sw-clock {}"><b>{}</b> {}</span>', shown.css, shown.number, shown.words)


@register.simple_tag(takes_context=True)
def due_day(context: Context, deadline: Deadline | None) -> str:
    """Write the last day in short, as it stands under a clock."""
    return due_words(deadline.due_at, _at(context)) if deadline else ""


@register.inclusion_tag("deadlines/_block.html", takes_context=True)
def deadline_block(context: Context, deadline: Deadline | None) -> dict[str, Any]:
    """Render the block of a detail page: how long, until when, by what law, and what happens otherwise."""
    if deadline is None:
        return {"deadline": None}
    told = [(step.at, Level(step.level).label) for step in remaining_steps(deadline) if step.level]
    return {
        "deadline": deadline,
        "face": _face(context, deadline),
        "rule": find(deadline.rule),
        "weekday": WEEKDAYS[deadline.due_on.weekday()],
        "hour": due_hour(deadline.due_at),
        "told": told,
    }


def _face(context: Context, subject: Deadline | datetime | date) -> Face:
    at = _at(context)
    if isinstance(subject, Deadline):
        return face_of(subject, at, _calendar(context))
    day = timezone.localdate(subject) if isinstance(subject, datetime) else subject
    return face(days_until(day, at))


def _at(context: Context) -> datetime:
    """Return the moment for which the page is made: `at` of its context, or now, for all its clocks."""
    return context.get("at") or context.render_context.setdefault("deadlines:at", timezone.now())


def _calendar(context: Context) -> WorkingDays:
    """Return the calendar, asked for once in an answer: every included template has a render context of its own."""
    kept = vars(context["request"]) if "request" in context else context.render_context
    if CALENDAR not in kept:
        kept[CALENDAR] = working_days()
    return kept[CALENDAR]
