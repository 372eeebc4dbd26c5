"""The timeline of a record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _

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


@register.inclusion_tag("audit/_trail.html")
def trail(obj: Model) -> dict[str, Any]:
    """Show what was done to the record, newest first: one query."""
    entries = (
        Entry.objects.filter(target_type=ContentType.objects.get_for_model(obj), target_id=obj.pk)
        .select_related("on_behalf_of")
        .order_by("-at", "-id")[: ROWS + 1]
    )
    lines = [Line(entry.at, phrase_of(entry.verb), who_did(entry), entry.reason) for entry in entries]
    return {"lines": lines[:ROWS], "more": len(lines) > ROWS}


def who_did(entry: Entry) -> str:
    """Return the person with their post, for whom they acted, or the clock."""
    if not entry.actor_id:
        return _("the system, by the clock")
    who = f"{entry.actor_name} {entry.post_title}".strip()
    if entry.on_behalf_of:
        return _("%(who)s for %(other)s") % {"who": who, "other": entry.on_behalf_of.name}
    return who
