"""What the matrix asks about self-checks and patrols: a list in use, the next one being composed, a route with its stop."""

from typing import Any

from enterprises.models import Enterprise
from inspections.models import PatrolRoute, PatrolStop, SelfCheckLine, SelfCheckList
from inspections.self_checks.views.verbs import VIEWS
from tests.factories.enterprises import make_enterprise
from tests.factories.inspections import make_edition, make_items
from tests.factories.self_checks import accepted, composed, make_route, self_checked, stop_of
from tests.people import AT, People

COMPOSING = ("self_check_list", "take_list_items", "write_own_item", "assign_lines", "remove_lines", *VIEWS)
CHECKING = ("begin_self_check", "report_all_well")
ROUTES = ("route", "change_route", "end_route")
# The pages whose questions are counted, and who looks.
PAGES = {
    "inspections:self_check_lists": "town",
    "inspections:self_check_list": "enterprise",
    "inspections:begin_self_check": "enterprise",
    "inspections:patrols": "town",
    "inspections:patrols_due": "grid",
    "inspections:begin_patrol": "grid",
    "inspections:routes": "town",
    "inspections:route": "town",
}
LISTS = {
    "inspections:self_check_lists",
    "inspections:patrols",
    "inspections:patrols_due",
    "inspections:routes",
}
KEYED = {
    "inspections:self_check_list",
    "inspections:begin_self_check",
    "inspections:begin_patrol",
    "inspections:route",
}


def make_checks(people: People, enterprise: Enterprise, at: Any = AT) -> dict[str, Any]:
    """Make them at the enterprise of Dawang; it has checked itself once."""
    in_use = accepted(people, enterprise, editions=[make_edition(2)], at=at)
    self_checked(people, in_use, at=at)
    draft = composed(people, enterprise, editions=[], at=at)
    stop = stop_of(make_route(people, at=at), enterprise)
    return {"self_check_list": draft, "list_in_use": in_use, "stop": stop}


def addresses(draft: SelfCheckList, in_use: SelfCheckList, stop: PatrolStop) -> dict[str, dict[str, Any]]:
    """Return what the addresses are asked with."""
    return {
        **dict.fromkeys((f"inspections:{name}" for name in COMPOSING), {"pk": draft.pk}),
        **dict.fromkeys((f"inspections:{name}" for name in CHECKING), {"pk": in_use.pk}),
        **dict.fromkeys((f"inspections:{name}" for name in ROUTES), {"pk": stop.route_id}),
        "inspections:begin_patrol": {"pk": stop.pk},
    }


def fill(world: Any, people: People, number: int) -> None:
    """Put many lines, lists, checks, stops and routes where there was one."""
    lines = [
        SelfCheckLine(list=world.self_check_list, item=item, position=100 + place)
        for place, item in enumerate(make_items(number))
    ]
    SelfCheckLine.objects.bulk_create(lines)
    for serial in range(number):
        enterprise = make_enterprise(name=f"广饶听松木业第{serial}分公司", grid_id="370523101001001")
        stands = {"state": "draft", "state_since": AT, "version": 1, "created_at": AT}
        SelfCheckList.objects.create(enterprise=enterprise, number=1, cycle_days=30, **stands)
        PatrolStop.objects.create(
            route=world.stop.route, enterprise=enterprise, cycle_days=90, next_on=world.stop.next_on
        )
        PatrolRoute.objects.create(region_id="370523101", name=f"路线{serial}", created_at=AT)
    for _ in range(8):
        self_checked(people, world.list_in_use)
