"""Lists of what hangs on enterprises are searched by the enterprise, through the index of the files."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enterprises import services
from enterprises.search import ByEnterprise
from enterprises.truth.score import refresh
from listings.registry import PAGES
from tests.factories.ledgers import make_row
from tests.factories.life import offered
from tests.factories.regions import make_region
from tests.factories.sources import recorded
from tests.factories.truth import make_conflict
from tests.people import AT
from tests.plans import multiply, plan_of


@pytest.fixture
def world(people, enterprise, other_enterprise, at):
    """A row of each list here and elsewhere."""
    for each, officer in ((enterprise, people.officer), (other_enterprise, None)):
        make_conflict(each, officer)
        make_row("licences", each)
    recorded(enterprise, people.enterprise)
    recorded(other_enterprise, people.other_enterprise, name="球罐区")
    offered(people, enterprise)
    offered_elsewhere(people, other_enterprise)
    refresh(on=at.date())
    return enterprise


def offered_elsewhere(people, other_enterprise) -> None:
    """A file of Lijin that goes to another of its own towns: no concern of Guangrao."""
    town = make_region("370522002")
    services.ask_transfer(other_enterprise, to_region=town, reason="搬迁", by=people.other_county, at=AT)


LISTS = {
    "conflicts": reverse("enterprises:conflicts"),
    "quality": reverse("enterprises:quality"),
    "sources": reverse("enterprises:sources"),
    "licences": reverse("enterprises:ledger_list", args=["licences"]),
    "transfers": reverse("enterprises:transfers"),
}


def found(browser, url: str, words: str) -> int:
    return len(browser.get(url, {"q": words}).context["page"].rows)


@pytest.mark.parametrize("url", LISTS.values(), ids=LISTS)
def test_rows_are_found_by_what_the_file_of_their_enterprise_says(world, people, sign_in, url):
    browser = sign_in(people.city)

    for words in (world.name, world.name[:5], world.uscc, world.uscc.lower()[-8:]):
        assert found(browser, url, words) == 1, words
    assert found(browser, url, "没有这家") == 0


@pytest.mark.parametrize("url", LISTS.values(), ids=LISTS)
def test_a_search_does_not_leave_the_person_s_place(world, people, sign_in, url, other_enterprise):
    assert found(sign_in(people.county), url, other_enterprise.uscc) == 0
    assert found(sign_in(people.other_county), url, other_enterprise.uscc) == 1


@pytest.mark.parametrize("url", LISTS.values(), ids=LISTS)
def test_one_character_is_looked_for_too(world, people, sign_in, url):
    assert found(sign_in(people.county), url, world.name[2]) == 1


@pytest.mark.parametrize("url", LISTS.values(), ids=LISTS)
def test_of_several_words_all_must_be_there(world, people, sign_in, url):
    browser = sign_in(people.city)

    assert found(browser, url, f"{world.name[2:4]} {world.name[:2]}") == 1
    assert found(browser, url, f"{world.name[2:4]} 没有这家") == 0


def test_a_phone_number_is_found_as_people_write_it(world, people, sign_in):
    type(world).objects.filter(pk=world.pk).update(contact_phone="13605467788")

    assert found(sign_in(people.city), LISTS["conflicts"], "136-0546-7788") == 1


def test_a_source_is_found_by_its_own_name_too(world, people, sign_in):
    assert found(sign_in(people.city), LISTS["sources"], "球罐") == 1
    assert found(sign_in(people.city), LISTS["sources"], "球") == 1


def test_who_is_offered_a_file_finds_it_by_name_and_code_and_by_nothing_it_says_of_people(
    world, people, sign_in
):
    type(world).objects.filter(pk=world.pk).update(contact_phone="13605467788")
    browser = sign_in(people.other_county)

    assert found(browser, LISTS["transfers"], world.uscc) == 1
    assert found(browser, LISTS["transfers"], world.name[:4]) == 1
    assert found(browser, LISTS["transfers"], "13605467788") == 0


def test_words_in_more_files_than_are_counted_find_the_same(world, people, sign_in, monkeypatch):
    monkeypatch.setattr("enterprises.search.rare", lambda *given: None)

    for url in LISTS.values():
        assert found(sign_in(people.city), url, world.uscc) == 1


@pytest.mark.parametrize("url", LISTS.values(), ids=LISTS)
def test_the_words_are_read_from_the_index_of_the_files(world, people, sign_in, url):
    multiply(world, 1000, uscc="'91370523MB' || lpad(nth::text, 8, '0')")
    browser = sign_in(people.county)
    with CaptureQueriesContext(connection) as asked:
        browser.get(url, {"q": world.uscc[-8:]})
    of_files = [one["sql"] for one in asked if "strpos" in one["sql"] and "sw_placed_bigrams" in one["sql"]]
    compared = [one["sql"] for one in asked if "strpos" in one["sql"] and one["sql"] not in of_files]

    assert of_files
    # Only the few sources and transfers are compared by their own words, with the files known by then.
    own = ("enterprises_sourceunit", "enterprises_transfer")
    assert all(any(table in sql for table in own) and "search_text" not in sql for sql in compared)
    for sql in of_files:
        assert "enterprise_search" in plan_of(sql, "seqscan")


def test_no_list_of_what_hangs_on_enterprises_reads_all_rows_for_a_search():
    hanging = [page for page in PAGES.values() if page.key.startswith("enterprises.ledgers.")]
    hanging.append(PAGES["enterprises.transfers"])

    assert len(hanging) > 20
    assert [page.key for page in hanging if page.reads_all or not issubclass(page, ByEnterprise)] == []
