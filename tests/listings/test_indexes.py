"""The queries of the lists are answered by the indexes made for them."""

import json

import pytest
from django.db import connection

from enterprises.models import Enterprise
from hazards.models import Hazard
from listings.counting import up_to
from listings.text import Words
from tests.factories.hazards import reported
from tests.people import PLACES
from tests.plans import multiply

pytestmark = pytest.mark.django_db

VILLAGES = [code for code in PLACES if len(code) == 12]
ANYWHERE = f"(ARRAY{VILLAGES})[1 + mod(nth, {len(VILLAGES)})]"


@pytest.fixture(scope="module", autouse=True)
def city(stage) -> None:
    """Thousands of enterprises and hazards in all places: of a handful it is chance which index is read."""
    one = reported(stage.enterprise, stage.people.enterprise)
    moment = "{} - nth * interval '1 hour'"
    multiply(
        stage.enterprise,
        uscc="'91370523MB' || lpad(nth::text, 8, '0')",
        region=ANYWHERE,
        updated_at=moment.format("updated_at"),
    )
    multiply(
        one,
        number="'YH37052203' || lpad(nth::text, 12, '0')",
        region=ANYWHERE,
        submission_key="NULL",
        found_at=moment.format("found_at"),
        state="CASE mod(nth, 3) WHEN 0 THEN 'closed' WHEN 1 THEN 'rectifying' ELSE state END",
        closed_at=f"CASE mod(nth, 3) WHEN 0 THEN {moment.format('found_at')} END",
        deadline_on="DATE '2026-03-20' + mod(nth, 60)",
    )


def indexes_of(rows) -> set[str]:
    """The indexes by which the rows are read, were the table too large to be read whole."""
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO off")
        cursor.execute("SET LOCAL enable_sort TO off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        (plan,) = cursor.fetchone()
    found = set()
    nodes = [(json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]]
    while nodes:
        node = nodes.pop()
        found |= {node["Index Name"]} if "Index Name" in node else set()
        nodes += node.get("Plans", [])
    return found


def newest(rows, field):
    return rows.order_by(f"-{field}", "-id").values_list("pk", field)[:25]


@pytest.mark.parametrize("who", ["city", "county", "town"])
def test_the_first_page_is_read_in_its_order(people, who):
    user = getattr(people, who)
    assert indexes_of(newest(Hazard.objects.visible_to(user), "found_at")) == {f"hazard_{who}_found"}
    assert indexes_of(newest(Enterprise.objects.visible_to(user), "updated_at")) == {f"enterprise_{who}_new"}


@pytest.mark.parametrize("who", ["city", "county", "town"])
def test_what_is_open_is_read_by_its_deadline(people, who):
    rows = Hazard.objects.visible_to(getattr(people, who)).open()
    nearest = rows.order_by("deadline_on", "id").values_list("pk", "deadline_on")[:25]
    assert indexes_of(nearest) == {f"hazard_{who}_open"}


def test_common_words_are_read_in_the_order_of_the_list(people):
    rows = Hazard.objects.visible_to(people.county).filter(search_text__holds="积尘")
    assert indexes_of(newest(rows, "found_at")) == {"hazard_county_found"}


@pytest.mark.parametrize(("model", "name"), [(Hazard, "hazard_search"), (Enterprise, "enterprise_search")])
def test_words_are_found_through_their_bigrams(people, model, name):
    assert indexes_of(up_to(model.objects.filter(search_text__bigrams=Words("积尘", "370523")), 1000)) == {
        name
    }


def test_a_number_is_found_by_its_beginning(people):
    found = indexes_of(Hazard.objects.filter(number__startswith="YH370523").order_by().values("pk"))
    assert len(found) == 1
    assert next(iter(found)).startswith("hazards_hazard_number")


def test_what_was_closed_is_counted_by_its_day(people):
    rows = Hazard.objects.visible_to(people.county).filter(state="closed", closed_at__gte="2026-03-01T00:00Z")
    assert indexes_of(rows.order_by("closed_at", "id").values_list("pk", "closed_at")) == {
        "hazard_county_closed"
    }
