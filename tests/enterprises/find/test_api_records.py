"""Ledgers and major hazard sources by machine: only what the token's person sees, page by page."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from enterprises.ledgers import LEDGERS
from enterprises.models import Licence, SourceUnit
from tests.factories.ledgers import make_row
from tests.factories.sources import recorded, tonnes
from tests.people import AT

SOURCES = "/api/v1/sources"


def ledger(enterprise, code: str) -> str:
    return f"/api/v1/enterprises/{enterprise.uscc}/ledgers/{code}"


def names(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["rows"]]


@pytest.mark.parametrize("code", [each.code for each in LEDGERS])
def test_every_ledger_gives_its_rows_with_what_each_field_is_called(api, people, enterprise, code):
    make_row(code, enterprise)
    answer = api(people.county).get(ledger(enterprise, code))

    assert answer.status_code == 200, answer.content
    page = answer.json()
    assert len(page["rows"]) == 1
    assert list(page["rows"][0]["values"]) == [field["name"] for field in page["fields"]]
    assert all(field["label"] for field in page["fields"])


def test_days_and_amounts_are_texts(api, people, enterprise):
    row = make_row("licences", enterprise)
    values = api(people.county).get(ledger(enterprise, "licences")).json()["rows"][0]["values"]

    assert values["valid_to"] == row.valid_to.isoformat()
    assert values["number"] == row.number


def test_phone_numbers_in_a_ledger_are_masked(api, people, enterprise):
    make_row("contractors", enterprise, phone="13605461234")
    values = api(people.county).get(ledger(enterprise, "contractors")).json()["rows"][0]["values"]

    assert values["phone"] == "136****1234"


def test_the_ledger_of_an_enterprise_out_of_sight_is_not_found(api, people, enterprise, other_enterprise):
    make_row("licences", other_enterprise)

    assert api(people.county).get(ledger(other_enterprise, "licences")).status_code == 404
    assert api(people.expert).get(ledger(enterprise, "licences")).status_code == 403
    assert api(people.other_county).get(ledger(enterprise, "licences")).status_code == 404


def test_a_ledger_that_there_is_not_is_refused(api, people, enterprise):
    assert api(people.county).get(ledger(enterprise, "gossip")).status_code == 422


def test_a_ledger_is_read_page_by_page_and_nothing_is_given_twice(api, people, enterprise):
    for n in range(5):
        row = make_row("drills", enterprise, held_on=date(2025, 1, 1) + timedelta(days=n))
        type(row).objects.filter(pk=row.pk).update(updated_at=AT - timedelta(days=n))
    browser, seen, mark = api(people.county), [], ""
    for _page in range(3):
        page = browser.get(ledger(enterprise, "drills"), {"limit": 2, **({"cursor": mark} if mark else {})})
        seen += [row["id"] for row in page.json()["rows"]]
        mark = page.json()["next"]

    assert (len(seen), len(set(seen)), mark) == (5, 5, None)
    since = (AT - timedelta(days=1)).isoformat()
    assert len(browser.get(ledger(enterprise, "drills"), {"changed_since": since}).json()["rows"]) == 2


def test_a_mark_that_is_none_and_a_condition_that_is_none_are_refused(api, people, enterprise):
    browser = api(people.county)
    for url in (ledger(enterprise, "licences"), SOURCES):
        assert browser.get(url, {"cursor": "x"}).status_code == 422
        assert browser.get(url, {"gossip": "1"}).status_code == 422


@pytest.fixture
def sources(people, enterprise, other_enterprise) -> list[SourceUnit]:
    """A source of grade 4 and a unit below the threshold here, a source of grade 3 elsewhere."""
    return [
        recorded(enterprise, people.enterprise),
        recorded(enterprise, people.enterprise, tonnes("3"), name="氨水间"),
        recorded(other_enterprise, people.other_enterprise, tonnes("60"), name="球罐区", residents_500m=120),
    ]


def test_sources_are_those_that_the_token_s_person_sees(api, people, sources):
    assert set(names(api(people.county).get(SOURCES))) == {"液氨罐区", "氨水间"}
    assert set(names(api(people.city).get(SOURCES))) == {"液氨罐区", "氨水间", "球罐区"}
    assert names(api(people.other_county).get(SOURCES)) == ["球罐区"]
    assert api(people.expert).get(SOURCES).status_code == 403


def test_a_source_comes_with_its_figures_and_its_substances(api, people, enterprise, sources):
    row = next(row for row in api(people.county).get(SOURCES).json()["rows"] if row["name"] == "液氨罐区")

    assert (row["uscc"], row["grade"], row["state"]) == (enterprise.uscc, 4, "identified")
    assert (Decimal(row["s_value"]), Decimal(row["r_value"])) == (Decimal("1.2"), Decimal("3.6"))
    assert [(one["number"], Decimal(one["quantity"])) for one in row["substances"]] == [(1, Decimal(12))]
    assert "phone" not in " ".join(row)


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"standing": "true"}, {"液氨罐区", "球罐区"}),
        ({"standing": "false"}, {"氨水间"}),
        ({"grade": "4"}, {"液氨罐区"}),
        ({"state": "below"}, {"氨水间"}),
        ({"place": "370522"}, {"球罐区"}),
        ({"place": "370523101001"}, {"液氨罐区", "氨水间"}),
    ],
)
def test_sources_are_narrowed_by_the_conditions_of_the_address(api, people, sources, conditions, found):
    assert set(names(api(people.city).get(SOURCES, conditions))) == found


def test_sources_of_one_enterprise(api, people, other_enterprise, sources):
    assert names(api(people.city).get(SOURCES, {"uscc": other_enterprise.uscc.lower()})) == ["球罐区"]


def test_sources_come_page_by_page(api, people, sources):
    browser = api(people.city)
    first = browser.get(SOURCES, {"limit": 2}).json()
    second = browser.get(SOURCES, {"limit": 2, "cursor": first["next"]}).json()

    assert len({row["id"] for row in first["rows"] + second["rows"]}) == 3
    assert second["next"] is None


def test_a_page_costs_the_same_questions_for_one_row_and_for_many(
    api, people, enterprise, django_assert_max_num_queries
):
    browser = api(people.county)
    for n in range(12):
        make_row("drills", enterprise, held_on=date(2025, 1, 1) + timedelta(days=n))
        recorded(enterprise, people.enterprise, name=f"罐区{n}")
    assert Licence.objects.count() == 0
    with django_assert_max_num_queries(9):
        assert len(browser.get(SOURCES).json()["rows"]) == 12
    with django_assert_max_num_queries(9):
        assert len(browser.get(ledger(enterprise, "drills")).json()["rows"]) == 12
