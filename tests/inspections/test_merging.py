"""Two files of one enterprise with lists, visits, stops and doubts on both sides: merged, and parted again."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from accounts.models import Post, Role, User
from deadlines.models import Deadline
from enterprises import services as files
from inspections import services
from inspections.doubts.services import find_doubts
from inspections.models import Doubt, PatrolStop, SelfCheckList, Visit
from inspections.patrols.clock import lay_stops
from inspections.self_checks.clock import RULE
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import standing as hazard
from tests.factories.inspections import make_edition
from tests.factories.self_checks import clock_of, make_route, stop_of
from tests.people import AT

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=20)
LATER = NOW + timedelta(days=2)


@pytest.fixture
def double(people):
    """The second file of the enterprise, in the same grid, with a safety officer of its own."""
    row = make_enterprise("370523101001", name="广饶砚池木业公司", grid_id="370523101001001")
    Post.objects.create(
        user=people.enterprise,
        role=Role.ENTERPRISE,
        enterprise_id=row.pk,
        from_on=localdate(AT),
        title="安全员",
    )
    return row


@pytest.fixture
def officer(people, double) -> User:
    """The safety officer of both files, with both posts read."""
    return User.objects.get(pk=people.enterprise.pk)


def listed(row, officer, people, state: str) -> SelfCheckList:
    """A list of an enterprise as far as `state`."""
    drafted = services.compose_list(row, editions=[make_edition(2)], by=officer, at=AT)
    if state == "draft":
        return drafted
    handed_in = services.submit_list(drafted, by=officer, at=AT)
    return handed_in if state == "submitted" else services.accept_list(handed_in, by=people.town, at=AT)


def merge(kept, dropped, people):
    return files.merge(kept, dropped, reason="一照两档", by=people.county, at=NOW)


def part(record, people):
    return files.part(record, reason="两家企业", by=people.county, at=LATER)


def states(row) -> dict[int, str]:
    return dict(SelfCheckList.objects.filter(enterprise_id=row.pk).values_list("number", "state"))


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        ("accepted", "accepted", {1: "accepted", 2: "superseded"}),
        ("draft", "submitted", {1: "draft", 2: "superseded"}),
        ("accepted", "draft", {1: "accepted", 2: "draft"}),
    ],
)
def test_both_lists_stand_beside_each_other_and_come_apart_again(
    people, enterprise, double, officer, ours, theirs, together
):
    listed(enterprise, officer, people, ours)
    other = listed(double, officer, people, theirs)

    record = merge(enterprise, double, people)
    assert states(enterprise) == together

    part(record, people)
    assert states(enterprise) == {1: ours}
    assert states(double) == {1: theirs}
    other.refresh_from_db()
    assert Deadline.objects.of(other).open().count() == 1


def test_the_clock_of_the_list_put_out_of_use_stops_and_begins_again(people, enterprise, double, officer):
    listed(enterprise, officer, people, "accepted")
    other = listed(double, officer, people, "accepted")

    record = merge(enterprise, double, people)
    assert clock_of(other, RULE) is None

    part(record, people)
    other.refresh_from_db()
    assert clock_of(other, RULE).due_on == other.next_check_on


def test_a_list_somebody_has_gone_on_with_stays_as_it_is(people, enterprise, double, officer):
    other = listed(double, officer, people, "draft")
    listed(enterprise, officer, people, "submitted")
    record = merge(enterprise, double, people)
    SelfCheckList.objects.filter(pk=other.pk).update(number=7)

    part(record, people)

    assert states(double) == {7: "superseded"}


def test_visits_stops_and_doubts_go_along_and_come_back(people, enterprise, double, officer):
    route = make_route(people)
    theirs = stop_of(route, double)
    visit = services.begin_patrol(theirs, by=people.grid, at=AT)
    services.finish_visit(visit, outcome="nothing", by=people.grid, at=AT)
    for row in (enterprise, double):
        for day in (1, 8, 15):
            hazard(row, found_at=AT + timedelta(days=day))
    find_doubts(at=NOW)
    assert Doubt.objects.filter(kind="copied_text").count() == 2

    record = merge(enterprise, double, people)
    assert Visit.objects.get(pk=visit.pk).enterprise == enterprise
    assert PatrolStop.objects.count() == 1
    assert Doubt.objects.filter(kind="copied_text").count() == 1
    open_on = set(
        Deadline.objects.open().filter(rule="inspections.patrol").values_list("target_id", flat=True)
    )
    assert open_on == set(PatrolStop.objects.values_list("pk", flat=True))

    restored = part(record, people)
    lay_stops(at=LATER)
    assert Visit.objects.get(pk=visit.pk).enterprise_id == restored.pk
    assert clock_of(stop_of(route, restored), "inspections.patrol") is not None
    again = Doubt.objects.get(kind="copied_text", enterprise_id=restored.pk)
    assert clock_of(again, "inspections.look_into") is not None
