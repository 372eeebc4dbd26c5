"""The import of major hazard sources: a sheet of units and a sheet of their substances.

Rows are read and judged as those of every import. They are written unit by unit, through the services: each is calculated,
put on record and moved by the arithmetic as if it had been entered by hand. A unit is written whole or not at all,
because S without one of its substances would be false.
"""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enterprises.choices import ENDED
from enterprises.codes import LATITUDES, LONGITUDES
from enterprises.ledgers.importing import OWNER, Found, column_of
from enterprises.models import Enterprise, SourceSubstance, SourceUnit
from enterprises.phones import clean_phone
from enterprises.sources.gb18218 import Amount, Edition, MissingTableValue, NoBeta, line_of
from enterprises.sources.lifecycle import CHANGEABLE, SOURCE
from enterprises.sources.services.calculation import no_beta, no_threshold
from enterprises.sources.tables import edition_on
from enterprises.sources.writing_imported import write_units
from enterprises.uscc import clean_uscc
from listings.importing.checking import differs, joined
from listings.importing.parsers import NOTHING, SEPARATORS, amount, checked, text, whole, written
from listings.importing.spec import (
    OWNER_CODE,
    OWNER_PART,
    ImportColumn,
    ImportSpec,
    Owner,
    Parse,
    Run,
    Staging,
)
from listings.importing.sql import ask, do, quoted
from regions.words import listed

RESIDENTS = 1_000_000
LEAST, MOST = Decimal("0.0001"), Decimal("9999999999.9999")
NAMES = (
    "name",
    "kind",
    "place",
    "residents_500m",
    "in_chemical_park",
    "boundary_distance",
    "people_in_unit",
    "is_key_process",
    "commissioned_on",
    "longitude",
    "latitude",
    "monitor_points",
    "videos",
    "principal_name",
    "principal_phone",
    "technical_name",
    "technical_phone",
    "operation_name",
    "operation_phone",
)
PARSERS = {
    "residents_500m": whole(RESIDENTS),
    "longitude": amount(9, 6, lowest=LONGITUDES[0], highest=LONGITUDES[1]),
    "latitude": amount(9, 6, lowest=LATITUDES[0], highest=LATITUDES[1]),
    **dict.fromkeys(("principal_phone", "technical_phone", "operation_phone"), checked(clean_phone)),
}


def unit_column(name: str) -> ImportColumn:
    """Return the column of a field of the unit."""
    found = column_of(SourceUnit._meta.get_field(name))
    return ImportColumn(
        name, found.head, PARSERS.get(name, found.parser), found.required, allowed=found.allowed
    )


def number(run: Run) -> Parse:
    """A number of table 1 of the edition in force."""
    listed = edition_on(run.today).listed

    def parse(raw: Any) -> str | None:
        words = written(raw)
        if words in NOTHING:
            return None
        if not (words.isascii() and words.isdecimal()) or int(words) not in listed:
            raise ValidationError(_("Table 1 has the numbers 1 to %(n)d."), params={"n": max(listed)})
        return str(int(words))

    return parse


def categories(run: Run) -> Parse:
    """Hazard categories of table 2, by their symbols, as the literal of a text array."""
    known = edition_on(run.today).categories

    def parse(raw: Any) -> str | None:
        words = unicodedata.normalize("NFKC", written(raw)).upper()
        found = dict.fromkeys(part for part in SEPARATORS.split(words) if part not in NOTHING)
        for symbol in found:
            if symbol not in known:
                raise ValidationError(
                    _("“%(symbol)s” is no symbol of table 2. They are: %(known)s."),
                    params={"symbol": symbol, "known": listed(known)},
                )
        return "{" + ",".join(found) + "}" if found else None

    return parse


UNIT_NAME = ImportColumn(
    "unit_name", "辨识单元名称", text(80), required=True, note="与“重大危险源单元”表中的名称一致"
)
SUBSTANCE_COLUMNS = (
    ImportColumn("unit", OWNER.head, checked(clean_uscc), required=True, example=OWNER.example),
    UNIT_NAME,
    ImportColumn(
        "name",
        "物质名称",
        text(80),
        required=True,
        note="GB 18218 表1 的名称、别名或 CAS 号，或其他物质的名称",
    ),
    ImportColumn("number", "表1序号", number, note="填写名称即可，不必填写", example=57),
    ImportColumn(
        "categories", "危险性类别", categories, note="表1 未列出的物质必填；多项用顿号分开", example="W5.4"
    ),
    ImportColumn(
        "quantity", "设计最大量（吨）", amount(14, 4, lowest=LEAST, highest=MOST), required=True, example=800
    ),
)


def words_of(edition: Edition) -> dict[str, tuple[int, str]]:
    """Return number and name of the lines of table 1 by every word for them: name, alias, CAS number."""
    found: dict[str, tuple[int, str]] = {}
    for row in edition.listed.values():
        for word in (row.name, *SEPARATORS.split(row.alias), row.cas):
            if word:
                found.setdefault(word, (row.no, row.name))
    return found


def named(where: Staging, spec: ImportSpec) -> None:
    """Let substances be called as table 1 calls them, by name, alias, CAS number or number."""
    words = words_of(edition_on(where.run.today))
    params = {
        "words": list(words),
        "numbers": [no for no, _name in words.values()],
        "names": [name for _no, name in words.values()],
    }
    do(
        f'UPDATE "{where.tables[spec.key]}" staged SET number = known.no, name = known.name '  # noqa: S608
        "FROM unnest(%(words)s::text[], %(numbers)s::int[], %(names)s::text[]) AS known (word, no, name) "
        "WHERE (staged.name = known.word AND COALESCE(staged.number, known.no) = known.no) "
        "OR (staged.name IS NULL AND staged.number = known.no AND known.word = known.name)",
        params,
    )


def without_threshold(table: str, spec: ImportSpec, today: date) -> Found:
    """Find substances to which the tables give no Q or no β: each way to name one is asked once."""
    edition = edition_on(today)
    rows = ask(
        "SELECT staged.number, staged.name, COALESCE(staged.categories, filed.categories, '{}') AS given, "  # noqa: S608
        f"array_agg(staged.row_no) {joined(table, spec)} WHERE staged.name IS NOT NULL "
        "GROUP BY staged.number, staged.name, given"
    )
    found = []
    for no, name, given, numbers in rows:
        if problem := gap(edition, no, name, tuple(given)):
            found += [(row_no, *problem) for row_no in numbers]
    return found


def gap(edition: Edition, no: int | None, name: str, given: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the field and the sentence about a substance that cannot be calculated, or None."""
    if no is not None and edition.listed[no].name != name:
        other = {"no": no, "name": edition.listed[no].name}
        return "number", _("Number %(no)d of table 1 is %(name)s. Give the one or the other.") % other
    try:
        line_of(edition, Amount(Decimal(1), no, name, given))
    except NoBeta as error:
        return "categories", no_beta(error.name)
    except MissingTableValue:
        return "categories", no_threshold(name)
    return None


def held_units(table: str, spec: ImportSpec, today: date) -> Found:
    """Find rows that would change a unit which nobody changes now: under review, or off the file."""
    units = quoted(SourceUnit._meta.db_table)
    owner = "filed.id" if spec.model is SourceUnit else "staged.unit_id"
    rows = ask(
        f"SELECT staged.row_no, unit.state {joined(table, spec)} JOIN {units} unit ON unit.id = {owner} "  # noqa: S608
        f"WHERE unit.state <> ALL(%(open)s) AND (filed.id IS NULL OR {differs(spec)})",
        {"open": list(CHANGEABLE)},
    )
    sentence = _("%(state)s: the unit is not changed now.")
    name = spec.own_keys[0]
    return [(row_no, name, sentence % {"state": SOURCE.state(state).label}) for row_no, state in rows]


def ended_owners(table: str, spec: ImportSpec, today: date) -> Found:
    """Find units of enterprises whose file is closed."""
    rows = ask(
        f'SELECT row_no FROM "{table}" staged '  # noqa: S608
        f"JOIN {quoted(Enterprise._meta.db_table)} owner ON owner.id = staged.enterprise_id "
        "WHERE owner.operating_status = ANY(%(ended)s)",
        {"ended": sorted(ENDED)},
    )
    sentence = _("The enterprise has ended; no unit is entered for it any more.")
    return [(row_no, "enterprise", sentence) for (row_no,) in rows]


UNITS = ImportSpec(
    key="enterprises.source_units",
    title=gettext_lazy("Units of major hazard sources"),
    model=SourceUnit,
    permission="enterprises.record_source",
    columns=(OWNER, *map(unit_column, NAMES)),
    key_name="enterprise",
    own_keys=("name",),
    owner=Owner("enterprise", "uscc"),
    list_url="enterprises:sources",
    import_url="enterprises:import_sources",
    checks=(held_units, ended_owners),
    sheet="重大危险源单元",
    writer=write_units,
)
SUBSTANCES = ImportSpec(
    key="enterprises.source_substances",
    title=gettext_lazy("Substances of major hazard sources"),
    model=SourceSubstance,
    permission="enterprises.record_source",
    columns=SUBSTANCE_COLUMNS,
    key_name="unit",
    own_keys=("name",),
    owner=Owner("unit", "uscc", via="enterprise", part="name", part_column="unit_name"),
    list_url="enterprises:sources",
    import_url="enterprises:import_sources",
    checks=(without_threshold, held_units),
    prepared=named,
    sheet="重大危险源物质",
    # Written with their units.
    writer=lambda where, spec, at: None,
)
UNIT_OF_ROW = f'"{OWNER_CODE}", "{OWNER_PART}"'


def whole_units(where: Staging, errors: dict[str, dict[int, Any]]) -> dict[str, dict[int, Any]]:
    """Refuse units that would be written in part: one of their substances is wrong, or they have none at all."""
    units, substances = where.tables[UNITS.key], where.tables[SUBSTANCES.key]
    wrong = {"wrong": list(errors[SUBSTANCES.key])}
    torn = f'SELECT {UNIT_OF_ROW} FROM "{substances}" WHERE wrong OR row_no = ANY(%(wrong)s)'  # noqa: S608
    named_in = f'SELECT {UNIT_OF_ROW} FROM "{substances}"'  # noqa: S608
    filed = f"EXISTS (SELECT FROM {quoted(SourceUnit._meta.db_table)} filed WHERE filed.name = staged.name "
    filed += "AND filed.enterprise_id = staged.enterprise_id)"
    of_unit = f'(staged."{OWNER_CODE}", staged.name)'
    half = ask(f'SELECT row_no FROM "{units}" staged WHERE {of_unit} IN ({torn})', wrong)  # noqa: S608
    bare = ask(
        f'SELECT row_no FROM "{units}" staged WHERE NOT {filed} AND {of_unit} NOT IN '  # noqa: S608
        f"({named_in} "
        f'WHERE "{OWNER_CODE}" IS NOT NULL AND "{OWNER_PART}" IS NOT NULL)'
    )
    rest = ask(
        f'SELECT row_no FROM "{substances}" staged WHERE ({UNIT_OF_ROW}) IN ({torn}) '  # noqa: S608
        "AND NOT wrong AND row_no <> ALL(%(wrong)s)",
        wrong,
    )
    because = _("A substance of this unit is wrong; the unit is calculated with all of them or not at all.")
    nothing = _("Name at least one substance with its largest amount.")
    found = {row_no: {"name": nothing} for (row_no,) in bare} | {
        row_no: {"name": because} for (row_no,) in half
    }
    return {UNITS.key: found, SUBSTANCES.key: {row_no: {"unit_name": because} for (row_no,) in rest}}
