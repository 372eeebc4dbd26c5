"""Large areas read stored counts: the same numbers, of the moment they were counted."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import Post
from analytics import services, stored
from analytics.models import Kind, Snapshot, StoredCount
from analytics.selectors import counted, situation
from analytics.tasks import refresh_counts
from hazards.models import Hazard
from listings.measures import registry, split
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import a_year_of_hazards, standing
from tests.people import AT

pytestmark = pytest.mark.django_db
WHO = ["city", "county", "town", "other_county", "other_town", "dept"]
LATER = AT + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False), translation.override("en"):
        yield


@pytest.fixture
def year(people, enterprise, other_enterprise):
    a_year_of_hazards(enterprise, make_enterprise("370523102001"), other_enterprise)


@pytest.fixture
def all_large(monkeypatch):
    monkeypatch.setattr(stored, "MOST_LIVE", 0)


def numbers(found):
    """Everything counted, without what holds nothing."""
    axes = {axis: {value: +n for value, n in parts.items() if +n} for axis, parts in found.split.by.items()}
    return axes, +found.split.total, {month: +n for month, n in found.months.items()}, found.enterprises


@pytest.mark.parametrize("who", WHO)
def test_a_snapshot_says_what_counting_the_rows_says(year, people, who, monkeypatch):
    user = getattr(people, who)
    counted_now = numbers(situation(user, AT))
    assert sum(counted_now[1].values()) > 3
    services.refresh(at=AT)
    monkeypatch.setattr(stored, "MOST_LIVE", 0)
    assert numbers(situation(user, LATER)) == counted_now


@pytest.mark.parametrize("who", WHO)
def test_each_measure_by_each_way_says_the_same(year, people, who, monkeypatch):
    user = getattr(people, who)
    services.refresh(at=AT)
    monkeypatch.setattr(stored, "MOST_LIVE", 0)
    for measure in registry().values():
        for way in measure.breakdowns:
            live = {(str(part.label), part.count, part.url) for part in split(measure, way.code, user, AT)}
            parts, _at = counted(measure, way, user, AT)
            assert {(str(part.label), part.count, part.url) for part in parts} == live, (
                measure.code,
                way.code,
            )


def test_the_figures_speak_of_the_moment_they_were_counted(year, people, all_large):
    services.refresh(at=AT)
    standing(Hazard.objects.first().enterprise)
    found = situation(people.city, LATER)
    assert found.at == AT
    assert found.split.total["open"] == situation(people.city, LATER).split.total["open"] == 14


def test_the_page_says_of_which_moment_it_speaks(year, people, all_large, sign_in):
    services.refresh(at=AT)
    with time_machine.travel(LATER, tick=False):
        page = sign_in(people.city).get(reverse("analytics:overview"))
    assert page.context["at"] == AT


def test_a_small_area_is_counted_now(year, people):
    services.refresh(at=AT)
    standing(Hazard.objects.first().enterprise)
    found = situation(people.city, LATER)
    assert (found.at, found.split.total["open"]) == (LATER, 15)


def test_without_a_snapshot_the_rows_are_counted(year, people, all_large):
    assert situation(people.city, AT).split.total["open"] == 14


def test_a_large_area_reads_no_hazards_but_for_their_capped_number(year, people, all_large):
    services.refresh(at=AT)
    with CaptureQueriesContext(connection) as asked:
        situation(people.city, LATER)
    of_hazards = [each["sql"] for each in asked if 'FROM "hazards_hazard"' in each["sql"]]
    assert len(of_hazards) == 1
    assert "LIMIT 1)" in of_hazards[0]


def test_a_village_of_ones_own_is_counted_beside_what_is_stored(year, people, enterprise, all_large):
    before = situation(people.other_county, AT).split.total["open"]
    Post.objects.create(
        user=people.other_county, role="town", region_id=enterprise.region_id, from_on=AT.date(), title="驻村"
    )
    person = type(people.other_county).objects.get(pk=people.other_county.pk)
    services.refresh(at=AT)
    in_village = Hazard.objects.filter(region_id=enterprise.region_id).open().count()
    assert in_village > 0
    assert situation(person, AT).split.total["open"] == before + in_village


def test_a_minute_passes_between_two_countings(year):
    assert services.refresh_if_due(at=AT)
    assert services.refresh_if_due(at=AT + timedelta(seconds=59)) is None
    assert services.refresh_if_due(at=AT + timedelta(seconds=61))


def test_counting_that_takes_long_is_done_less_often(year):
    services.refresh(at=AT)
    Snapshot.objects.update(seconds=30)
    assert services.refresh_if_due(at=AT + timedelta(minutes=9)) is None
    assert services.refresh_if_due(at=AT + timedelta(minutes=10))


def test_the_snapshot_before_is_kept_for_whoever_is_reading_it(year):
    for hours in range(4):
        services.refresh(at=AT + timedelta(hours=hours))
    assert Snapshot.objects.count() == 2
    assert set(StoredCount.objects.values_list("snapshot", flat=True)) == set(
        Snapshot.objects.values_list("pk", flat=True)
    )


def test_each_level_holds_the_whole(year):
    services.refresh(at=AT)
    for kind in Kind:
        sums = {
            grain: (
                sum(row.n_found for row in StoredCount.objects.filter(kind=kind, grain=grain)),
                sum(row.n_enterprises for row in StoredCount.objects.filter(kind=kind, grain=grain)),
            )
            for grain in StoredCount.objects.filter(kind=kind).values_list("grain", flat=True)
        }
        assert len(sums) == (3 if kind in {Kind.STANDING, Kind.ENTERPRISES} else 2)
        assert len(set(sums.values())) == 1


def test_the_clock_counts(year):
    assert refresh_counts() is True
    assert refresh_counts() is False
    assert Snapshot.objects.get().taken_at == AT
