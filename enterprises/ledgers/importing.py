"""The import of a ledger, made from its model: key is the enterprise's code and the row's own key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import BooleanField, DateField, DateTimeField, DecimalField, Field, IntegerField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from enterprises.codes import clean_cas
from enterprises.ledgers import rules
from enterprises.ledgers.declaration import AHEAD, Ledger
from enterprises.ledgers.registry import BY_MODEL, LEDGERS
from enterprises.phones import clean_phone
from enterprises.tasks import catch_up_ledgers, compare_licences
from enterprises.uscc import clean_uscc
from listings.importing.checking import joined
from listings.importing.parsers import (
    NOTHING,
    amount,
    checked,
    chinese_labels,
    choice,
    day,
    moment,
    text,
    whole,
    written,
    yes_no,
)
from listings.importing.spec import ImportColumn, ImportSpec, Owner, Parse, Run
from listings.importing.sql import ask, quoted

MOST = 100_000_000
# What a spreadsheet program allows.
LONGEST_SHEET = 31
Found = list[tuple[int, str, str]]


@dataclass(frozen=True)
class Words:
    """The fixed words of a field, as the parsers read them."""

    choices: list[tuple[str, Any]]

    @property
    def values(self) -> list[str]:
        """What is stored."""
        return [value for value, _label in self.choices]

    @property
    def labels(self) -> list[Any]:
        """What people read."""
        return [label for _value, label in self.choices]


def year(run: Run) -> Parse:
    """A year that can be meant."""

    def parse(raw: Any) -> str | None:
        words = written(raw).removesuffix("年")
        if words in NOTHING:
            return None
        if not (words.isascii() and words.isdecimal() and len(words) == 4):
            raise ValidationError(rules.year_sentence(run.today))
        if not rules.FIRST_YEAR <= int(words) <= run.today.year:
            raise ValidationError(rules.year_sentence(run.today))
        return words

    return parse


def parser_of(field: Field) -> Callable[[Run], Parse]:
    """Return how a cell of this field is read."""
    named = {"phone": checked(clean_phone), "cas": checked(clean_cas), "year": year}
    if field.name in named:
        return named[field.name]
    if field.choices:
        return choice(Words(field.flatchoices))
    if isinstance(field, DateTimeField):
        return moment()
    if isinstance(field, DateField):
        return day(past=field.name not in AHEAD)
    if isinstance(field, BooleanField):
        return yes_no()
    if isinstance(field, DecimalField):
        return amount(field.max_digits, field.decimal_places)
    return whole(MOST) if isinstance(field, IntegerField) else text(field.max_length)


def allowed_of(field: Field) -> Callable[[], list[str]]:
    """Return the words that the notes sheet offers."""
    if field.choices:
        return partial(chinese_labels, Words(field.flatchoices))
    return (lambda: ["是", "否"]) if isinstance(field, BooleanField) else list


def column_of(field: Field) -> ImportColumn:
    """Return the column of a field; its head is the field's Chinese name."""
    with override("zh-hans"):
        head = capfirst(str(field.verbose_name))
    return ImportColumn(
        field.name,
        head,
        parser_of(field),
        required=not field.blank and not field.has_default(),
        example="2026-03-10 08:30" if isinstance(field, DateTimeField) else "",
        allowed=allowed_of(field),
    )


OWNER = ImportColumn(
    "enterprise",
    "统一社会信用代码",
    checked(clean_uscc),
    required=True,
    note="企业须已建档",
    example="91370523MA3C0KX86H",
)


def merged(table: str, spec: ImportSpec) -> str:
    """Return the rows as they would stand after writing: the cell, else what is on file, else the default."""
    cells = []
    for column in spec.columns:
        name, field = quoted(spec.db_column(column.name)), spec.field(column.name)
        default = field.get_default() if field.has_default() or field.empty_strings_allowed else None
        last = "" if default is None else f", {literal(default)}"
        cells.append(f"COALESCE(staged.{name}, filed.{name}{last}) AS {name}")
    return f"SELECT staged.row_no, filed.id AS filed_id, {', '.join(cells)} {joined(table, spec)}"


def literal(value: Any) -> str:
    """Return a default of our own models as SQL writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else "'" + str(value) + "'"


def broken(table: str, spec: ImportSpec, today: date) -> Found:
    """Find rows that say what no row may say, by the database's own checks."""
    ledger, found = BY_MODEL[spec.model], []
    with connection.schema_editor(collect_sql=True) as editor:
        checks = [(check, check._get_check_sql(spec.model, editor)) for check in ledger.checks]
    for check, sql in checks:
        rows = ask(f"SELECT row_no FROM ({merged(table, spec)}) {quoted(spec.table)} WHERE NOT ({sql})")  # noqa: S608
        found += [(row_no, check.violation_error_code, ledger.sentence(check)) for (row_no,) in rows]
    return found


def overlapping(table: str, spec: ImportSpec, today: date) -> Found:
    """Find papers that would be valid on the same days as another one, on file or in the file itself."""
    ledger = BY_MODEL[spec.model]
    if ledger.series is None:
        return []
    same = " AND ".join(
        f"one.{quoted(name)} = other.{quoted(name)}" for name in ("enterprise_id", *ledger.series)
    )
    meet = f"{same} AND one.valid_from <= other.valid_to AND one.valid_to >= other.valid_from"
    days = "other.valid_from, other.valid_to"
    rows = ask(
        f"WITH wanted AS ({merged(table, spec)}) "  # noqa: S608
        f"SELECT one.row_no, {days} FROM wanted one JOIN {quoted(spec.table)} other ON {meet} "
        "WHERE NOT EXISTS (SELECT FROM wanted WHERE wanted.filed_id = other.id) "
        f"UNION ALL SELECT one.row_no, {days} FROM wanted one JOIN wanted other ON {meet} "
        "AND one.row_no <> other.row_no"
    )
    sentence = _("Valid on the same days as another one of its kind, from %(first)s to %(last)s.")
    return [(row_no, "valid_from", sentence % {"first": first, "last": last}) for row_no, first, last in rows]


def follow_up(at: datetime) -> None:
    """Start the clocks of what came, and compare licences with their files, as soon as it is there."""
    transaction.on_commit(catch_up_ledgers.delay, robust=True)
    transaction.on_commit(partial(compare_licences.delay, at.isoformat()), robust=True)


def sheet_name(ledger: Ledger) -> str:
    """Return the name of the ledger's sheet in a workbook of several."""
    with override("zh-hans"):
        return str(ledger.title)[:LONGEST_SHEET]


def spec_of(ledger: Ledger) -> ImportSpec:
    """Return the import of a ledger."""
    return ImportSpec(
        key=f"enterprises.ledgers.{ledger.code}",
        title=ledger.title,
        model=ledger.model,
        permission="enterprises.import_ledgers",
        columns=(OWNER, *(column_of(field) for field in ledger.fields)),
        key_name="enterprise",
        own_keys=ledger.keys,
        owner=Owner("enterprise", "uscc"),
        list_url="enterprises:ledger_list",
        import_url="enterprises:ledger_import",
        url_kwargs={"code": ledger.code},
        stamps={"created_at": "COALESCE(filed.created_at, %(at)s)", "updated_at": "%(at)s"},
        checks=(broken, overlapping),
        after=follow_up if ledger.warns else None,
        sheet=sheet_name(ledger),
    )


LEDGER_IMPORTS = {ledger.code: spec_of(ledger) for ledger in LEDGERS}
