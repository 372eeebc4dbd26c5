"""ID numbers in a workbook: checked cell by cell, staged and kept encrypted, written for all rows by one statement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enterprises.models import Enterprise, LegalRepIdentity
from listings.importing.staging import table_name
from tests.factories.identity import valid_id_no
from tests.factories.imports import checked, facts, pressed, reasons, taken

pytestmark = pytest.mark.django_db(transaction=False)


def written(user, *rows):
    """Check and write the rows; return the import."""
    return taken(pressed(checked(user, *rows)))


def kept() -> dict[str, str]:
    """Return the whole numbers by the code of the enterprise."""
    rows = LegalRepIdentity.objects.select_related("enterprise")
    return {row.enterprise.uscc: row.id_no for row in rows}


def row(serial, **cells):
    return facts(serial, legal_rep_id_no=valid_id_no(serial), **cells)


def test_numbers_are_kept_whole_and_shown_masked(people, places):
    done = written(people.county, row(1), row(2))

    assert done.state == "done"
    assert kept() == {row(1)["uscc"]: valid_id_no(1), row(2)["uscc"]: valid_id_no(2)}
    shown = Enterprise.objects.get(uscc=row(1)["uscc"]).legal_rep_id_no
    assert shown == f"370{'*' * 11}{valid_id_no(1)[-4:]}"


def test_nothing_is_staged_in_clear(people, places):
    job = checked(people.county, row(1))

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT legal_rep_id_no FROM "{table_name(job.pk)}"')  # noqa: S608
        [(staged,)] = cursor.fetchall()
    assert valid_id_no(1)[3:14] not in staged


def test_a_wrong_number_has_its_reason_in_its_cell(people, places):
    job = checked(people.county, row(1), facts(2, legal_rep_id_no=valid_id_no(2)[:-1] + "A"))

    [(row_no, field, sentence)] = reasons(job)
    assert (row_no, field) == (3, "legal_rep_id_no")
    assert valid_id_no(2)[:-1] not in sentence


def test_a_number_that_the_sheet_has_rounded_is_refused(people, places):
    job = checked(people.county, facts(1, legal_rep_id_no=370599197503120270))

    assert [field for _row, field, _why in reasons(job)] == ["legal_rep_id_no"]


def test_an_empty_cell_leaves_what_is_on_file(people, places):
    written(people.county, row(1))
    written(people.county, facts(1, legal_rep_id_no="", employees=77))

    assert kept() == {row(1)["uscc"]: valid_id_no(1)}
    assert Enterprise.objects.get(uscc=row(1)["uscc"]).employees == 77


def test_another_number_takes_the_place_of_the_one_on_file(people, places):
    written(people.county, row(1))
    done = written(people.county, facts(1, legal_rep_id_no=valid_id_no(9)))

    assert done.result["changed"] == 1
    assert kept() == {row(1)["uscc"]: valid_id_no(9)}


def test_the_same_number_again_is_no_change(people, places):
    written(people.county, row(1))
    done = written(people.county, row(1))

    assert (done.result["changed"], done.result["unchanged"]) == (0, 1)


def statements(user, *rows) -> int:
    """Return how many statements writing the rows takes."""
    job = pressed(checked(user, *rows))
    with CaptureQueriesContext(connection) as asked:
        taken(job)
    return len(asked)


def test_numbers_of_many_rows_take_as_many_statements_as_of_one(people, places):
    assert statements(people.county, row(1)) == statements(people.county, *map(row, range(2, 42)))


def test_a_workbook_without_the_column_asks_nothing_of_each_row(people, places):
    assert statements(people.county, facts(1)) == statements(people.county, *map(facts, range(2, 42)))
    assert kept() == {}
