"""Routes and their stops: laid by the enterprises there, kept up every night."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from deadlines.models import Deadline
from enterprises.models import Enterprise
from inspections import services
from inspections.models import PatrolRoute, PatrolStop
from inspections.patrols.clock import lay_stops
from regions.models import Grid, Region
from tests.factories.enterprises import make_enterprise
from tests.factories.self_checks import clock_of, day, make_route, make_town_route, stop_of
from tests.people import AT

pytestmark = pytest.mark.django_db
RULE = "inspections.patrol"
GRID = "370523101001001"


def test_a_route_stops_at_the_enterprises_of_its_grid(people, enterprise):
    make_enterprise()

    route = make_route(people)

    assert [stop.enterprise for stop in route.stops.all()] == [enterprise]


def test_a_town_route_stops_at_every_enterprise_of_the_town(people, enterprise):
    neighbour = make_enterprise("370523101200")

    route = make_town_route(people)

    assert {stop.enterprise for stop in route.stops.all()} == {enterprise, neighbour}


@pytest.mark.parametrize(
    ("tags", "colour", "days"), [([], "blue", 90), (["crowded"], "yellow", 30), (["dust"], "orange", 15)]
)
def test_the_colour_says_how_often(people, enterprise, tags, colour, days):
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=tags)

    stop = stop_of(make_route(people), enterprise)

    assert (stop.colour, stop.cycle_days) == (colour, days)
    assert day(AT, 1) <= stop.next_on <= day(AT, days)


def test_a_town_goes_round_more_rarely_than_the_grid(people, enterprise):
    assert stop_of(make_town_route(people), enterprise).cycle_days == 360


def test_a_new_route_does_not_come_due_as_a_whole_on_one_day(people, enterprise):
    for _ in range(20):
        make_enterprise(grid_id=GRID)

    days = set(make_route(people).stops.values_list("next_on", flat=True))

    assert len(days) > 15


def test_every_stop_has_its_clock_in_the_grid_of_its_worker(people, enterprise):
    clock = clock_of(stop_of(make_route(people), enterprise), RULE)

    assert clock.due_on == stop_of(PatrolRoute.objects.get(), enterprise).next_on
    assert (clock.grid_code, clock.region_id) == (GRID, "370523101001")


@pytest.mark.parametrize(
    "facts",
    [
        {"operating_status": "closed"},
        {"operating_status": "suspended_self", "stop_checked_until": day(AT, 60)},
        {"grid_id": None},
    ],
)
def test_an_enterprise_that_ends_rests_or_moves_leaves_the_route_with_its_clock(people, enterprise, facts):
    stop = stop_of(make_route(people), enterprise)
    Enterprise.objects.filter(pk=enterprise.pk).update(**facts)

    assert lay_stops(at=AT + timedelta(days=1)) == (0, 1)
    assert not PatrolStop.objects.exists()
    assert clock_of(stop, RULE) is None


def test_a_new_enterprise_joins_the_route_at_night(people, enterprise):
    route = make_route(people)
    newcomer = make_enterprise(grid_id=GRID)

    assert lay_stops(at=AT + timedelta(days=1)) == (1, 0)
    assert clock_of(stop_of(route, newcomer), RULE) is not None


def test_a_night_without_news_writes_nothing(people, enterprise):
    make_route(people)
    before = list(Deadline.objects.filter(rule=RULE).values_list("pk", "due_at"))

    assert lay_stops(at=AT + timedelta(days=1)) == (0, 0)
    assert list(Deadline.objects.filter(rule=RULE).values_list("pk", "due_at")) == before


def test_a_risk_that_has_risen_brings_the_stop_and_its_clock_forward(people, enterprise):
    stop = stop_of(make_route(people), enterprise)
    PatrolStop.objects.update(next_on=day(AT, 80))
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=["dust"])

    lay_stops(at=AT + timedelta(days=1))

    stop.refresh_from_db()
    assert (stop.colour, stop.next_on) == ("orange", day(AT, 16))
    assert clock_of(stop, RULE).due_on <= day(AT, 16)


def test_a_risk_that_has_fallen_leaves_the_day_as_it_was(people, enterprise):
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=["dust"])
    stop = stop_of(make_route(people), enterprise)
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=[])

    lay_stops(at=AT + timedelta(days=1))

    fresh = stop_of(PatrolRoute.objects.get(), enterprise)
    assert (fresh.cycle_days, fresh.next_on) == (90, stop.next_on)


def test_many_stops_take_as_many_statements_as_one(people, enterprise, django_assert_max_num_queries):
    make_route(people)
    for _ in range(30):
        make_enterprise(grid_id=GRID)

    with django_assert_max_num_queries(25):
        assert lay_stops(at=AT + timedelta(days=1)) == (30, 0)


def test_a_grid_has_one_route(people, enterprise):
    make_route(people)

    with pytest.raises(ValidationError, match="already"):
        make_route(people)


def test_a_town_has_one_route_of_its_own(people, enterprise):
    make_town_route(people)

    with pytest.raises(ValidationError, match="already"):
        make_town_route(people)


def test_a_grid_patrol_has_its_grid(people, enterprise):
    with pytest.raises(ValidationError, match="grid"):
        make_route(people, grid=None, region=Region.objects.get(pk="370523101"))


def test_whoever_goes_round_holds_a_post_for_it(people, enterprise):
    with pytest.raises(ValidationError, match="no post"):
        make_route(people, worker=people.expert)


@pytest.mark.parametrize("who", ["grid", "other_town", "other_county", "enterprise"])
def test_only_the_town_or_county_of_the_place_draws_it(people, enterprise, who):
    with pytest.raises(PermissionDenied):
        make_route(people, by=getattr(people, who))
    assert not PatrolRoute.objects.exists()


def test_a_route_gets_another_worker(people, enterprise):
    route = services.change_route(
        make_route(people), facts={"worker": None, "name": "一号线"}, by=people.county, at=AT
    )

    assert (route.worker, route.name) == (None, "一号线")


def test_a_town_elsewhere_does_not_find_the_route(people, enterprise):
    with pytest.raises(PatrolRoute.DoesNotExist):
        services.change_route(make_route(people), facts={"name": "x"}, by=people.other_town, at=AT)


def test_a_route_that_ends_drops_its_stops_and_lets_another_begin(people, enterprise):
    services.end_route(make_route(people), reason="网格合并", by=people.town, at=AT)
    assert not PatrolStop.objects.exists()
    assert not Deadline.objects.open().filter(rule=RULE).exists()

    assert make_route(people).is_active


def test_ending_a_route_needs_a_reason(people, enterprise):
    with pytest.raises(ValidationError, match="why"):
        services.end_route(make_route(people), reason="  ", by=people.town, at=AT)


def test_the_grid_worker_sees_the_own_route_and_the_town_those_of_the_town(people, enterprise):
    make_route(people)
    Grid.objects.create(code="370523102001001", region_id="370523102001", kind="safety", name="稻庄社区网格1")

    for person, number in ((people.grid, 1), (people.town, 1), (people.county, 1), (people.other_town, 0)):
        assert PatrolRoute.objects.visible_to(person).count() == number
        assert PatrolStop.objects.visible_to(person).count() == number


def test_the_enterprise_is_not_told_when_somebody_comes(people, enterprise):
    stop = stop_of(make_route(people), enterprise)

    assert not PatrolStop.objects.visible_to(people.enterprise).exists()
    assert not Deadline.objects.of(stop).visible_to(people.enterprise).exists()
