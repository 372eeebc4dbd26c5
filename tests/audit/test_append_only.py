"""What is on record stays: no way of writing changes or removes it."""

import pytest
from django.db import InternalError, connection, transaction
from django.db.models import ProtectedError

from audit.models import Entry, Seal
from audit.sealing import seal


def refuses(sql: str, match: str = "pgtrigger") -> None:
    """Expect the database to refuse the statement."""
    with pytest.raises(InternalError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET reason = ''",
        "UPDATE audit_entry SET data = '{}' WHERE id = (SELECT min(id) FROM audit_entry)",
        "DELETE FROM audit_entry",
        "UPDATE audit_seal SET hash = previous_hash",
        "DELETE FROM audit_seal",
    ],
)
def test_sql_does_not_change_or_remove_it(entries, sql):
    seal()
    refuses(sql)
    reasons = list(Entry.objects.order_by("pk").values_list("reason", flat=True))
    assert reasons == [f"第{number}次" for number in range(1, 6)]


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal"])
def test_sql_does_not_empty_it(entries, table):
    seal()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refuses(f"TRUNCATE {table} CASCADE", match="append-only")
    assert (Entry.objects.count(), Seal.objects.count()) == (5, 5)


def test_the_orm_does_not_change_it_either(entries):
    with pytest.raises(InternalError), transaction.atomic():
        entries[0].save()
    with pytest.raises(InternalError), transaction.atomic():
        Entry.objects.all().update(actor_name="")
    with pytest.raises(InternalError), transaction.atomic():
        entries[0].delete()


def test_a_sealed_entry_is_held_by_its_seal(entries):
    seal()
    with pytest.raises(ProtectedError):
        entries[0].delete()


def test_a_person_on_record_is_not_deleted(entries, people):
    with pytest.raises(ProtectedError), transaction.atomic():
        people.town.delete()


def test_a_statement_that_touches_no_row_passes(db):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET reason = 'x' WHERE id = -1")
