"""Far pages and their order: no row twice, none left out, whatever the sort holds."""

from datetime import date

import pytest
from django.urls import reverse

from enterprises.models import Enterprise
from enterprises.views.lists import EnterpriseList
from listings import counting, paging
from listings.columns import Column
from tests.factories.enterprises import make_enterprise

URL = reverse("enterprises:list")


class ByAge(EnterpriseList):
    """The same list with a sort by a day that may be missing."""

    key = ""
    columns = (
        *EnterpriseList.columns,
        Column("age", "Age", "established_on", sort="-established_on"),
        Column("called", "Name", "name", sort="name"),
    )


@pytest.fixture
def many(places) -> list[Enterprise]:
    """Seventy enterprises; half of them without the day, many with the same."""
    days = [None, date(2001, 1, 1), None, date(2002, 2, 2), date(2001, 1, 1)]
    return [make_enterprise(established_on=days[number % 5]) for number in range(70)]


@pytest.fixture
def deep_at_once(monkeypatch) -> None:
    """Let the second page already begin behind the first."""
    monkeypatch.setattr(paging, "DEEP", 0)


@pytest.mark.parametrize("sort", ["established_on", "-established_on", "name", "-updated_at"])
def test_following_next_shows_every_row_once(people, many, page_for, deep_at_once, sort):
    seen, query = [], f"sort={sort}"
    while query:
        page = page_for(people.town, query, ByAge)
        seen += [row.pk for row in page.rows]
        query = page.pager()["next_url"].partition("?")[2]
        assert not query or "after=" in query

    wanted = page_for(people.town, f"sort={sort}", ByAge)
    assert seen == list(wanted.ordered(wanted.filtered).values_list("pk", flat=True))


def test_a_far_page_is_not_reached_by_counting_rows(
    people, many, page_for, deep_at_once, django_assert_num_queries
):
    next_url = page_for(people.town, "size=25").pager()["next_url"]
    page = page_for(people.town, next_url.partition("?")[2])

    with django_assert_num_queries(1) as seen:
        assert len(page.keys) == 25

    assert "OFFSET" not in seen[-1]["sql"]


@pytest.mark.parametrize("mark", ["x", "bnVsbA", "W10", "WzEsMl0", "é", "A" * 500, "WyJub3QgYSBkYXkiLDFd"])
def test_a_mark_that_is_none_is_passed_over(sign_in, people, many, mark):
    answer = sign_in(people.town).get(URL, {"page": "2", "after": mark})

    assert answer.status_code == 200


def test_a_page_beyond_the_last_is_the_last(people, many, page_for):
    assert page_for(people.town, "page=99").page == 3
    assert len(page_for(people.town, "page=99").rows) == 21


def test_beyond_the_limit_the_count_says_so_and_offers_to_count(people, many, page_for, monkeypatch):
    monkeypatch.setattr(counting, "LIMIT", 50)

    pager = page_for(people.town).pager()
    exact = page_for(people.town, "count=exact").pager()

    assert pager["exact_url"].endswith("count=exact")
    assert not exact["exact_url"]
    assert exact["total"] == "71"


def test_no_page_number_leads_beyond_what_counting_may_reach(people, many, page_for, monkeypatch):
    monkeypatch.setattr(counting, "LIMIT", 50)

    page = page_for(people.town, "page=3")

    assert page.page == 2
    assert "after=" not in page_for(people.town).pager()["next_url"]


def test_a_column_may_grow_while_its_field_falls(people, many, page_for):
    head = next(
        head
        for head in page_for(people.town, "sort=-established_on", ByAge).heads()
        if head["label"] == "Age"
    )

    assert head["sort"] == "ascending"
    assert "sort=established_on" in head["url"]


def test_a_far_page_forgets_its_mark_when_anything_else_changes(people, many, page_for):
    page = page_for(people.town, "page=2&after=WzEsMl0&size=25")

    assert "after" not in page.address(size=50, page=None)
    assert "after=WzEsMl0" in page.address()
