"""A row that is deleted leaves its last version, with who deleted it, however it was deleted."""

import pytest
from django.db import connection

from audit.context import acting
from audit.history import events_of
from deadlines.models import WorkingDay

DAYS = ("2031-01-01", "2031-01-02", "2031-01-03")


@pytest.fixture
def days(db):
    """Three entries of the calendar."""
    WorkingDay.objects.bulk_create([WorkingDay(day=day, is_workday=False, name="元旦") for day in DAYS])
    return WorkingDay.objects.filter(day__in=DAYS)


def last_versions():
    """What was kept of deleted entries, with who did it."""
    found = events_of(WorkingDay).objects.filter(pgh_label="delete").select_related("pgh_context")
    return [
        (str(row.day), row.name, row.pgh_context and row.pgh_context.metadata)
        for row in found.order_by("day")
    ]


def facts(person, at):
    return {"user": person.pk, "verb": "deadlines.change", "at": at.isoformat()}


def test_one_deleted_row_is_kept_as_it_was_last(days, people, at):
    with acting(people.admin, "deadlines.change", at):
        days.get(day=DAYS[0]).delete()
    assert last_versions() == [(DAYS[0], "元旦", facts(people.admin, at))]


def test_rows_deleted_at_once_are_each_kept(days, people, at):
    with acting(people.admin, "deadlines.change", at):
        days.delete()
    assert last_versions() == [(day, "元旦", facts(people.admin, at)) for day in DAYS]


def test_rows_deleted_by_plain_sql_are_kept(days, people, at):
    with acting(people.admin, "deadlines.change", at), connection.cursor() as cursor:
        cursor.execute("DELETE FROM deadlines_workingday WHERE day > %s", ["2031-01-01"])
    assert last_versions() == [(day, "元旦", facts(people.admin, at)) for day in DAYS[1:]]


def test_a_deletion_that_nobody_signed_is_kept_without_a_name(days):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM deadlines_workingday WHERE day = %s", [DAYS[0]])
    assert last_versions() == [(DAYS[0], "元旦", None)]


def test_deleting_nothing_keeps_nothing(days):
    WorkingDay.objects.filter(day="2033-01-01").delete()
    assert last_versions() == []


def test_a_day_deleted_in_the_administration_is_kept_with_who_did_it(days, people, client):
    client.force_login(people.admin)
    client.post(f"/admin/deadlines/workingday/{DAYS[0]}/delete/", {"post": "yes"})
    ((day, _name, known),) = last_versions()
    assert (day, known["user"]) == (DAYS[0], people.admin.pk)
