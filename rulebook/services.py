"""Asking the rulebook what held on the day of a fact, and writing a new number into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from rulebook.holding import find
from rulebook.models import Article, Law, Parameter
from rulebook.numerals import article_label

if TYPE_CHECKING:
    from accounts.models import User

DAY = timedelta(days=1)
FIXED = ("code", "jurisdiction", "name", "unit")
REVISABLE = ("value", "law", "article", "basis", "mark", "note")


class RuleNotFound(LookupError):
    """The rulebook has no such rule on that day; code must not go on with a guess."""


@dataclass(frozen=True)
class Citation:
    """A reference to the law, as shown beside a refusal or a deadline."""

    text: str
    url: str

    def __str__(self) -> str:
        return self.text


def parameter(code: str, *, on: date, region: str = "", subject: str = "") -> Parameter:
    """The number that held on the day of the fact, for the most specific jurisdiction around the place.

    A jurisdiction may set a number for a class of subjects, under the code with the class behind it
    (INSPECTION_YEAR_CAP_RED). Of the most specific jurisdiction that says anything, the number for the class of the
    `subject` holds, and its general one where it has none: who published a number of their own meant all classes by it.
    """
    found = find(code, on=on, region=region, subject=subject)
    if found is None:
        raise RuleNotFound(f"The rulebook holds no {code} on {on:%Y-%m-%d} for {region or 'the country'}.")
    return found


def cite(
    short_id: str,
    article: int | None = None,
    paragraph: str = "",
    *,
    on: date,
    branch: int = 0,
    formal: bool = False,
) -> Citation:
    """The name of a law and article that held on the day, with the address where its text can be read.

    ``formal`` gives the full title, as an issued document must.
    """
    law = _law_in_force(short_id, on)
    name = law.formal_name if formal else str(law)
    if article is None:
        return Citation(f"{name}{paragraph}", law.get_absolute_url())
    found = law.articles.valid_on(on).filter(number=article, branch=branch).first()
    if found is None and law.articles.exists():
        raise RuleNotFound(f"{short_id} has no article {article} on {on:%Y-%m-%d}.")
    # A law whose text is not loaded can be cited all the same; the link then leads to the law.
    url = f"{found.get_absolute_url()}?on={on:%Y-%m-%d}" if found else law.get_absolute_url()
    return Citation(f"{name}{article_label(article, branch)}{paragraph}", url)


def article_text(short_id: str, article: int, *, on: date, branch: int = 0) -> Article:
    """The article as its text stood on the day."""
    law = _law_in_force(short_id, on)
    found = law.articles.valid_on(on).filter(number=article, branch=branch).first()
    if found is None:
        raise RuleNotFound(f"{short_id} has no article {article} on {on:%Y-%m-%d}.")
    return found


def _law_in_force(short_id: str, on: date) -> Law:
    law = Law.objects.filter(short_id=short_id).first()
    if law is None or not law.is_in_force(on):
        raise RuleNotFound(f"{short_id} was not law on {on:%Y-%m-%d}.")
    return law


def enter_parameter(new: Parameter, *, by: User | None, at: datetime, reason: str) -> Parameter:
    """Enter a number from its day on; the row that held until then ends the day before.

    A row that began on the same day is withdrawn: it stays on record and answers nothing from now on.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the number changes.")})
    new.reason, new.entered_by, new.entered_at = reason.strip(), by, at
    with transaction.atomic():
        replaced = place_parameter(new, at=at)
        data = {"from": str(new.effective_from), "value": str(new.amount), "unit": new.unit}
        if replaced is not None:
            data["before"] = str(replaced.amount)
        record(by, "rulebook.change_parameter", new, at=at, reason=new.reason, data=data)
    return new


def revise_parameter(
    parameter: Parameter, *, by: User | None, at: datetime, reason: str, effective_from: date, **changes: Any
) -> Parameter:
    """Change a number from a day on: a copy of the row with the changes, and its reason."""
    new = Parameter(**{name: getattr(parameter, name) for name in REVISABLE + FIXED})
    for name, value in changes.items():
        if name not in REVISABLE:
            raise TypeError(f"{name} of a parameter is not revised")
        setattr(new, name, value)
    if all(getattr(new, name) == getattr(parameter, name) for name in REVISABLE):
        raise ValidationError(_("Nothing would change."))
    new.effective_from = effective_from
    return enter_parameter(new, by=by, at=at, reason=reason)


def place_parameter(new: Parameter, *, at: datetime | None) -> Parameter | None:
    """Make room for a row among those of its code and jurisdiction; gives the row that it follows."""
    with transaction.atomic():
        rows = Parameter.objects.live().filter(code=new.code, jurisdiction=new.jurisdiction)
        # Wait for whoever is at it, then read again: their new row was not there when the waiting began.
        list(rows.select_for_update().values_list("pk"))
        rows = list(rows.order_by("effective_from"))
        held = next((row for row in rows if _holds(row, new.effective_from)), None)
        later = next((row for row in rows if row.effective_from > new.effective_from), None)
        if new.effective_to is None:
            # The new number lasts as long as the old one would have, or until the next that is entered.
            new.effective_to = held.effective_to if held else later and later.effective_from - DAY
        if held is not None:
            _give_way(held, new, at)
        new.full_clean()
        new.save()
    return held


def _holds(row: Parameter, day: date) -> bool:
    return row.effective_from <= day and (row.effective_to is None or row.effective_to >= day)


def _give_way(held: Parameter, new: Parameter, at: datetime | None) -> None:
    if held.effective_from == new.effective_from:
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
    else:
        held.effective_to = new.effective_from - DAY
        held.save(update_fields=["effective_to"])
