"""What a county lists in a quarter, beside what is asked of it; and who reviews a listed hazard on site."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from hazards import services
from hazards.quarter import quarter_of, this_quarter
from tests.factories.rulebook import make_parameter
from tests.hazards.test_major_loop import LISTING, review
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(under_review, people):
    return services.list_for_supervision(under_review, listing=LISTING, by=people.leader, at=AT)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 11, 5), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_its_three_months(day, first, last):
    quarter = quarter_of(day)
    assert (quarter.first, quarter.last) == (first, last)


def test_each_county_stands_beside_what_is_asked_of_it(listed, people):
    make_parameter("LISTING_PER_QUARTER", 1, jurisdiction="370523", unit="count")
    rows = {row.name: row for row in this_quarter(people.city, AT.date())}

    here, there = rows["广饶县"], rows["利津县"]
    assert (here.listed, here.industries, here.wanted, here.is_enough) == (1, 1, 1, True)
    assert (there.listed, there.wanted, there.is_enough) == (0, 3, False)


def test_the_number_opens_exactly_what_was_listed(listed, people, sign_in):
    with time_machine.travel(AT, tick=False):
        browser = sign_in(people.city)
        (row,) = [row for row in browser.get(reverse("hazards:quarter")).context["rows"] if row.listed]
        page = browser.get(row.url)

    assert page.context["page"].total == row.listed


def test_a_town_watches_over_no_county(listed, people, sign_in):
    assert this_quarter(people.town, AT.date()) == []
    assert sign_in(people.town).get(reverse("hazards:quarter")).status_code == 200


def test_a_listed_hazard_is_reviewed_with_an_expert(listed, people, at):
    with pytest.raises(ValidationError) as refused:
        review(listed, people, at, expert_name="")
    assert set(refused.value.error_dict) == {"expert_name"}


def test_how_many_officers_review_a_listed_hazard_stands_in_the_rulebook(listed, people, at):
    make_parameter("LISTING_OFFICERS", 3, jurisdiction="370523", unit="count")

    with pytest.raises(ValidationError, match="3"):
        review(listed, people, at)
    assert review(listed, people, at, officers=[people.officer, people.second_officer, people.county])
