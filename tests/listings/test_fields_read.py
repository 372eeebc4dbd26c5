"""A list that says which fields its page needs reads no row twice, whichever columns are chosen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enterprises.columns import COLUMNS as OF_ENTERPRISES
from hazards.columns import COLUMNS as OF_HAZARDS
from tests.factories.enterprises import make_enterprise
from tests.factories.hazards import reported

CHOICES = [
    *(("hazards:list", column.name) for column in OF_HAZARDS),
    *(("enterprises:list", column.name) for column in OF_ENTERPRISES),
]


def statements(browser, url):
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return [one["sql"] for one in asked]


@pytest.mark.parametrize(("page", "column"), CHOICES)
def test_a_column_alone_is_drawn_without_asking_for_its_rows_again(page, column, people, enterprise, sign_in):
    for serial in range(3):
        reported(make_enterprise(name=f"广饶砚池木业第{serial}分公司"), people.town, source="inspection")

    table = reverse(page).split("/")[1]
    rows = [
        sql
        for sql in statements(sign_in(people.town), f"{reverse(page)}?cols={column}")
        if f'FROM "{table}_' in sql and "LIMIT 21" in sql
    ]

    assert rows == []


def test_only_the_fields_of_the_chosen_columns_are_read(people, enterprise, sign_in):
    reported(enterprise, people.town, source="inspection")

    asked = statements(sign_in(people.town), f"{reverse('hazards:list')}?cols=number")

    (rows,) = [sql for sql in asked if '"hazards_hazard"."number"' in sql]
    assert '"hazards_hazard"."measures"' not in rows
