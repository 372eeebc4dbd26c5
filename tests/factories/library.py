"""Checklists for the tests, made through the services so that their histories are lawful."""

from datetime import datetime
from itertools import count
from typing import Any

from inspections.choices import ReferenceRole
from inspections.library import references, services
from inspections.models import CheckItem, Edition, ItemReference, ReferenceReview
from rulebook.models import Article
from tests.people import AT, People

_serial = count(1)


def item_facts(**fields: Any) -> dict[str, Any]:
    """The fields of an item, with a code of its own."""
    serial = next(_serial)
    return {
        "code": f"T-{serial:03d}",
        "section": "基础管理",
        "content": f"作业现场第{serial}处的安全警示标志齐全",
        "methods": ["site"],
        "category": "facility",
        "grade": "general",
        **fields,
    }


def basis(text: str = "AWSL:35") -> list[ItemReference]:
    """References to the law as the basis of an item."""
    return references.read(text, ReferenceRole.BASIS)


def draft(
    people: People, *, items: int = 2, at: datetime = AT, law: str = "AWSL:35", **facts: Any
) -> Edition:
    """A draft with some items, by the city's officer."""
    values = {"code": f"list-{next(_serial)}", "title": "通用检查表", "purpose": "enterprise", **facts}
    edition = services.draft_checklist(facts=values, by=people.city, at=at)
    for _each in range(items):
        add(edition, people, at=at, law=law)
    edition.refresh_from_db()
    return edition


def add(
    edition: Edition, people: People, *, at: datetime = AT, law: str = "AWSL:35", **fields: Any
) -> CheckItem:
    """Add an item to a draft."""
    return services.add_item(
        edition, facts=item_facts(**fields), references=basis(law), by=people.city, at=at
    )


def publish(edition: Edition, people: People, *, at: datetime = AT) -> Edition:
    """Hand a draft in and have the legal reviewer publish it."""
    services.submit_edition(edition, by=people.city, at=at)
    return services.publish_edition(edition, by=people.legal, at=at)


def published(people: People, *, items: int = 2, at: datetime = AT, **facts: Any) -> Edition:
    """An edition in use."""
    return publish(draft(people, items=items, at=at, **facts), people, at=at)


def items_of(edition: Edition) -> list[CheckItem]:
    """The items of an edition in their order."""
    return [line.item for line in edition.lines.select_related("item").order_by("position")]


def reword(
    edition: Edition, item: CheckItem, people: People, *, at: datetime = AT, **fields: Any
) -> CheckItem:
    """Reword an item in a draft, leaving the fields that are not given."""
    facts = {name: getattr(item, name) for name in services.FACTS}
    return services.change_item(
        edition, item, facts={**facts, **fields}, references=basis(), by=people.city, at=at
    )


def make_review(edition: Edition, *, at: datetime = AT) -> ReferenceReview:
    """A reference of the edition's first item that waits to be read again."""
    reference = ItemReference.objects.filter(item__lines__edition=edition, number__isnull=False).first()
    article = Article.objects.get(law=reference.law_id, number=reference.number, branch=reference.branch)
    return ReferenceReview.objects.create(reference=reference, article=article, found_at=at)
