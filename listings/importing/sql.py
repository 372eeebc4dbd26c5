"""Asking the database about staged rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return f'"{name}"'


def ask(sql: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Return the rows that the question finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params or {})
        return cursor.fetchall()


def do(sql: str, params: dict[str, Any] | None = None) -> int:
    """Run a statement and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params or {})
        return cursor.rowcount


@contextmanager
def words_gathered(table: str) -> Iterator[None]:
    """Inside the block new words wait beside the table's indexes of words, and go into them sorted when it ends.

    Row by row it takes twice as long.
    """
    with transaction.atomic():
        do("SET LOCAL gin_pending_list_limit = '512MB'")
        yield
        do(
            "SELECT gin_clean_pending_list(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
            "JOIN pg_am ON pg_am.oid = relam WHERE amname = 'gin' AND indrelid = %(table)s::regclass",
            {"table": quoted(table)},
        )
        do("SET LOCAL gin_pending_list_limit TO DEFAULT")


@contextmanager
def compared_by_hash() -> Iterator[None]:
    """Inside the block no set is compared with another row by row.

    How many staged rows a question leaves the planner cannot know; where it thinks of one and there are thousands, each
    would be held against every record on file.
    """
    with transaction.atomic():
        do("SET LOCAL enable_nestloop = off")
        yield
        do("SET LOCAL enable_nestloop TO DEFAULT")
