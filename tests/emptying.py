"""Emptying the tables after a test that really commits: what every installation has stands again, the rest is gone.

Django truncates every table there is and has the permissions written anew, which takes longer than most of these tests,
and takes the law away from the tests that follow. Here only tables that hold rows are touched, and the law, the calendar
and what migrations write are put back if the test has changed them: so tests may run in any order, on any worker.
"""

from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

from tests.standing import Rows, every_model, rows_of

# How many rows a table has, and which transactions wrote them.
Mark = tuple[int, int]


@dataclass
class Ground:
    """The rows that stand in every test database before the first test, with the mark of their table."""

    rows: dict[str, Rows]
    marks: dict[str, Mark]


_known: dict[str, Ground] = {}


def leave_the_ground() -> None:
    """Keep what stands now, and let tests that really commit leave nothing but that."""
    tables = {model._meta.db_table: model for model in every_model()}
    with transaction.atomic(), connection.cursor() as cursor:
        rows = {table: rows_of(cursor, tables[table], "TRUE") for table in filled(cursor, list(tables))}
        _known[connection.settings_dict["NAME"]] = Ground(rows, marks_of(cursor, list(rows)))
    TransactionTestCase._fixture_teardown = _leave_the_ground


def _leave_the_ground(case: TransactionTestCase) -> None:
    """Do after a test what Django does by emptying every table."""
    empty()


def empty() -> None:
    """Take away what a test has committed, and put back what it has changed of the ground."""
    ground = _known[connection.settings_dict["NAME"]]
    others = [model._meta.db_table for model in every_model() if model._meta.db_table not in ground.rows]
    with transaction.atomic(), connection.cursor() as cursor:
        now = marks_of(cursor, list(ground.rows))
        changed = [table for table in ground.rows if now[table] != ground.marks[table]]
        write_anew(cursor, [*filled(cursor, others), *changed], [ground.rows[table] for table in changed])
        ground.marks |= marks_of(cursor, changed)


def write_anew(cursor: Any, tables: list[str], rows: list[Rows]) -> None:
    """Empty the tables, and write these rows into theirs; meanwhile no trigger refuses it or writes a history of it."""
    if not tables:
        return
    cursor.execute(";".join(f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in tables))
    cursor.execute(";".join(f'DELETE FROM "{table}"' for table in tables))
    for table, columns, text in rows:
        cursor.copy_expert(f'COPY "{table}" ({columns}) FROM STDIN', StringIO(text))
    # The foreign keys are looked at now: a table on which a check waits cannot be altered.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(";".join(f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in tables))


def filled(cursor: Any, tables: list[str]) -> list[str]:
    """Return the tables that hold a row, by one statement."""
    parts = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables]
    cursor.execute(" UNION ALL ".join(parts))
    return [table for (table,) in cursor.fetchall()]


def marks_of(cursor: Any, tables: list[str]) -> dict[str, Mark]:
    """Return the mark of each table, by one statement."""
    if not tables:
        return {}
    parts = [
        f"SELECT '{table}', count(*), coalesce(sum(xmin::text::bigint), 0) FROM \"{table}\""
        for table in tables
    ]
    cursor.execute(" UNION ALL ".join(parts))
    return {table: (count, written) for table, count, written in cursor.fetchall()}
