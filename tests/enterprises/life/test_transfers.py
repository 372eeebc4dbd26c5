"""A file moves to another district: asked by the one, taken over or refused by the other."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from audit.models import Entry
from deadlines.models import Deadline
from deadlines.services import running
from enterprises import services
from enterprises.models import Enterprise, Transfer
from hazards import services as hazard_services
from hazards.models import Hazard
from lifecycle.refusals import AlreadyDone, NotPermitted, VerbRefused
from regions.models import Region
from tests.factories.hazards import reported
from tests.factories.life import offered, ordered, proof

LIJIN = "370522001001"


def place(code):
    return Region.objects.get(pk=code)


def taken_over(people, transfer, at, code=LIJIN):
    return services.accept_transfer(transfer, region=place(code), by=people.other_county, at=at)


def test_nothing_moves_before_the_other_side_has_answered(people, enterprise, at):
    transfer = offered(people, enterprise)
    enterprise.refresh_from_db()
    assert enterprise.region_id == "370523101001"
    assert running(transfer, "enterprises.decide_transfer").due_on == date(2026, 3, 24)
    assert Transfer.objects.visible_to(people.other_county).get() == transfer
    assert not Enterprise.objects.visible_to(people.other_county).filter(pk=enterprise.pk).exists()


def test_the_file_moves_with_its_open_work_and_leaves_what_is_closed(people, enterprise, at):
    open_one = reported(enterprise, people.town, source="inspection")
    closed = reported(enterprise, people.town, source="inspection", description="护栏缺失")
    hazard_services.mark_not_hazard(closed, reason="已有护栏", by=people.town, at=at)
    transfer = taken_over(people, offered(people, enterprise), at)
    enterprise.refresh_from_db()
    assert (transfer.state, enterprise.region_id, enterprise.grid_id) == ("accepted", LIJIN, None)
    assert Hazard.objects.get(pk=open_one.pk).county_code == "370522"
    assert Hazard.objects.get(pk=closed.pk).county_code == "370523"
    clock = Deadline.objects.of(open_one).get()
    assert (clock.region_id, clock.enterprise_id) == (LIJIN, enterprise.pk)


def test_after_the_move_the_one_side_sees_the_file_and_both_see_the_thread(people, enterprise, at):
    transfer = taken_over(people, offered(people, enterprise), at)
    assert Enterprise.objects.visible_to(people.other_county).filter(pk=enterprise.pk).exists()
    assert not Enterprise.objects.visible_to(people.county).filter(pk=enterprise.pk).exists()
    for person in (people.county, people.other_county, people.city):
        assert Transfer.objects.visible_to(person).filter(pk=transfer.pk).exists()
    assert not Transfer.objects.visible_to(people.other_town).exists()


def test_the_move_stands_on_record_on_the_file_itself(people, enterprise, at):
    taken_over(people, offered(people, enterprise), at)
    entry = Entry.objects.get(
        verb="enterprises.accept_transfer", target_id=enterprise.pk, data__has_key="from"
    )
    assert (entry.actor, entry.data["from"]) == (people.other_county, "370523101001")


def test_who_offers_does_not_take_over(people, enterprise, at):
    lijin = place("370522")
    services.ask_transfer(enterprise, to_region=lijin, reason="搬迁", by=people.city, at=at)
    transfer = Transfer.objects.get()
    with pytest.raises(VerbRefused, match="You offered this file"):
        services.accept_transfer(transfer, region=place(LIJIN), by=people.city, at=at)
    with pytest.raises(NotPermitted):
        services.accept_transfer(transfer, region=place(LIJIN), by=people.county, at=at)


def test_a_file_is_taken_over_only_into_the_place_it_was_offered_to(people, enterprise, at):
    transfer = offered(people, enterprise)
    with pytest.raises(ValidationError) as refused:
        taken_over(people, transfer, at, code="370523102001")
    assert "region" in refused.value.error_dict
    assert Transfer.objects.get().state == "asked"


def test_a_refusal_says_why_and_leaves_the_file(people, enterprise, at):
    transfer = services.refuse_transfer(
        offered(people, enterprise), reason="不在本县辖区", by=people.other_county, at=at
    )
    assert (transfer.state, transfer.decision_reason) == ("refused", "不在本县辖区")
    assert not Deadline.objects.open().exists()
    assert offered(people, enterprise).pk != transfer.pk


def test_an_offer_is_taken_back_before_the_answer(people, enterprise, at):
    transfer = offered(people, enterprise)
    services.withdraw_transfer(enterprise, by=people.county, at=at)
    transfer.refresh_from_db()
    assert (transfer.state, transfer.decided_by) == ("withdrawn", people.county)
    with pytest.raises(VerbRefused):
        taken_over(people, transfer, at)


def test_one_offer_at_a_time(people, enterprise, at):
    offered(people, enterprise)
    with pytest.raises(VerbRefused):
        offered(people, enterprise)


@pytest.mark.parametrize("code", ["370523", "370523101001", "3705"])
def test_a_file_is_not_offered_to_where_it_lies(people, enterprise, at, code):
    with pytest.raises(ValidationError) as refused:
        services.ask_transfer(enterprise, to_region=place(code), reason="搬迁", by=people.county, at=at)
    assert "to_region" in refused.value.error_dict
    assert not Transfer.objects.exists()


def test_taking_over_twice_moves_once(people, enterprise, at):
    transfer = offered(people, enterprise)
    taken_over(people, transfer, at)
    with pytest.raises(AlreadyDone):
        taken_over(people, transfer, at)


def test_a_stopped_enterprise_keeps_its_status_and_its_clock_on_the_move(people, enterprise, at):
    ordered(people, enterprise)
    taken_over(people, offered(people, enterprise), at)
    clock = running(enterprise, "enterprises.recheck_stop")
    assert clock.region_id == LIJIN
    enterprise.refresh_from_db()
    services.approve_resumption(
        enterprise, evidence=proof(people.other_county), by=people.other_county, at=at
    )
    assert (
        services.resume(
            enterprise,
            evidence=proof(people.other_county, at=at + timedelta(hours=1)),
            by=people.other_county,
            at=at + timedelta(hours=1),
        ).operating_status
        == "normal"
    )
