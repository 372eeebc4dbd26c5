"""The picker: search as you type, at most twenty rows, inside one's own regions."""

import pytest
from django.urls import reverse

from tests.factories.regions import make_region

URL = reverse("regions:search")


def found(client, **query: str) -> list[str]:
    return [row["id"] for row in client.get(URL, query).json()["results"]]


def test_a_town_is_found_by_name_with_the_path_above_it(people, sign_in):
    client = sign_in(people.county)
    assert client.get(URL, {"q": "大王镇"}).json() == {
        "results": [{"id": "370523101", "text": "大王镇", "note": "山东省 › 东营市 › 广饶县"}]
    }


def test_a_place_is_found_by_the_beginning_of_its_code(people, sign_in):
    assert found(sign_in(people.county), q="370523102") == ["370523102", "370523102001"]


def test_places_of_another_county_are_not_offered(people, sign_in):
    client = sign_in(people.county)
    assert found(client, q="利津") == []
    assert found(client, q="3705220") == []


def test_a_level_narrows_the_offer(people, sign_in):
    assert found(sign_in(people.city), q="大王", level="4") == ["370523101"]


@pytest.mark.parametrize("level", ["9", "x", "-1", "４"])
def test_a_level_that_is_none_is_ignored(people, sign_in, level):
    assert found(sign_in(people.city), q="大王镇", level=level) in (["370523101"], [])


def test_no_more_than_twenty_are_offered(people, sign_in):
    for serial in range(30):
        make_region(f"370523101{serial + 300:03}", f"试验村{serial}")
    assert len(found(sign_in(people.county), q="试验村")) == 20


@pytest.mark.parametrize("words", ["%", "_", "'", "\\", "\0", "😀" * 500, " "])
def test_odd_words_do_no_harm(people, sign_in, words):
    assert sign_in(people.county).get(URL, {"q": words}).status_code == 200


def test_one_search_costs_two_queries(people, sign_in, django_assert_max_num_queries):
    client = sign_in(people.county)
    found(client, q="大王")
    # Session, person and posts beside the two of the search.
    with django_assert_max_num_queries(8):
        found(client, q="大王")


def test_a_visitor_is_sent_to_sign_in(client, places):
    assert client.get(URL, {"q": "大王"}).status_code == 302


def test_only_reading_is_allowed(people, sign_in):
    assert sign_in(people.county).post(URL).status_code == 405
