"""The timeline of a record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from audit.history import Change, Version, changes_of
from audit.models import Entry
from audit.phrases import phrase_of

register = template.Library()
ROWS = 40


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    at: datetime
    what: Any
    who: str
    reason: str
    changes: tuple[Change, ...] = ()


@register.inclusion_tag("audit/_trail.html")
def trail(obj: Model, without: Collection[str] = ()) -> dict[str, Any]:
    """Show what was done to the record and which fields it changed, newest first: at most three queries.

    `without` are fields that the reader may not see.
    """
    entries = (
        Entry.objects.filter(target_type=ContentType.objects.get_for_model(obj), target_id=obj.pk)
        .select_related("on_behalf_of")
        .order_by("-at", "-id")[: ROWS + 1]
    )
    lines = merged(list(entries), changes_of(obj, without or ()))
    return {"lines": lines[:ROWS], "more": len(lines) > ROWS}


@register.inclusion_tag("audit/_trail.html")
def field_history(obj: Model) -> dict[str, Any]:
    """Show only what changed in the fields of the record, newest first: at most two queries."""
    lines = merged([], changes_of(obj))
    return {"lines": lines[:ROWS], "more": len(lines) > ROWS}


def merged(entries: list[Entry], versions: list[Version]) -> list[Line]:
    """Put the changes of fields beside the act that made them; changes without an act get a line of their own."""
    by_act: dict[tuple[str, datetime], tuple[Change, ...]] = {}
    for version in versions:
        act = (version.verb, version.at)
        by_act[act] = by_act.get(act, ()) + version.changes
    lines = [
        Line(
            entry.at,
            phrase_of(entry.verb),
            who_did(entry),
            entry.reason,
            by_act.pop((entry.verb, entry.at), ()),
        )
        for entry in entries
    ]
    lines += _lone([version for version in versions if (version.verb, version.at) in by_act], by_act)
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _lone(versions: list[Version], by_act: dict) -> list[Line]:
    """Return a line for each act that left no entry, as a correction in the administration."""
    ids = {version.user_id for version in versions if version.user_id}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    lines = []
    for version in versions:
        changes = by_act.pop((version.verb, version.at), ())
        if changes:
            what = phrase_of(version.verb) if version.verb else _("changed")
            who = names.get(version.user_id) or _("the system, by the clock")
            lines.append(Line(version.at, what, who, "", changes))
    return lines


@register.filter
def act(entry: Entry) -> str:
    """Show what was done, in words."""
    return str(phrase_of(entry.verb))


@register.filter("who")
def who_did(entry: Entry) -> str:
    """Return the person with their post, for whom they acted, or the clock."""
    if not entry.actor_id:
        return _("the system, by the clock")
    who = f"{entry.actor_name} {entry.post_title}".strip()
    if entry.on_behalf_of:
        return _("%(who)s for %(other)s") % {"who": who, "other": entry.on_behalf_of.name}
    return who
