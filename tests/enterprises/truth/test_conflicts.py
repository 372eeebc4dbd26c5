"""What business saw against what the file says."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from deadlines.models import Deadline
from enterprises.models import Conflict, Enterprise, FactGroup, QualityScore
from enterprises.services import confirm, dismiss_conflict, keep_declared, report_conflict, take_seen
from inbox.models import DeliveryState
from inbox.signals import delivery_failed
from inbox.sms.backends import Outcome, Result
from inbox.sms.sending import settle
from inbox.worklist import lines, owed
from lifecycle.refusals import AlreadyDone, NotPermitted
from tests.factories.inbox import make_delivery
from tests.factories.truth import make_conflict
from tests.people import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def conflict(people, enterprise) -> Conflict:
    """An officer found another address on site."""
    return make_conflict(enterprise, people.officer, reference="检查记录 3 号", reference_url="/hazards/")


def place(enterprise) -> FactGroup:
    return FactGroup.objects.get(enterprise=enterprise, group="place")


def test_both_values_stand_side_by_side(conflict, people):
    assert (conflict.declared, conflict.seen) == ("大王镇工业路北12号", "大王镇潍高路21号")
    assert (conflict.group, conflict.reported_by, conflict.state) == ("place", people.officer, "open")


def test_the_group_counts_as_stale_until_it_is_resolved(conflict, enterprise):
    assert place(enterprise).doubt == "大王镇潍高路21号"
    assert "place" in QualityScore.objects.get(enterprise=enterprise).stale


def test_the_town_has_ten_working_days(conflict, people):
    due = Deadline.objects.of(conflict).get()
    assert (due.n, due.unit) == (10, "workday")
    rows = lines(
        list(owed(people.town.scope.entries).filter(rule="enterprises.resolve_conflict")), user=people.town
    )
    assert [line.row.url for line in rows] == [conflict.get_absolute_url()]


def test_the_same_is_reported_once_while_it_is_open(conflict, people, enterprise):
    assert make_conflict(enterprise, people.grid, LATER) == conflict
    assert make_conflict(enterprise, people.grid, LATER, seen="大王镇潍高路23号") != conflict


def test_it_may_be_reported_again_after_it_was_resolved(conflict, people, enterprise):
    dismiss_conflict(conflict, reason="同一院区两个门牌", by=people.town, at=LATER)

    assert make_conflict(enterprise, people.officer, LATER) != conflict


def test_what_was_seen_comes_into_the_file(conflict, people, enterprise):
    done = take_seen(conflict, value="大王镇潍高路21号", by=people.town, at=LATER)

    assert Enterprise.objects.get(pk=enterprise.pk).production_address == "大王镇潍高路21号"
    assert (done.state, place(enterprise).doubt, place(enterprise).source) == ("resolved_seen", "", "on_site")


@pytest.mark.parametrize(
    ("field", "value"), [("contact_phone", "1360546"), ("industry_code", "26"), ("name", " ")]
)
def test_a_value_that_does_not_fit_the_field_is_refused(people, enterprise, field, value):
    found = make_conflict(enterprise, people.officer, field=field, seen="不一致")

    with pytest.raises(ValidationError) as refused:
        take_seen(found, value=value, by=people.town, at=LATER)
    assert "value" in refused.value.error_dict
    assert Conflict.objects.get(pk=found.pk).state == "open"


def test_a_status_seen_stays_in_doubt_until_its_own_step(people, enterprise):
    found = make_conflict(enterprise, people.officer, field="operating_status", seen="现场已停产")
    take_seen(found, by=people.town, at=LATER)

    assert Enterprise.objects.get(pk=enterprise.pk).operating_status == "normal"
    assert FactGroup.objects.get(enterprise=enterprise, group="status").doubt == "现场已停产"


def test_the_file_may_turn_out_right(conflict, people, enterprise):
    keep_declared(conflict, reason="现场核实，门牌未变", by=people.town, at=LATER)

    assert (place(enterprise).doubt, place(enterprise).source) == ("", "on_site")


def test_a_dismissed_conflict_leaves_the_earlier_confirmation(people, enterprise):
    confirm(enterprise, "place", by=people.enterprise, at=AT)
    found = make_conflict(enterprise, people.officer, LATER)
    dismiss_conflict(found, reason="同一院区两个门牌", by=people.town, at=LATER)

    assert (place(enterprise).doubt, place(enterprise).confirmed_at) == ("", AT)


def test_one_of_two_conflicts_does_not_clear_the_group(conflict, people, enterprise):
    make_conflict(enterprise, people.officer, seen="大王镇潍高路23号")
    keep_declared(conflict, reason="现场核实", by=people.town, at=LATER)

    assert place(enterprise).doubt != ""


def test_it_is_resolved_once(conflict, people):
    keep_declared(conflict, reason="现场核实", by=people.town, at=LATER, version=1)

    with pytest.raises(AlreadyDone):
        keep_declared(conflict, reason="现场核实", by=people.town, at=LATER, version=1)


def test_only_who_corrects_files_resolves(conflict, people):
    with pytest.raises(NotPermitted):
        keep_declared(conflict, reason="现场核实", by=people.enterprise, at=LATER)


def test_what_the_file_says_already_is_no_conflict(people, enterprise):
    with pytest.raises(ValidationError):
        make_conflict(enterprise, people.officer, seen="大王镇工业路北12号")


def test_a_field_that_nobody_knows_is_refused(enterprise):
    with pytest.raises(LookupError):
        report_conflict(enterprise, field="weather", seen="雨", source="other", by=None, at=AT)


def bounce(times: int, region: str = "370523101001", number: str = "13605460002") -> None:
    """Give up so many messages to the number, one after another."""
    for turn in range(times):
        at = AT + timedelta(minutes=turn)
        row = make_delivery(
            region_id=region, recipient="phone-1", phone=number, state="sending", claimed_at=at
        )
        settle(row, Outcome(Result.FAILED), at=at)
        assert row.__class__.objects.get(pk=row.pk).state == DeliveryState.FAILED


@pytest.mark.parametrize(("times", "reported"), [(2, 0), (3, 1), (5, 1)])
def test_three_messages_in_a_row_that_come_back_are_a_conflict(
    enterprise, django_capture_on_commit_callbacks, times, reported
):
    with django_capture_on_commit_callbacks(execute=True):
        bounce(times)

    found = Conflict.objects.filter(enterprise=enterprise, field="contact_phone", source="sms")
    assert found.count() == reported
    assert all(row.declared == "13605460002" for row in found)


def test_a_message_that_arrived_begins_the_count_anew(enterprise, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bounce(2)
        make_delivery(
            region_id="370523101001",
            recipient="phone-1",
            phone="13605460002",
            state="sent",
            claimed_at=AT + timedelta(minutes=30),
        )
        last = make_delivery(
            region_id="370523101001",
            recipient="phone-1",
            phone="13605460002",
            state="sending",
            claimed_at=AT + timedelta(minutes=40),
        )
        settle(last, Outcome(Result.FAILED), at=AT + timedelta(minutes=40))

    assert not Conflict.objects.exists()


def test_a_number_of_nobody_s_file_is_nobody_s_conflict(enterprise, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bounce(3, number="13600000000")

    assert not Conflict.objects.exists()


def test_the_signal_is_heard():
    assert any(
        "contact_out_of_reach" in repr(receiver) for _key, receiver, *_rest in delivery_failed.receivers
    )
