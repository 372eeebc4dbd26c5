"""Filling the rulebook from files: the data that ship with the project, and laws in Markdown."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rulebook.markdown import ParsedArticle, parse_law
from rulebook.models import Article, Law, Parameter, Question
from rulebook.services import place_parameter
from rulebook.signals import text_changed

DATA = Path(__file__).parent / "data"
DAY = timedelta(days=1)


@dataclass
class LawImport:
    """What an import of a law did."""

    law: Law
    added: int = 0
    changed: int = 0
    ended: int = 0
    kept: int = 0
    missing: tuple[int, ...] = ()
    outside: int = 0


def load_shipped() -> dict[str, int]:
    """Add what the project's files hold and the rulebook lacks; the rest is left alone."""
    with transaction.atomic():
        return {
            "laws": _load_laws(),
            "articles": _load_articles(),
            "parameters": _load_parameters(),
            "questions": _load_questions(),
        }


def import_law(markdown: str, *, law: Law, valid_from: date | None) -> LawImport:
    """Read a law's text as it stands from a day on.

    An article that reads as before is kept, one that reads otherwise ends the day before and begins
    anew, one that is gone ends. Texts come in the order of their days; a second text from the same day is
    refused.
    """
    parsed = parse_law(markdown)
    done = LawImport(law, missing=tuple(parsed.missing), outside=len(parsed.outside))
    with transaction.atomic():
        held = _articles_held(law, valid_from)
        new = [
            _article(law, article, valid_from)
            for article in parsed.articles
            if _differs(article, held.pop(article.key, None), valid_from, done)
        ]
        Article.objects.bulk_create(new)
        for gone in held.values():
            _end(gone, valid_from)
            done.ended += 1
        if done.changed or done.ended:
            transaction.on_commit(lambda: text_changed.send(Law, law=law))
    return done


def _articles_held(law: Law, valid_from: date | None) -> dict[tuple[int, int], Article]:
    rows = list(law.articles.select_for_update().filter(valid_to__isnull=True))
    later = any(row.valid_from and (valid_from is None or row.valid_from > valid_from) for row in rows)
    if later:
        raise ValidationError(
            _("A text from a later day is loaded already: import texts in the order of days.")
        )
    return {(row.number, row.branch): row for row in rows}


def _differs(parsed: ParsedArticle, held: Article | None, valid_from: date | None, done: LawImport) -> bool:
    """Whether the article must be written; the text that it replaces ends here."""
    if held is None:
        done.added += 1
    elif held.text == parsed.text:
        done.kept += 1
        return False
    else:
        _end(held, valid_from)
        done.changed += 1
    return True


def _article(law: Law, parsed: ParsedArticle, valid_from: date | None) -> Article:
    return Article(
        law=law,
        number=parsed.number,
        branch=parsed.branch,
        label=parsed.label,
        part=parsed.part,
        chapter=parsed.chapter,
        section=parsed.section,
        text=parsed.text,
        valid_from=valid_from,
    )


def _end(article: Article, valid_from: date | None) -> None:
    if valid_from is None or article.valid_from == valid_from:
        raise ValidationError(
            _("%(article)s has another text from the same day. Give the day on which the new one begins.")
            % {"article": article}
        )
    article.valid_to = valid_from - DAY
    article.save(update_fields=["valid_to"])


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _load_laws() -> int:
    known = set(Law.objects.values_list("short_id", flat=True))
    new = [
        Law(**{**row, "in_force_from": _day(row["in_force_from"])})
        for row in _rows("laws.csv")
        if row["short_id"] not in known
    ]
    return len(Law.objects.bulk_create(new))


def _load_articles() -> int:
    added = 0
    for path in sorted((DATA / "laws").glob("*.md")):
        law = Law.objects.get(short_id=path.stem)
        if not law.articles.exists():
            added += import_law(path.read_text(encoding="utf-8"), law=law, valid_from=law.in_force_from).added
    return added


def _load_parameters() -> int:
    laws = dict(Law.objects.values_list("short_id", "pk"))
    known = set(Parameter.objects.values_list("code", "jurisdiction", "effective_from"))
    placed = {key[:2] for key in known}
    edited = set(Parameter.objects.filter(entered_by__isnull=False).values_list("code", "jurisdiction"))
    first: list[Parameter] = []
    following = 0
    for row in _rows("parameters.csv"):
        new = _parameter(row, laws)
        key = (new.code, new.jurisdiction)
        # A number that people have edited is theirs from then on.
        if (*key, new.effective_from) in known or key in edited:
            continue
        if key not in placed:
            first.append(new)
        else:
            place_parameter(new, at=None)
            following += 1
    return len(Parameter.objects.bulk_create(first)) + following


def _parameter(row: dict[str, str], laws: dict[str, int]) -> Parameter:
    law = laws[row["law"]] if row["law"] else None
    return Parameter(
        code=row["code"],
        name=row["name"],
        value=Decimal(row["value"]),
        unit=row["unit"],
        jurisdiction=row["jurisdiction"],
        law_id=law,
        article=int(row["article"]) if row["article"] else None,
        basis=row["basis"],
        mark=row["mark"],
        effective_from=_day(row["effective_from"]),
        effective_to=_day(row["effective_to"]),
        note=row["note"],
    )


def _load_questions() -> int:
    known = set(Question.objects.values_list("number", flat=True))
    added = 0
    for row in _rows("questions.csv"):
        if int(row["number"]) in known:
            continue
        question = Question.objects.create(number=int(row["number"]), text=row["text"])
        question.laws.set(Law.objects.filter(short_id__in=row["laws"].split()))
        added += 1
    return added
