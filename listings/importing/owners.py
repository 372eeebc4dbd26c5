"""Whose rows they are: the owner is on file, or comes with the same workbook.

An owner of the same workbook has no key before it is written. Its rows carry the number of its row as a negative key,
which lets them be compared with each other as any others, and get the real one when it is there.
"""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from listings.importing.spec import GIVEN_KEY, OWNER_CODE, OWNER_PART, ImportSpec, Staging
from listings.importing.sql import do, quoted
from regions.scope import ScopeEntry


def look_up(
    table: str, spec: ImportSpec, entries: tuple[ScopeEntry, ...], staging: Staging | None = None
) -> None:
    """Put the owner's key beside its code, where the person's posts cover it; an empty part of the row's key says so."""
    column = quoted(spec.db_column(spec.owner.name))
    fill_empty_keys(table, spec, column)
    rows, test, placed = owners_on_file(spec)
    covered, params = covering(placed, spec, entries)
    do(f'UPDATE "{table}" staged SET {column} = owner.id FROM {rows} WHERE {test} AND ({covered})', params)  # noqa: S608
    source = staging and staging.part_of(spec.owner_model)
    if source:
        look_up_in_workbook(table, spec, staging.tables[source.key], source, entries)


def fill_empty_keys(table: str, spec: ImportSpec, column: str) -> None:
    """Forget owners found before, and let an empty cell of the row's own key be what an empty field is."""
    parts, params, tests = [f"{column} = NULL"], {}, [f"{column} IS NOT NULL"]
    required = {each.name for each in spec.columns if each.required}
    for name in spec.own_keys:
        if name not in required:
            params[f"empty_{name}"] = spec.field(name).get_default()
            cell = quoted(spec.db_column(name))
            parts.append(f"{cell} = COALESCE({cell}, %(empty_{name})s)")
            tests.append(f"{cell} IS NULL")
    do(f'UPDATE "{table}" SET {", ".join(parts)} WHERE {" OR ".join(tests)}', params)  # noqa: S608


def owners_on_file(spec: ImportSpec) -> tuple[str, str, str]:
    """Return the FROM and the condition by which a staged row finds its owner, and the alias of what has the place."""
    rows = f'"{spec.owner_model._meta.db_table}" owner'
    if not spec.owner.via:
        return rows, f'owner.{quoted(spec.owner.code)} = staged."{OWNER_CODE}"', "owner"
    foreign = spec.owner_model._meta.get_field(spec.owner.via)
    rows += (
        f' JOIN "{foreign.related_model._meta.db_table}" placed ON placed.id = owner.{quoted(foreign.column)}'
    )
    test = f'placed.{quoted(spec.owner.code)} = staged."{OWNER_CODE}"'
    return rows, f'{test} AND owner.{quoted(spec.owner.part)} = staged."{OWNER_PART}"', "placed"


def look_up_in_workbook(
    table: str, spec: ImportSpec, source: str, owner: ImportSpec, entries: tuple[ScopeEntry, ...]
) -> None:
    """Give rows whose owner is not on file the number of the owner's row in the same workbook, as a negative key."""
    column = quoted(spec.db_column(spec.owner.name))
    if spec.owner.via:
        # The owner's own owner was looked up within the posts when its sheet was judged.
        same = f'mine."{OWNER_CODE}" = staged."{OWNER_CODE}"'
        same += f' AND mine.{quoted(owner.db_column(spec.owner.part))} = staged."{OWNER_PART}"'
        do(
            f'UPDATE "{table}" staged SET {column} = -mine.row_no FROM "{source}" mine '  # noqa: S608
            f"WHERE staged.{column} IS NULL AND {same}"
        )
        return
    covered, params = covering("mine", spec, entries)
    owners, key = spec.owner_model._meta.db_table, quoted(spec.owner.code)
    rows = f'(SELECT NULL::bigint AS id, row.* FROM "{source}" row)'  # noqa: S608
    came_as = f'COALESCE(mine."{GIVEN_KEY}", mine.{key})' if owner.twins else f"mine.{key}"
    do(
        f'UPDATE "{table}" staged SET {column} = COALESCE(filed.id, -mine.row_no) '  # noqa: S608
        f'FROM {rows} mine LEFT JOIN "{owners}" filed ON filed.{key} = mine.{key} '
        f'WHERE staged.{column} IS NULL AND {came_as} = staged."{OWNER_CODE}" '
        f"AND (filed.id IS NOT NULL OR ({covered}))",
        params,
    )


def attach(staging: Staging, spec: ImportSpec) -> None:
    """Give the rows the keys of owners that the same workbook has brought, now that they are written."""
    if spec.owner is None or (source := staging.part_of(spec.owner_model)) is None or spec.owner.via:
        return
    column, key = quoted(spec.db_column(spec.owner.name)), quoted(spec.owner.code)
    table, owners = staging.tables[spec.key], spec.owner_model._meta.db_table
    do(
        f'UPDATE "{table}" staged SET {column} = filed.id '  # noqa: S608
        f'FROM "{staging.tables[source.key]}" mine JOIN "{owners}" filed ON filed.{key} = mine.{key} '
        f"WHERE staged.{column} = -mine.row_no"
    )


def unknown_sentence(spec: ImportSpec, staging: Staging | None) -> str:
    """Say that a row has no owner, and where one was looked for."""
    if staging and (source := staging.part_of(spec.owner_model)) and source.sheet:
        return _(
            "No record of your area has this code, and no right row of the sheet “%(sheet)s” brings it."
        ) % {"sheet": source.sheet}
    return _("No record of your area has this code.")


def scoped_model(spec: ImportSpec) -> type[Model]:
    """Return the model by whose place an owner is seen."""
    model = spec.owner_model
    return model._meta.get_field(spec.owner.via).related_model if spec.owner.via else model


def covering(alias: str, spec: ImportSpec, entries: tuple[ScopeEntry, ...]) -> tuple[str, dict[str, Any]]:
    """Return the condition that an owner lies within one of the posts; a post for one enterprise covers that one."""
    model = scoped_model(spec)
    fields = model._default_manager.none().scope_fields
    if not fields.region:
        # It lies nowhere: the permission alone decides.
        return ("true" if entries else "false"), {}
    params: dict[str, Any] = {}
    found = []
    for number, entry in enumerate(entries):
        parts = [
            ("region", "starts_with({}, {})", spec.place_name, entry.region),
            ("industry", "{} = {}", fields.industry, entry.industry),
            ("enterprise", "{} = {}", fields.enterprise, entry.enterprise_id),
        ]
        given = [part for part in parts if part[3]]
        if entry.grid or not given or any(path is None for _kind, _test, path, _value in given):
            continue
        tests = []
        for kind, test, path, value in given:
            params[f"post_{number}_{kind}"] = value
            column = "id" if path == "pk" else model._meta.get_field(path).column
            tests.append(test.format(f"{alias}.{quoted(column)}", f"%(post_{number}_{kind})s"))
        found.append("(" + " AND ".join(tests) + ")")
    return " OR ".join(found) or "false", params
