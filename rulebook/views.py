"""Pages of the rulebook: the laws, one law, one article, the numbers, and what is still to be confirmed."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from regions.selectors import names_of
from rulebook import selectors


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All laws; with words in the search field, the articles that hold them."""
    on, words = _day(request), request.GET.get("q", "").strip()
    context = {"laws": selectors.laws_on(on), "on": on, "words": words}
    if words:
        context["found"] = selectors.search_articles(words, on=on)
    return render(request, "rulebook/index.html", context)


@login_required
@require_safe
def law(request: HttpRequest, short_id: str) -> HttpResponse:
    """One law, its articles as they stood on a day."""
    on, found = _day(request), selectors.law_named(short_id)
    articles = selectors.articles_of(found, on=on)
    context = {"law": found, "articles": articles, "on": on, "in_force": found.is_in_force(on)}
    return render(request, "rulebook/law.html", context)


@login_required
@require_safe
def article(request: HttpRequest, short_id: str, key: str) -> HttpResponse:
    """One article as it stood on a day, and every other text it has had."""
    number, _dash, branch = key.partition("-")
    if not number.isdecimal() or (branch and not branch.isdecimal()) or len(key) > 8:
        raise Http404
    versions = list(selectors.article_versions(short_id, int(number), int(branch or 0)))
    if not versions:
        raise Http404
    on = _day(request)
    shown = next((each for each in versions if each.is_valid_on(on)), None)
    context = {"law": versions[0].law, "article": shown, "versions": versions, "on": on}
    return render(request, "rulebook/article.html", context)


@login_required
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Every number that holds on a day, and what it rests on."""
    on = _day(request)
    rows = selectors.numbers_on(on)
    return render(request, "rulebook/numbers.html", {"on": on, **_with_places(rows)})


@login_required
@require_safe
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """What the legal section must confirm before the platform goes live."""
    if not request.user.has_perm("rulebook.view_unconfirmed"):
        raise Http404
    rows = _with_places(selectors.numbers_to_confirm(_day(request)))
    may_change = request.user.has_perm("rulebook.change_parameter")
    context = {**rows, "questions": selectors.questions(), "may_change": may_change}
    return render(request, "rulebook/unconfirmed.html", context)


def _with_places(rows) -> dict:
    rows = list(rows)
    names = names_of(row.jurisdiction for row in rows if row.jurisdiction)
    for row in rows:
        row.place = names.get(row.jurisdiction, row.jurisdiction)
    return {"parameters": rows}


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate(timezone.now())
