"""Asking the database about staged rows."""

from typing import Any

from django.db import connection


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
