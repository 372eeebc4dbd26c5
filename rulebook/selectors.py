"""Reads of the rulebook for its pages. The law is public to everyone who is signed in."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from rulebook.models import Article, Law, Parameter, Question

SEARCH_ROWS = 50


def laws_on(on: date) -> QuerySet[Law]:
    """All laws with the number of articles whose text is loaded and valid on the day."""
    valid = Q(articles__valid_from__isnull=True) | Q(articles__valid_from__lte=on)
    valid &= Q(articles__valid_to__isnull=True) | Q(articles__valid_to__gte=on)
    return Law.objects.annotate(article_count=Count("articles", filter=valid))


def search_articles(text: str, *, on: date) -> QuerySet[Article]:
    """The first articles valid on the day whose text holds the words."""
    rows = Article.objects.valid_on(on).filter(text__icontains=text.replace("\0", "")[:100])
    return rows.select_related("law").order_by("law__short_id", "number", "branch")[:SEARCH_ROWS]


def article_versions(short_id: str, number: int, branch: int) -> QuerySet[Article]:
    """Every text that the article has had, the newest first."""
    rows = Article.objects.filter(law__short_id=short_id, number=number, branch=branch)
    return rows.select_related("law").order_by("-valid_from")


def articles_of(law: Law, *, on: date) -> QuerySet[Article]:
    """The text of a law as it stood on the day."""
    return law.articles.valid_on(on).select_related("law").order_by("number", "branch")


def law_named(short_id: str) -> Law:
    """The law of a short name, or a page not found."""
    return get_object_or_404(Law, short_id=short_id)


def numbers_on(on: date) -> QuerySet[Parameter]:
    """Every number that holds on the day, of every jurisdiction."""
    return Parameter.objects.valid_on(on).select_related("law").order_by("code", "jurisdiction")


def numbers_to_confirm(on: date) -> QuerySet[Parameter]:
    """Numbers of today and later that the legal section must still confirm, doubtful ones before defaults."""
    rows = Parameter.objects.unconfirmed().filter(Q(effective_to__isnull=True) | Q(effective_to__gte=on))
    return rows.select_related("law").order_by("-mark", "code", "jurisdiction")


def questions() -> QuerySet[Question]:
    """What the legal section is asked, with the laws concerned."""
    return Question.objects.prefetch_related("laws")
