"""Self-check lists and patrol routes for the tests, made through the services."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from deadlines.models import Deadline
from inspections import services
from inspections.models import Edition, PatrolRoute, PatrolStop, SelfCheckList, Visit
from regions.models import Grid, Region
from tests.factories.inspections import make_edition
from tests.people import AT


def composed(
    people, enterprise, *, editions: list[Edition] | None = None, at: datetime = AT
) -> SelfCheckList:
    """A list that the enterprise is composing."""
    chosen = [make_edition(3)] if editions is None else editions
    return services.compose_list(enterprise, editions=chosen, by=people.enterprise, at=at)


def submitted(
    people, enterprise, *, cycle_days: int | None = None, at: datetime = AT, **about
) -> SelfCheckList:
    """A list handed in."""
    row = composed(people, enterprise, at=at, **about)
    return services.submit_list(row, cycle_days=cycle_days, by=people.enterprise, at=at)


def accepted(people, enterprise, *, at: datetime = AT, **about) -> SelfCheckList:
    """A list in use."""
    return services.accept_list(submitted(people, enterprise, at=at, **about), by=people.town, at=at)


def self_checked(people, row: SelfCheckList, *, at: datetime = AT + timedelta(days=1)) -> Visit:
    """A self-check finished: everything complies."""
    return services.report_all_well(row, by=people.enterprise, at=at)


def make_route(people, *, at: datetime = AT, **about) -> PatrolRoute:
    """The route of the grid of Dawang, drawn by the town."""
    facts = {
        "kind": "grid_patrol",
        "name": "大王社区网格1巡查路线",
        "grid": Grid.objects.get(pk="370523101001001"),
        "worker": people.grid,
        "by": people.town,
        **about,
    }
    return services.draw_route(at=at, **facts)


def make_town_route(people, *, at: datetime = AT) -> PatrolRoute:
    """The route of the town office of Dawang."""
    region = Region.objects.get(pk="370523101")
    return services.draw_route(kind="gov_patrol", name="大王镇巡查路线", region=region, by=people.town, at=at)


def stop_of(route: PatrolRoute, enterprise) -> PatrolStop:
    """The stop of an enterprise on a route."""
    return route.stops.select_related("route", "enterprise").get(enterprise=enterprise)


def patrol(people, stop: PatrolStop, *, at: datetime = AT + timedelta(days=1)) -> Visit:
    """A patrol of the stop, made and finished: nothing found."""
    visit = services.begin_patrol(stop, by=people.grid, at=at)
    return services.finish_visit(visit, outcome="nothing", by=people.grid, at=at)


def clock_of(target, rule: str) -> Deadline | None:
    """The open clock of a record, if one runs."""
    return Deadline.objects.of(target).open().filter(rule=rule).first()


def day(at: datetime, days: int = 0):
    """The local day so many days after a moment."""
    return localdate(at) + timedelta(days=days)
