"""Whom the library tells: who is to review, and who drafted."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Post, Role, User
from accounts.selectors import people_holding
from inbox.notices import Notice, Wording
from inspections.library.selectors import reviews_waiting
from inspections.models import Edition
from rulebook.models import Law

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


def librarians(law: Law, event: Any) -> Iterable[User]:
    """Return everybody who keeps the library."""
    held = Post.objects.on(localdate(event.at)).filter(role__in=(Role.CITY, Role.LEGAL))
    return User.objects.filter(is_active=True, pk__in=held.values("user_id"))


def about_law(law: Law, event: Any) -> Mapping[str, Any]:
    """Return what the words about an amended law may name."""
    return {"law": law.title, "items": reviews_waiting().filter(article__law=law).count()}


def reviews_page(law: Law) -> str:
    """Return the page on which the references of the law are read again."""
    return f"{reverse('inspections:reference_reviews')}?law={law.short_id}"


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
    Notice(
        on=tuple(
            f"deadline:inspections.review_references:{moment}" for moment in ("warned", "lapsed", "escalated")
        ),
        wording=Wording(
            code="inspections.references_waiting",
            label=_("Law amended"),
            title=_("{law} was amended; {items} items that refer to it are to be read again"),
            fields={"law": "安全生产法", "items": "12"},
        ),
        audience=librarians,
        values=about_law,
        url=reviews_page,
    ),
]
