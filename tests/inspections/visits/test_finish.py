"""Finishing: an explicit result, and nothing left open."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from deadlines.services import running
from hazards.choices import EntryMode
from inspections import services
from inspections.models import Answer, Signature, Visit
from inspections.visits.positions import Position
from inspections.visits.signals import visit_finished
from lifecycle.refusals import AlreadyDone, VerbRefused
from paperwork.models import IssuedDocument
from tests.factories.hazards import make_photo
from tests.factories.inspections import (
    confirm_facts,
    finished,
    make_edition,
    patrolled,
    planned,
    ready,
    sign_all,
    signature_file,
    under_way,
)
from tests.people import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
# Where the enterprise is not registered; a position all the same.
POSITION = Position(37.05, 118.4, 15)


def finish(visit, people, outcome="nothing", at=LATER, **about):
    return services.finish_visit(visit, outcome=outcome, by=people.officer, at=at, **about)


def test_a_finished_visit_owes_nothing_more(people, enterprise):
    visit = finished(people, enterprise, make_edition(2))
    assert (visit.state, visit.outcome, visit.failed_count, visit.hazard_count) == (
        "finished",
        "nothing",
        0,
        0,
    )
    assert running(visit, "inspections.finish") is None


def test_nothing_found_must_be_said(people, enterprise):
    visit = ready(people, enterprise)
    with pytest.raises(ValidationError, match="nothing found is an answer"):
        finish(visit, people, outcome="")


def test_nothing_found_does_not_stand_beside_a_hazard(people, enterprise):
    visit = under_way(people, enterprise)
    facts = {"place": "院内", "description": "堆放易燃物", "category": "fire"}
    services.find_hazard(visit, facts=facts, by=people.officer, at=AT)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    with pytest.raises(ValidationError, match="does not fit"):
        finish(visit, people)
    assert finish(visit, people, outcome="found").hazard_count == 1


def test_problems_are_not_claimed_without_one(people, enterprise):
    with pytest.raises(ValidationError, match="No problem stands on record"):
        finish(ready(people, enterprise), people, outcome="found")


def test_a_failing_item_without_hazard_or_reason_holds_the_visit_open(people, enterprise):
    edition = make_edition(1)
    visit = ready(people, enterprise, edition)
    services.answer(visit, edition.items.get().pk, result="fail", by=people.officer, at=AT)
    with pytest.raises(VerbRefused, match="neither a hazard nor a reason"):
        finish(visit, people, outcome="found")


def test_a_reason_is_enough_for_a_failing_item(people, enterprise):
    edition = make_edition(1)
    visit = ready(people, enterprise, edition)
    item = edition.items.get().pk
    services.answer(visit, item, result="fail", reason="当场改正", by=people.officer, at=AT)
    done = finish(visit, people, outcome="found")
    assert (done.failed_count, done.hazard_count) == (1, 0)


def test_items_without_an_answer_are_kept_as_not_checked(people, enterprise):
    edition = make_edition(3)
    visit = under_way(people, enterprise, edition)
    services.answer(visit, edition.items.first().pk, result="pass", by=people.officer, at=AT)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    finish(visit, people)
    assert Answer.objects.filter(result="not_checked").count() == 2


def test_a_visit_that_answered_nothing_is_no_visit(people, enterprise):
    visit = under_way(people, enterprise, make_edition(3))
    with pytest.raises(VerbRefused, match="No item has been answered"):
        finish(visit, people)


def test_an_inspection_ends_only_after_the_facts_were_gone_through(people, enterprise):
    visit = under_way(people, enterprise)
    sign_all(people, visit)
    with pytest.raises(VerbRefused, match="have not been confirmed"):
        finish(visit, people)


def test_an_inspection_ends_only_after_both_sides_signed(people, enterprise):
    visit = under_way(people, enterprise)
    confirm_facts(visit, people.officer)
    with pytest.raises(VerbRefused, match="Not yet signed"):
        finish(visit, people)


def test_one_officer_does_not_sign_for_two(people, enterprise):
    visit = ready(people, enterprise)
    Signature.objects.filter(signer=people.second_officer).delete()
    with pytest.raises(VerbRefused, match="Inspecting side"):
        finish(visit, people)


def test_what_is_answered_after_the_signatures_is_signed_again(people, enterprise):
    edition = make_edition(1)
    visit = ready(people, enterprise, edition)
    change = AT + timedelta(minutes=5)
    services.answer(visit, edition.items.get().pk, result="na", by=people.officer, at=change)
    with pytest.raises(VerbRefused, match="Not yet signed"):
        finish(visit, people)
    sign_all(people, visit, at=change)
    assert finish(visit, people).state == "finished"


def test_a_refusal_to_sign_with_a_witness_is_enough(people, enterprise):
    visit = ready(people, enterprise)
    Signature.objects.filter(side="party").delete()
    services.refuse_signature(
        visit, name="陆春生", reason="不认可结论", witness="社区干部王强", by=people.officer, at=AT
    )
    assert finish(visit, people).state == "finished"


def test_a_refusal_without_a_witness_does_not_stand(people, enterprise):
    with pytest.raises(ValidationError) as refused:
        services.refuse_signature(
            under_way(people, enterprise),
            name="陆春生",
            reason="不认可",
            witness="",
            by=people.officer,
            at=AT,
        )
    assert list(refused.value.error_dict) == ["witness"]


def test_an_empty_picture_is_no_signature(people, enterprise):
    visit = under_way(people, enterprise)
    with pytest.raises(ValidationError, match="Nothing is drawn"):
        services.sign(
            visit, side="party", name="陆春生", picture=signature_file(drawn=False), by=people.officer, at=AT
        )
    services.sign(visit, side="party", name="陆春生", picture=signature_file(), by=people.officer, at=AT)
    assert Signature.objects.get().name == "陆春生"


def test_for_the_inspecting_side_signs_who_takes_part(people, enterprise):
    with pytest.raises(ValidationError, match="takes part"):
        services.sign(
            under_way(people, enterprise),
            side="officer",
            name="",
            signer=people.county,
            by=people.officer,
            at=AT,
        )


def test_the_second_device_learns_that_the_visit_is_finished(people, enterprise):
    visit = ready(people, enterprise)
    finish(visit, people)
    with pytest.raises(AlreadyDone, match="马会芳"):
        services.finish_visit(visit, outcome="nothing", by=people.second_officer, at=LATER)


def test_the_parts_hear_of_the_end_inside_the_transaction(people, enterprise):
    heard = []

    def listen(sender, *, visit, by, at, **more):
        heard.append((visit.pk, by, at))

    visit_finished.connect(listen)
    try:
        visit = finished(people, enterprise)
    finally:
        visit_finished.disconnect(listen)
    assert heard == [(visit.pk, people.officer, LATER)]


# Back-filled


def test_a_visit_with_a_position_finished_in_time_is_not_back_filled(people, enterprise):
    visit = planned(people, enterprise)
    visit = services.start_visit(visit, position=POSITION, by=people.officer, at=AT)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    done = finish(visit, people)
    assert (done.is_backfilled, done.entry_mode) == (False, EntryMode.ONLINE)


def test_a_visit_typed_in_a_day_after_the_site_was_left_is_back_filled(people, enterprise):
    visit = planned(people, enterprise)
    begun = AT - timedelta(hours=30)
    visit = services.start_visit(visit, position=POSITION, started_at=begun, by=people.officer, at=AT)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    done = finish(visit, people, ended_at=AT - timedelta(hours=28))
    assert (done.is_backfilled, done.entry_mode) == (True, EntryMode.BACKFILLED)


def test_a_visit_without_position_and_photo_is_back_filled(people, enterprise):
    assert finished(people, enterprise).is_backfilled


def test_a_photo_shows_that_somebody_was_there(people, enterprise):
    edition = make_edition(1)
    visit = ready(people, enterprise, edition)
    photo = make_photo(people.officer, purpose="check")
    services.answer(visit, edition.items.get().pk, result="pass", photos=[photo], by=people.officer, at=AT)
    assert not finish(visit, people).is_backfilled


def test_a_false_position_shows_nothing(people, enterprise):
    visit = planned(people, enterprise)
    visit = services.start_visit(visit, position=Position(0, 0, 5), by=people.officer, at=AT)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    assert finish(visit, people).is_backfilled


def test_the_site_is_not_left_before_the_visit_began(people, enterprise):
    with pytest.raises(ValidationError, match="had not begun"):
        finish(ready(people, enterprise), people, ended_at=AT - timedelta(hours=1))


# The record


def test_an_inspection_on_site_gets_its_record(people, enterprise):
    visit = planned(people, enterprise)
    visit = services.start_visit(visit, position=POSITION, by=people.officer, at=AT)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    finish(visit, people)
    assert IssuedDocument.objects.get().number == "（广）应急检记〔2026〕1号"


def test_a_back_filled_inspection_gets_no_number_until_a_leader_says_why(people, enterprise):
    visit = finished(people, enterprise)
    assert not IssuedDocument.objects.exists()
    with pytest.raises(VerbRefused):
        services.issue_record(visit, reason="设备故障", by=people.officer, at=LATER)
    services.issue_record(visit, reason="设备故障，纸质记录补录", by=people.leader, at=LATER)
    assert IssuedDocument.objects.get().title == "现场检查记录"


def test_a_record_is_issued_once(people, enterprise):
    visit = finished(people, enterprise)
    services.issue_record(visit, reason="设备故障", by=people.leader, at=LATER)
    visit.refresh_from_db()
    with pytest.raises(VerbRefused):
        services.issue_record(visit, reason="再来一份", by=people.leader, at=LATER, version=visit.version)
    assert IssuedDocument.objects.count() == 1


def test_a_patrol_never_leads_to_a_document(people, enterprise):
    visit = patrolled(people, enterprise, position=POSITION)
    done = services.finish_visit(visit, outcome="nothing", by=people.grid, at=LATER)
    assert done.state == "finished"
    assert not Visit.objects.inspections().filter(pk=done.pk).exists()
    with pytest.raises(VerbRefused, match="no record"):
        services.issue_record(done, reason="想出文书", by=people.leader, at=LATER)
    assert not IssuedDocument.objects.exists()


def test_a_visit_of_an_expert_never_leads_to_a_document(people, enterprise):
    visit = services.plan_visit(enterprise, kind="expert", people=[people.expert], by=people.county, at=AT)
    visit = services.start_visit(visit, position=POSITION, by=people.expert, at=AT)
    done = services.finish_visit(visit, outcome="nothing", by=people.expert, at=LATER)
    with pytest.raises(VerbRefused, match="no record"):
        services.issue_record(done, reason="想出文书", by=people.leader, at=LATER)
    assert not IssuedDocument.objects.exists()
