"""Writing imported units of major hazard sources, one by one through their services."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from enterprises.models import Enterprise, SourceSubstance, SourceUnit
from enterprises.sources.gb18218 import Amount
from enterprises.sources.services import recalculate_source, record_source
from listings.importing.checking import differs, joined
from listings.importing.spec import FoundPolicy, ImportSpec, Staging
from listings.importing.sql import ask, quoted

# The substances that the file gives a unit, by name; the unit is its key, or the negative number of its new row.
Given = dict[int, dict[str, Amount]]


def write_units(where: Staging, spec: ImportSpec, at: datetime) -> None:
    """Enter the new units and change the known ones, with the substances of the other sheet; nothing twice."""
    given, by = substances_given(where), where.run.user
    for row_no, unit_id, enterprise_id, changed, facts in units_given(where, spec):
        if unit_id is None:
            enterprise = Enterprise.objects.get(pk=enterprise_id)
            amounts = list(given.pop(-row_no, {}).values())
            record_source(enterprise, facts=facts, substances=amounts, by=by, at=at)
        elif changed or unit_id in given:
            may_change = where.found == FoundPolicy.UPDATE
            change(unit_id, facts if may_change else {}, given.pop(unit_id, {}), by=by, at=at)
    for unit_id, amounts in given.items():
        change(unit_id, {}, amounts, by=by, at=at)


def change(
    unit_id: int, facts: Mapping[str, Any], amounts: Mapping[str, Amount], *, by: User, at: datetime
) -> None:
    """Calculate a unit anew with what the file says of it; what the file does not name stays as it is."""
    unit = SourceUnit.objects.get(pk=unit_id)
    kept = {row.name: amount_of(row) for row in unit.substances.all()}
    recalculate_source(
        unit,
        facts=facts,
        substances=list({**kept, **amounts}.values()),
        reason=_("Imported from a workbook"),
        by=by,
        at=at,
    )


def amount_of(row: SourceSubstance) -> Amount:
    """Return what is on file of a substance, as the arithmetic takes it."""
    return Amount(row.quantity, row.number, "" if row.number else row.name, tuple(row.categories))


def units_given(where: Staging, spec: ImportSpec) -> list[tuple[int, int | None, int, bool, dict[str, Any]]]:
    """Return the rows of the sheet of units: number, unit on file, enterprise, whether it differs, and what it says."""
    names = [column.name for column in spec.filling if column.name != spec.key_name]
    cells = ", ".join(f"staged.{quoted(spec.db_column(name))}" for name in names)
    may_change = "true" if where.found == FoundPolicy.UPDATE else "false"
    rows = ask(
        f"SELECT staged.row_no, filed.id, staged.enterprise_id, {may_change} AND ({differs(spec)}), {cells} "  # noqa: S608
        f"{joined(where.tables[spec.key], spec)} ORDER BY staged.row_no"
    )
    return [(*row[:4], {n: v for n, v in zip(names, row[4:], strict=True) if v is not None}) for row in rows]


def substances_given(where: Staging) -> Given:
    """Return the rows of the sheet of substances that say something new, by unit."""
    spec = where.part_of(SourceSubstance)
    known = "filed.id IS NULL"
    if where.found == FoundPolicy.UPDATE:
        known += f" OR {differs(spec)}"
    rows = ask(
        "SELECT staged.unit_id, staged.name, COALESCE(staged.number, filed.number), "  # noqa: S608
        "COALESCE(staged.categories, filed.categories, '{}'), COALESCE(staged.quantity, filed.quantity) "
        f"{joined(where.tables[spec.key], spec)} WHERE {known} ORDER BY staged.row_no"
    )
    found: Given = defaultdict(dict)
    for unit_id, name, number, categories, quantity in rows:
        found[unit_id][name] = Amount(quantity, number, "" if number else name, tuple(categories))
    return dict(found)
