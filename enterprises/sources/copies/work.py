"""What a copy that is due puts on whose work list, and whom it tells."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.selectors import people_holding
from deadlines.models import Deadline
from deadlines.rules import Rule, Step
from enterprises.models import SourceCopy
from enterprises.models.source_copies import CopyLevel
from enterprises.sources.copies.lifecycle import DUE
from inbox.notices import Notice, Wording
from inbox.worklist import WorkRow, WorkSource

FIELDS = {"place": "广饶县", "first": "2026-01-01", "last": "2026-03-31", "day": "2026-04-15", "n": "3"}
SENDERS = {CopyLevel.CITY: Role.COUNTY, CopyLevel.PROVINCE: Role.CITY}

COPY_RULES = [
    Rule(
        DUE,
        gettext_lazy("Send the filings upward"),
        parameter="MHS_COPY_DUE",
        ladder=(Step("leader"), Step("city")),
    )
]


def senders(copy: SourceCopy, event: Any) -> Iterable[User]:
    """Return the people of the bureau that sends."""
    return people_holding((SENDERS[CopyLevel(copy.level)],), copy.region_id, event.at)


def receivers(copy: SourceCopy, event: Any) -> Iterable[User]:
    """Return the people of the level above that work here; the province does not."""
    return people_holding((Role.CITY,), copy.city_code, event.at) if copy.level == CopyLevel.CITY else ()


def reminded(copy: SourceCopy, event: Any) -> Iterable[User]:
    """Return who hears that it is overdue: the leaders of the bureau, then the city."""
    if event.level == "leader":
        return people_holding((Role.LEADER,), copy.region_id, event.at)
    return people_holding((Role.CITY,), copy.city_code, event.at)


def values(copy: SourceCopy, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    deadline = getattr(event, "deadline", None)
    return {
        "place": copy.region.name,
        "first": f"{copy.first_day:%Y-%m-%d}",
        "last": f"{copy.last_day:%Y-%m-%d}",
        "day": f"{deadline.due_on:%Y-%m-%d}" if deadline else "",
        "n": str(copy.filings or ""),
    }


def told(on: str, code: str, label: Any, title: Any, audience: Callable[..., Any]) -> Notice:
    """Return a notice about a copy."""
    wording = Wording(code=f"enterprises.source_copy_{code}", label=label, title=title, fields=FIELDS)
    return Notice(
        on=(on,), wording=wording, audience=audience, values=values, url=SourceCopy.get_absolute_url
    )


COPY_NOTICES = [
    told(
        "enterprises.open_source_copy",
        "due",
        gettext_lazy("Filings to be sent upward"),
        gettext_lazy("The filings of {place} from {first} to {last} are to be sent to the next level."),
        senders,
    ),
    told(
        "enterprises.send_source_copy",
        "sent",
        gettext_lazy("Filings sent upward"),
        gettext_lazy("{place} sent {n} filings of major hazard sources, {first} to {last}."),
        receivers,
    ),
    told(
        f"deadline:{DUE}:escalated",
        "neglected",
        gettext_lazy("Filings not sent upward"),
        gettext_lazy("{place} has not sent its filings of {first} to {last}; they were due by {day}."),
        reminded,
    ),
]


def row(deadline: Deadline, copy: SourceCopy, user: User) -> WorkRow:
    """Return the line of a copy that is to be sent."""
    return WorkRow(
        label=_("Send the filings of major hazard sources upward"),
        party=copy.region.name,
        why=f"{copy.first_day:%Y-%m-%d} – {copy.last_day:%Y-%m-%d} · {copy.get_level_display()}",
        place=copy.region.name,
        url=copy.get_absolute_url(),
        next_label=_("Send"),
        next_url=reverse("enterprises:send_source_copy", args=[copy.pk]),
        verb="send_source_copy",
    )


def of_level(level: str) -> Callable[[QuerySet], QuerySet]:
    """Return the filter that keeps the copies of one level."""
    return lambda deadlines: deadlines.filter(
        target_id__in=SourceCopy.objects.filter(level=level).values("pk")
    )


COPY_WORK = [
    WorkSource(rules=(DUE,), roles=(role,), row=row, related=("region",), narrow=of_level(level))
    for level, role in SENDERS.items()
]
