"""Loading into a bare table: without its secondary indexes, foreign keys and triggers, which come back after."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype IN ('u', 'f') ORDER BY contype DESC
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = %s::regclass AND NOT indisprimary
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


@contextmanager
def bare(table: str) -> Iterator[None]:
    """Take off the table what slows a load, and put it back when the block is done.

    A load that breaks leaves the table bare: the database was made for this and is dropped.
    """
    # Outside a demo nothing is in the tables; in a test, checks put off to the end would hold the table.
    run("SET CONSTRAINTS ALL IMMEDIATE")
    constraints, indexes = rows(CONSTRAINTS, [table]), rows(INDEXES, [table])
    run(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    for name, _definition in constraints:
        run(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        run(f"DROP INDEX {name}")
    yield
    for _name, definition in indexes:
        run(definition)
    for name, definition in constraints:
        run(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
    run(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def run(sql: str, values: dict[str, Any] | None = None) -> int:
    """Run a statement; return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def rows(sql: str, values: Any = None) -> list[tuple]:
    """Return the rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
