"""Each figure about hazards counts exactly the rows that its list shows."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import resolve

from hazards.measures import MEASURES, TALLIES
from hazards.models import Hazard
from hazards.periods import Period, months_to
from hazards.views.lists import due_this_week
from inbox.figures import measures
from listings.measures import registry, split
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import a_year_of_hazards, closed, moment, standing
from tests.people import AT

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def year(people, enterprise, other_enterprise):
    a_year_of_hazards(enterprise, make_enterprise("370523102001"), other_enterprise)


def rows_of_list(url: str, user):
    """What the list at the address shows to the person; the address must be one that the list understands."""
    path, _, query = url.partition("?")
    page = resolve(path).func.view_class
    request = RequestFactory().get(url)
    request.user = user
    visible = page.model.objects.visible_to(user)
    chosen = page.filter_class(QueryDict(query), queryset=visible, request=request)
    assert not chosen.errors, (url, chosen.errors)
    assert set(chosen.data) - {"page"} <= known_parameters(chosen), url
    return chosen.qs


def known_parameters(filterset) -> set[str]:
    ends = ("", "_after", "_before", "_min", "_max")
    return {f"{name}{end}" for name in filterset.filters for end in ends}


@pytest.mark.parametrize("who", ["city", "county", "town", "other_county", "dept", "enterprise"])
def test_every_measure_and_every_part_of_it_opens_its_own_rows(year, people, at, who):
    user = getattr(people, who)
    for measure in registry().values():
        assert measure.value(user, at) == rows_of_list(measure.url(), user).count(), measure.code
        for way in measure.breakdowns:
            for share in split(measure, way.code, user, at):
                assert share.count == rows_of_list(share.url, user).count(), share.url


def test_the_city_counts_more_than_the_county_and_the_county_more_than_the_town(year, people, at):
    found = [registry()["hazards.open"].value(user, at) for user in (people.city, people.county, people.town)]
    assert found == [14, 11, 8]


def test_what_is_overdue_is_open_and_not_handed_in(year, people, at):
    overdue = registry()["hazards.overdue"].queryset(people.city, at)
    assert {(row.state, row.deadline_on < TODAY) for row in overdue} == {("rectifying", True)}
    assert overdue.count() == 4


def test_what_was_set_aside_counts_as_neither_found_nor_closed(enterprise, people, at):
    standing(enterprise, state="not_hazard", closed_at=at)
    assert [registry()[f"hazards.{code}"].value(people.city, at) for code in ("found", "closed")] == [0, 0]


def test_a_month_begins_at_midnight_in_shanghai(enterprise, people, at):
    last = standing(enterprise, found_at=moment(2026, 2, 28, 23, 59))
    first = standing(enterprise, found_at=moment(2026, 3, 1, 0, 0))
    march = Period.month(TODAY, today=TODAY)
    assert list(TALLIES["found"].rows(people.city, march)) == [first]
    february = Period.month(date(2026, 2, 3), today=TODAY)
    assert list(TALLIES["found"].rows(people.city, february)) == [last]


def test_nothing_is_due_in_time_or_late_on_its_own_day(enterprise, people, at):
    standing(enterprise, deadline_on=TODAY, state="verifying", rectified_at=at)
    assert registry()["hazards.due"].value(people.city, at) == 0


@pytest.mark.parametrize(
    ("rectified_at", "state", "in_time"),
    [
        (moment(2026, 3, 5, 23, 59), "closed", True),
        (moment(2026, 3, 6, 0, 0), "closed", False),
        (moment(2026, 3, 5), "verifying", True),
        (moment(2026, 3, 5), "rectifying", False),
        (None, "rectifying", False),
    ],
)
def test_in_time_is_handed_in_on_the_day_and_not_sent_back(
    enterprise, people, at, rectified_at, state, in_time
):
    standing(enterprise, deadline_on=date(2026, 3, 5), state=state, rectified_at=rectified_at)
    month = Period.month(TODAY, today=TODAY)
    assert TALLIES["in_time"].rows(people.city, month).count() == int(in_time)
    late = rows_of_list(TALLIES["due"].url(month, rectification="late"), people.city)
    assert late.count() == int(not in_time)


def test_a_granted_row_of_another_county_opens_too(year, people, at):
    """The list of places offered ends at the person's own area, the figure does not."""
    hazard = Hazard.objects.visible_to(people.other_county).first()
    user = people.county
    entries = user.scope
    user.scope = type(entries)(entries.entries, {"hazards.hazard": frozenset({hazard.pk})})
    shares = split(registry()["hazards.found"], "county", user, at)
    assert {rows_of_list(share.url, user).count() == share.count for share in shares} == {True}


def test_the_last_twelve_months_end_with_this_one():
    months = months_to(date(2026, 1, 31))
    assert (len(months), months[0], months[-1]) == (12, date(2025, 2, 1), date(2026, 1, 1))


def test_a_year_begins_with_its_first_month_and_a_month_knows_its_end():
    year = Period.year_to(TODAY)
    assert (year.first, year.last, year.last_passed) == (
        date(2025, 4, 1),
        date(2026, 3, 31),
        date(2026, 3, 9),
    )
    assert Period.month(date(2024, 2, 9), today=TODAY).last == date(2024, 2, 29)


def test_a_measure_is_one_query_however_many_rows(people, enterprise, at, django_assert_num_queries):
    for days in range(30):
        closed(enterprise, closed_at=at - timedelta(days=days))
    people.city.scope  # noqa: B018 - read once for the request
    with django_assert_num_queries(1):
        registry()["hazards.closed"].value(people.city, at)
    with django_assert_num_queries(1):
        split(registry()["hazards.closed"], "industry", people.city, at)


def test_the_home_page_shows_six_figures_and_each_leads_somewhere():
    shown = measures()
    assert [each.code.partition(".")[0] for each in shown].count("hazards") == 5
    assert all(each.url().startswith("/") for each in shown)
    assert len({measure.code for measure in MEASURES}) == len(MEASURES)


def test_the_list_reads_a_day_range_as_local_days(enterprise, people):
    inside = closed(enterprise, closed_at=datetime(2026, 2, 28, 23, 59, 59, 999000, tzinfo=AT.tzinfo))
    closed(enterprise, closed_at=moment(2026, 3, 1, 0, 0))
    url = "/hazards/?closed_after=2026-02-01&closed_before=2026-02-28"
    assert list(rows_of_list(url, people.city)) == [inside]


def test_the_tab_of_this_week_keeps_to_the_week(enterprise, people):
    due = [standing(enterprise, deadline_on=date(2026, 3, day)) for day in (9, 10, 15, 16)]
    rows = rows_of_list(f"/hazards/?{urlencode(due_this_week(people.city))}", people.city)
    assert set(rows) == set(due[1:3])
