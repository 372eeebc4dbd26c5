"""Entries to seal, and a hand that reaches past the guards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from audit.models import Entry
from audit.services import record
from tests.people import AT

TABLES = ("audit_entry", "audit_seal")


@pytest.fixture
def entries(people, enterprise) -> list[Entry]:
    """Five entries of one afternoon."""
    return [
        record(
            people.town,
            "enterprises.change",
            enterprise,
            at=AT,
            reason=f"第{number}次",
            data={"fields": ["name"]},
        )
        for number in range(1, 6)
    ]


@pytest.fixture
def tamper(db) -> Callable[..., None]:
    """Run SQL as somebody who has switched off what guards the tables."""

    def _tamper(sql: str, params: list | None = None) -> None:
        with unguarded(), connection.cursor() as cursor:
            cursor.execute(sql, params)

    return _tamper


@contextmanager
def unguarded() -> Iterator[None]:
    """Switch the guards off and drop the foreign key from seal to entry, as the owner of the tables can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'audit_seal'::regclass AND contype = 'f'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE audit_seal DROP CONSTRAINT "{name}"')
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
