"""A route's page, who may change it, who begins at its stops, and who is told when one was missed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from deadlines.sweeping import sweep
from inbox.models import Message
from inbox.outbox import dispatch
from inspections import services
from inspections.models import PatrolRoute, PatrolStop, Visit
from tests.factories.self_checks import make_route, make_town_route, stop_of
from tests.people import AT, make_user

pytestmark = pytest.mark.django_db
KEY = {"key": "7f9c24e8-3b12-4c1e-9a55-0d2f3a1c6b77"}
LATE = AT + timedelta(days=130)
GRID = "370523101001001"


@pytest.fixture
def route(people, enterprise) -> PatrolRoute:
    return make_route(people)


def page(browser, name: str, pk: int, **said):
    url = reverse(f"inspections:{name}", args=[pk])
    return browser.post(url, said) if said else browser.get(url)


def test_the_page_counts_what_is_late_and_what_was_missed(people, route, sign_in):
    PatrolStop.objects.update(missed_count=3, next_on=AT.date() - timedelta(days=400))

    shown = page(sign_in(people.town), "route", route.pk).context

    assert shown["counts"] == {"all": 1, "late": 1, "missed": 1}


@pytest.mark.parametrize(
    ("who", "edits", "goes"), [("town", True, False), ("county", True, False), ("grid", False, True)]
)
def test_who_keeps_a_route_changes_it_and_who_goes_round_begins(people, route, sign_in, who, edits, goes):
    shown = page(sign_in(getattr(people, who)), "route", route.pk).context

    assert (shown["can_edit"], shown["can_go"]) == (edits, goes)


def test_a_route_out_of_use_is_changed_no_more(people, route, sign_in):
    services.end_route(route, reason="网格合并", by=people.town, at=AT)

    assert page(sign_in(people.town), "route", route.pk).context["can_edit"] is False


@pytest.mark.parametrize("name", ["change_route", "end_route"])
def test_the_grid_worker_reads_the_route_and_changes_nothing(people, route, sign_in, name):
    assert page(sign_in(people.grid), name, route.pk).status_code == 403
    with pytest.raises(PermissionDenied):
        services.change_route(route, facts={"name": "x"}, by=people.grid, at=AT)


@pytest.mark.parametrize("who", ["other_town", "enterprise", "expert"])
def test_out_of_scope_there_is_no_route(people, route, sign_in, who):
    assert page(sign_in(getattr(people, who)), "route", route.pk).status_code == 404


def test_the_county_sees_a_stop_and_does_not_make_its_patrol(people, enterprise, route, sign_in):
    stop = stop_of(route, enterprise)

    assert page(sign_in(people.county), "begin_patrol", stop.pk, **KEY).status_code == 403
    assert not Visit.objects.exists()


def test_the_town_s_own_patrol_begins_at_its_own_stop(people, enterprise, sign_in):
    stop = stop_of(make_town_route(people), enterprise)

    assert page(sign_in(people.town), "begin_patrol", stop.pk, **KEY).status_code == 302
    assert Visit.objects.get().kind == "gov_patrol"


def test_whoever_goes_nowhere_has_no_page_of_what_is_due(people, sign_in):
    assert sign_in(people.enterprise).get(reverse("inspections:patrols_due")).status_code == 403


# Who is told


def told() -> set[str]:
    sweep(LATE)
    dispatch(at=LATE)
    rows = Message.objects.filter(code="inspections.patrol_missed")
    return set(rows.values_list("user__username", flat=True))


def test_without_a_name_whoever_holds_the_post_is_told(people, route):
    services.change_route(route, facts={"worker": None}, by=people.town, at=AT)

    assert told() == {"grid", "town"}


def test_a_worker_who_has_left_is_not_the_one_who_is_told(people, route):
    make_user("successor", "赵守义", "grid", region_id="370523101001", grid_code=GRID)
    User.objects.filter(pk=people.grid.pk).update(is_active=False)

    assert told() == {"successor", "town"}


def test_a_missed_patrol_of_the_town_is_told_to_the_town_alone(people, enterprise):
    make_town_route(people)
    later = AT + timedelta(days=400)
    sweep(later)
    dispatch(at=later)

    rows = Message.objects.filter(code="inspections.patrol_missed")
    assert set(rows.values_list("user__username", flat=True)) == {"town"}


# What leads to where


def test_the_list_leads_to_a_route_only_whom_may_see_it(people, enterprise, sign_in):
    """The town's own route passes through the grid, whose worker sees the stop and not the route."""
    to_route = f'href="{make_town_route(people).get_absolute_url()}"'
    names = reverse("inspections:patrols")

    assert to_route in sign_in(people.town).get(names).content.decode()
    seen = sign_in(people.grid).get(names).content.decode()
    assert enterprise.name in seen
    assert to_route not in seen
