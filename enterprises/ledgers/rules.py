"""What a row of any ledger must keep to: the form, the services and the import judge by the same sentences."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, Q
from django.utils.translation import gettext as _

from enterprises.ledgers.declaration import Ledger
from enterprises.ledgers.registry import of_row
from enterprises.models import LedgerRow
from enterprises.phones import clean_phone
from listings.importing.parsers import refuse_pictures

FIRST_YEAR = 1990
Problems = dict[str, list[Any]]


def check(row: LedgerRow, *, today: date) -> None:
    """Put the row's texts in order and judge it; raises ValidationError with a sentence beside each field."""
    ledger = of_row(row)
    found: Problems = defaultdict(list)
    for judge in (texts, days, checks, years, overlap):
        for name, sentence in judge(ledger, row, today):
            found[name].append(sentence)
    if found:
        raise ValidationError(dict(found))
    row.full_clean(validate_unique=False, validate_constraints=False)
    ledger.once.validate(ledger.model, row)


def texts(ledger: Ledger, row: LedgerRow, today: date) -> list[tuple[str, Any]]:
    """Trim texts, refuse pictures, and check telephone numbers."""
    found = []
    for each in ledger.fields:
        if not isinstance(each, CharField) or each.choices:
            continue
        words = str(getattr(row, each.name)).strip()
        try:
            words = clean_phone(words) if words and each.name == "phone" else refuse_pictures(words)
        except ValidationError as error:
            found.append((each.name, error))
        setattr(row, each.name, words)
    return found


def days(ledger: Ledger, row: LedgerRow, today: date) -> list[tuple[str, Any]]:
    """Refuse days to come where the field tells what has happened."""
    sentence = _("Later than today (%(today)s).") % {"today": today.isoformat()}
    late = [name for name in ledger.past_days if (day := getattr(row, name)) and day > today]
    return [(name, sentence) for name in late]


def checks(ledger: Ledger, row: LedgerRow, today: date) -> list[tuple[str, Any]]:
    """Refuse what no row may say: an end before its beginning, a part that exceeds the whole."""
    found = []
    for check in ledger.checks:
        try:
            check.validate(ledger.model, row)
        except ValidationError:
            found.append((check.violation_error_code, ledger.sentence(check)))
    return found


def years(ledger: Ledger, row: LedgerRow, today: date) -> list[tuple[str, Any]]:
    """Refuse a year that cannot be meant."""
    year = getattr(row, "year", None)
    if year is None or FIRST_YEAR <= year <= today.year:
        return []
    return [("year", year_sentence(today))]


def year_sentence(today: date) -> str:
    """Return what is said of a year that cannot be meant."""
    return _("A year from %(first)d to %(last)d.") % {"first": FIRST_YEAR, "last": today.year}


def overlap(ledger: Ledger, row: LedgerRow, today: date) -> list[tuple[str, Any]]:
    """Refuse a paper that is valid on the same days as another one of its series."""
    if ledger.series is None or row.valid_from is None or row.valid_to is None:
        return []
    same = {name: getattr(row, name) for name in ("enterprise_id", *ledger.series)}
    meeting = Q(valid_from__lte=row.valid_to, valid_to__gte=row.valid_from)
    other = ledger.model._base_manager.filter(meeting, **same).exclude(pk=row.pk).first()
    return [("valid_from", overlap_sentence(other))] if other else []


def overlap_sentence(other: Any) -> str:
    """Return what is said of two papers that are valid at once."""
    return _(
        "%(other)s is valid from %(first)s to %(last)s. Correct one of the two, so that they do not overlap."
    ) % {
        "other": other,
        "first": other.valid_from,
        "last": other.valid_to,
    }
