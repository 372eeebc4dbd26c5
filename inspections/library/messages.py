"""Whom the library tells: who is to review, and who drafted."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.selectors import people_holding
from inbox.notices import Notice, Wording
from inspections.models import Edition

FIELDS = {"checklist": "粉尘涉爆企业检查表", "number": "2", "items": "36"}


def reviewers(edition: Edition, event: Any) -> Iterable[User]:
    """Return those of the city who keep the library, without the one who drafted."""
    if not edition.region_id:
        return []
    people = people_holding((Role.CITY, Role.LEGAL), edition.region_id, event.at)
    return people.exclude(pk=edition.drafted_by_id)


def drafter(edition: Edition, event: Any) -> Iterable[User]:
    """Return the one who drafted, unless they did it themselves."""
    if edition.drafted_by is None or edition.drafted_by_id == getattr(event, "by_id", None):
        return []
    return [edition.drafted_by]


def values(edition: Edition, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    return {"checklist": edition.checklist.title, "number": edition.number, "items": edition.item_count}


def page(edition: Edition) -> str:
    """Return the page the message opens."""
    return edition.get_absolute_url()


def notice(on: str, code: str, label: Any, title: Any, audience: Callable[..., Iterable[User]]) -> Notice:
    """Return a notice about an edition."""
    wording = Wording(code=f"inspections.{code}", label=label, title=title, fields=FIELDS)
    return Notice(on=on, wording=wording, audience=audience, values=values, url=page)


NOTICES = [
    notice(
        "inspections.submit_edition",
        "edition_submitted",
        _("Checklist to be reviewed"),
        _("Edition {number} of {checklist} waits for review, {items} items"),
        reviewers,
    ),
    notice(
        "inspections.return_edition",
        "edition_returned",
        _("Checklist returned"),
        _("Edition {number} of {checklist} was returned to you"),
        drafter,
    ),
    notice(
        "inspections.publish_edition",
        "edition_published",
        _("Checklist published"),
        _("Edition {number} of {checklist} is in use"),
        drafter,
    ),
    notice(
        "deadline:inspections.review_edition:escalated",
        "edition_neglected",
        _("Checklist not reviewed in time"),
        _("Edition {number} of {checklist} still waits for review"),
        reviewers,
    ),
]
