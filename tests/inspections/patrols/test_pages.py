"""The pages of patrols: what is due on the phone, the routes, what was missed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from inspections.models import PatrolRoute, PatrolStop, Visit
from tests.factories.inspections import make_edition
from tests.factories.self_checks import make_route, make_town_route, stop_of
from tests.people import AT

pytestmark = pytest.mark.django_db
GRID = "370523101001001"
KEY = {"key": "7f9c24e8-3b12-4c1e-9a55-0d2f3a1c6b77"}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The pages ask the clock; it stands at the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def address(name, *keys):
    return reverse(f"inspections:{name}", args=keys)


@pytest.mark.parametrize(("days", "group"), [(-1, "late"), (0, "week"), (7, "week"), (8, "later")])
def test_what_is_due_stands_under_its_heading(people, enterprise, sign_in, days, group):
    stop = stop_of(make_route(people), enterprise)
    PatrolStop.objects.update(next_on=AT.date() + timedelta(days=days))

    shown = sign_in(people.grid).get(address("patrols_due")).context

    assert {name: list(shown[name]) for name in ("late", "week", "later") if shown[name]} == {group: [stop]}


def test_the_town_is_shown_its_own_stops_as_due_not_the_grids(people, enterprise, sign_in):
    make_route(people)
    own = stop_of(make_town_route(people), enterprise)
    PatrolStop.objects.update(next_on=AT.date())

    assert list(sign_in(people.town).get(address("patrols_due")).context["week"]) == [own]


def test_a_patrol_begins_with_the_checklists_taken_along(people, enterprise, sign_in):
    stop, edition = stop_of(make_route(people), enterprise), make_edition(2)

    answer = sign_in(people.grid).post(address("begin_patrol", stop.pk), {**KEY, "editions": [edition.pk]})

    visit = Visit.objects.get()
    assert answer.url == address("check", visit.pk)
    assert (visit.kind, list(visit.editions.all())) == ("grid_patrol", [edition])


def test_a_checklist_that_does_not_fit_is_not_taken_along(people, enterprise, sign_in):
    stop = stop_of(make_route(people), enterprise)
    other = make_edition(2, categories=["hazchem"])

    answer = sign_in(people.grid).post(address("begin_patrol", stop.pk), {**KEY, "editions": [other.pk]})

    assert answer.status_code == 422
    assert not Visit.objects.exists()


def test_the_town_draws_a_route(people, enterprise, sign_in):
    facts = {"kind": "grid_patrol", "grid": GRID, "name": "一号线", "worker": people.grid.pk}

    answer = sign_in(people.town).post(address("draw_route"), facts)

    route = PatrolRoute.objects.get()
    assert answer.url == route.get_absolute_url()
    assert (route.worker, route.stops.count()) == (people.grid, 1)


def test_a_route_without_its_ground_is_shown_again(people, enterprise, sign_in):
    answer = sign_in(people.town).post(
        address("draw_route"), {"kind": "gov_patrol", "grid": GRID, "name": "x"}
    )

    assert answer.status_code == 422
    assert "region" in answer.context["form"].errors


def test_a_town_is_offered_only_its_own_grids(people, enterprise, sign_in):
    page = sign_in(people.other_town).get(address("draw_route"))

    assert not page.context["form"].fields["grid"].queryset.exists()


def test_a_route_is_changed_and_ended(people, enterprise, sign_in):
    route = make_route(people)
    browser = sign_in(people.town)

    browser.post(address("change_route", route.pk), {"name": "二号线", "worker": ""})
    browser.post(address("end_route", route.pk), {"reason": "网格合并"})

    route.refresh_from_db()
    assert (route.name, route.worker, route.is_active) == ("二号线", None, False)


def test_missed_patrols_are_a_filter_away(people, enterprise, sign_in):
    make_route(people)
    browser, url = sign_in(people.county), address("patrols")
    assert enterprise.name not in browser.get(url, {"missed": "true"}).content.decode()

    PatrolStop.objects.update(missed_count=2)

    assert enterprise.name in browser.get(url, {"missed": "true"}).content.decode()


def test_the_list_of_routes_counts_what_is_late_and_what_was_missed(people, enterprise, sign_in):
    make_route(people)
    PatrolStop.objects.update(missed_count=2, next_on=AT.date() - timedelta(days=1))

    (row,) = sign_in(people.county).get(address("routes")).context["page"].rows

    assert (row.stop_count, row.late_count, row.missed_stops) == (1, 1, 1)
