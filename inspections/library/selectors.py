"""Reads of the library: which editions fit an enterprise, what an edition holds, how two of them differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.timezone import make_aware

from enterprises.models import Enterprise
from inspections.choices import Purpose
from inspections.models import CheckItem, Edition, EditionLine, Finding, ItemReference, ReferenceReview
from rulebook.models import Article


def editions_on(on: date, purpose: str = Purpose.ENTERPRISE) -> QuerySet[Edition]:
    """Return the editions that were in use at the end of the day, with their checklists."""
    end = make_aware(datetime.combine(on, time.max))
    in_use = Q(withdrawn_at=None) | Q(withdrawn_at__gt=end)
    rows = Edition.objects.filter(in_use, published_at__lte=end, checklist__purpose=purpose)
    return rows.select_related("checklist").order_by("checklist__code", "-number")


def editions_for(enterprise: Enterprise, on: date) -> QuerySet[Edition]:
    """Return the editions in use on the day that fit the enterprise: its industry, sub-category and special risks.

    A checklist that names none of these fits everybody; one that names several fits where each of them does.
    """
    industry = Q(checklist__categories=[]) | Q(
        checklist__categories__contains=[enterprise.regulatory_category]
    )
    kind = Q(checklist__sub_categories=[]) | Q(checklist__sub_categories__contains=[enterprise.sub_category])
    risks = Q(checklist__risk_tags=[]) | Q(checklist__risk_tags__overlap=list(enterprise.risk_tags))
    return editions_on(on).filter(industry, kind, risks)


def lines_of(edition: Edition) -> QuerySet[EditionLine]:
    """Return the lines in order, each with its item, criterion and references: four queries for any number."""
    # The same few laws stand behind hundreds of items: each is read once.
    references = ItemReference.objects.order_by("role", "pk").prefetch_related("law")
    return (
        edition.lines.select_related("item__criterion")
        .prefetch_related(Prefetch("item__references", references))
        .order_by("position", "pk")
    )


def sections_of(lines: Iterable[EditionLine]) -> list[tuple[str, list[EditionLine]]]:
    """Group lines by section, in the order in which each section first appears."""
    found: dict[str, list[EditionLine]] = {}
    for line in lines:
        found.setdefault(line.item.section, []).append(line)
    return list(found.items())


@dataclass(frozen=True)
class Reworded:
    """An item that two editions word differently, with the fields that differ."""

    before: CheckItem
    after: CheckItem
    fields: tuple[tuple[Any, Any, Any], ...]


@dataclass(frozen=True)
class Difference:
    """What the later edition added, took out and reworded, and how many items stayed."""

    added: list[CheckItem]
    removed: list[CheckItem]
    reworded: list[Reworded]
    kept: int


COMPARED = ("section", "content", "methods", "category", "grade", "criterion", "measure", "discretion")


def compare(before: Edition, after: Edition) -> Difference:
    """Return how two editions of a checklist differ. An item is the same by key, by what it replaces, or by code."""
    old = {line.item_id: line.item for line in lines_of(before)}
    new = {line.item_id: line.item for line in lines_of(after)}
    left = {key: item for key, item in old.items() if key not in new}
    by_code = {item.code: item for item in left.values()}
    added, reworded = [], []
    for key, item in new.items():
        if key in old:
            continue
        earlier = left.get(item.replaces_id) or by_code.get(item.code)
        if earlier is None or earlier.pk not in left:
            added.append(item)
            continue
        del left[earlier.pk]
        reworded.append(Reworded(earlier, item, differing(earlier, item)))
    return Difference(added, list(left.values()), reworded, len(set(old) & set(new)))


def differing(before: CheckItem, after: CheckItem) -> tuple[tuple[Any, Any, Any], ...]:
    """Return (label, before, after) of each field that differs, the references among them."""
    found = []
    for name in COMPARED:
        pair = [shown(item, name) for item in (before, after)]
        if pair[0] != pair[1]:
            found.append((CheckItem._meta.get_field(name).verbose_name, *pair))
    laws = ["；".join(str(each) for each in item.references.all()) for item in (before, after)]
    if laws[0] != laws[1]:
        found.append((ItemReference._meta.verbose_name_plural, *laws))
    return tuple(found)


def shown(item: CheckItem, name: str) -> str:
    """Return a field in words."""
    if name == "methods":
        return item.method_words
    display = getattr(item, f"get_{name}_display", None)
    return str(display() if display else getattr(item, name) or "")


def items_citing(law: int, number: int, branch: int = 0) -> QuerySet[CheckItem]:
    """Return the items in use that refer to an article, each once."""
    cited = ItemReference.objects.filter(law=law, number=number, branch=branch).values("item")
    return CheckItem.objects.in_library().filter(pk__in=cited).order_by("code", "pk")


def wordings_of(item: CheckItem) -> list[CheckItem]:
    """Return the item's former wordings, the newest first."""
    found: list[CheckItem] = []
    while item.replaces_id and len(found) < 50:
        item = CheckItem.objects.get(pk=item.replaces_id)
        found.append(item)
    return found


def findings_of(item: CheckItem, user: Any) -> dict[str, int]:
    """Count the hazards found by this item in any of its wordings, within what the person sees: all and major."""
    keys = [item.pk, *(each.pk for each in wordings_of(item))]
    rows = Finding.objects.visible_to(user).filter(item__in=keys)
    return rows.aggregate(all=Count("pk"), major=Count("pk", filter=Q(hazard__grade="major")))


def reviews_waiting() -> QuerySet[ReferenceReview]:
    """Return the references that wait to be read again, those of one article together."""
    rows = ReferenceReview.objects.filter(reviewed_at=None, reference__item__retired_at=None)
    return rows.select_related("article__law", "reference__law", "reference__item").order_by(
        "article__law__short_id", "article__number", "article__branch", "reference__item__code", "pk"
    )


def to_be_reworded() -> QuerySet[ReferenceReview]:
    """Return what was read and no longer holds, while the item is still in use as it is worded."""
    rows = ReferenceReview.objects.filter(still_holds=False, reference__item__retired_at=None)
    return rows.select_related("article__law", "reference__law", "reference__item", "reviewed_by").order_by(
        "reviewed_at", "pk"
    )


def text_before(review: ReferenceReview) -> Article | None:
    """Return the text of the article that stood before the new one; for a repealed article, nothing."""
    article = review.article
    rows = Article.objects.filter(law=article.law_id, number=article.number, branch=article.branch)
    return (
        rows.filter(valid_to__lt=article.valid_from).order_by("-valid_to").first()
        if article.valid_from
        else None
    )
