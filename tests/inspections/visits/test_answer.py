"""Answers: kept at once, once, and the newest word holds."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections import services
from inspections.models import Answer, Edition, Visit
from lifecycle.refusals import WrongState
from tests.factories.hazards import make_photo
from tests.factories.inspections import make_edition, make_items, planned, ready, under_way
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(places) -> Edition:
    return make_edition(3)


@pytest.fixture
def visit(people, enterprise, edition) -> Visit:
    return under_way(people, enterprise, edition)


def item_of(edition: Edition, place: int = 1) -> int:
    return edition.lines.get(position=place).item_id


def test_an_answer_is_kept_with_who_and_when(people, visit, edition):
    kept = services.answer(visit, item_of(edition), result="fail", note="堆放纸箱", by=people.officer, at=AT)
    row = Answer.objects.get()
    assert kept.pk == row.pk
    assert (row.result, row.note, row.answered_by, row.answered_at) == (
        "fail",
        "堆放纸箱",
        people.officer,
        AT,
    )


def test_the_same_answer_sent_twice_is_one(people, visit, edition):
    for _ in range(2):
        services.answer(visit, item_of(edition), result="pass", device_time=AT, by=people.officer, at=AT)
    assert Answer.objects.count() == 1


def test_a_newer_answer_replaces_the_older(people, visit, edition):
    item = item_of(edition)
    services.answer(visit, item, result="fail", device_time=AT, by=people.officer, at=AT)
    later = AT + timedelta(minutes=2)
    services.answer(visit, item, result="pass", device_time=later, by=people.second_officer, at=later)
    assert Answer.objects.get().result == "pass"


def test_an_older_answer_that_arrives_late_changes_nothing(people, visit, edition):
    item, later = item_of(edition), AT + timedelta(hours=1)
    services.answer(visit, item, result="pass", device_time=AT, by=people.officer, at=AT)
    held = services.answer(
        visit, item, result="fail", device_time=AT - timedelta(minutes=1), by=people.second_officer, at=later
    )
    assert held.result == "pass"
    assert Answer.objects.get().answered_by == people.officer


def test_a_device_whose_clock_runs_ahead_has_not_the_last_word_for_ever(people, visit, edition):
    item, ahead = item_of(edition), AT + timedelta(days=400)
    services.answer(visit, item, result="pass", device_time=ahead, by=people.officer, at=AT)
    services.answer(visit, item, result="fail", by=people.officer, at=AT + timedelta(minutes=1))
    assert Answer.objects.get().result == "fail"


def test_an_item_of_another_checklist_is_not_asked(people, visit):
    (stranger,) = make_items(1)
    with pytest.raises(ValidationError, match="does not ask"):
        services.answer(visit, stranger.pk, result="pass", by=people.officer, at=AT)


def test_a_checklist_withdrawn_during_the_visit_is_asked_on(people, visit, edition):
    Edition.objects.update(state="withdrawn", withdrawn_at=AT)
    services.answer(visit, item_of(edition), result="pass", by=people.officer, at=AT)
    assert Answer.objects.get().result == "pass"


def test_who_does_not_take_part_in_an_inspection_answers_nothing(people, visit, edition):
    with pytest.raises(PermissionDenied):
        services.answer(visit, item_of(edition), result="pass", by=people.county, at=AT)


def test_an_officer_elsewhere_does_not_find_the_visit(people, visit, edition):
    with pytest.raises(Visit.DoesNotExist):
        services.answer(visit, item_of(edition), result="pass", by=people.other_county, at=AT)


def test_before_the_visit_begins_nothing_is_answered(people, enterprise, edition):
    visit = planned(people, enterprise, edition)
    with pytest.raises(WrongState):
        services.answer(visit, item_of(edition), result="pass", by=people.officer, at=AT)
    assert not Answer.objects.exists()


def test_after_the_visit_is_finished_nothing_is_answered(people, enterprise, edition):
    visit = ready(people, enterprise, edition)
    services.finish_visit(visit, outcome="nothing", by=people.officer, at=AT)
    with pytest.raises(WrongState):
        services.answer(visit, item_of(edition), result="fail", by=people.officer, at=AT)
    assert not Answer.objects.filter(result="fail").exists()


def test_an_item_with_a_hazard_is_not_turned_into_one_that_complies(people, visit, edition):
    item = edition.items.first()
    services.find_hazard(visit, item=item, facts={"place": "仓库"}, by=people.officer, at=AT)
    with pytest.raises(ValidationError, match="A hazard has been recorded"):
        services.answer(visit, item.pk, result="pass", by=people.officer, at=AT + timedelta(minutes=1))
    assert Answer.objects.get().result == "fail"


def test_the_note_of_an_item_with_a_hazard_may_still_be_written(people, visit, edition):
    item = edition.items.first()
    services.find_hazard(visit, item=item, facts={"place": "仓库"}, by=people.officer, at=AT)
    services.answer(
        visit, item.pk, result="fail", note="北门", by=people.officer, at=AT + timedelta(minutes=1)
    )
    assert Answer.objects.get().note == "北门"


def test_photos_are_bound_to_the_answer(people, visit, edition):
    photo = make_photo(people.officer, purpose="check")
    kept = services.answer(visit, item_of(edition), result="pass", photos=[photo], by=people.officer, at=AT)
    with pytest.raises(ValidationError, match="no longer there"):
        services.answer(visit, item_of(edition), result="pass", photos=[photo], by=people.officer, at=AT)
    assert Answer.objects.get() == kept


@pytest.mark.parametrize("photos", [0, 2])
def test_saving_an_item_takes_at_most_six_queries(people, visit, edition, photos):
    taken = [make_photo(people.officer, purpose="check") for _ in range(photos)]
    _ = people.officer.scope
    item = item_of(edition, 2)
    with CaptureQueriesContext(connection) as queries:
        services.answer(visit, item, result="pass", photos=taken, by=people.officer, at=AT)
    assert len(queries) <= 6


def test_one_tap_answers_what_is_open_and_says_so(people, enterprise):
    edition = make_edition(3)
    visit = services.open_visit(
        enterprise, kind="self_check", editions=[edition], by=people.enterprise, at=AT
    )
    services.answer(visit, item_of(edition), result="na", by=people.enterprise, at=AT)
    assert services.answer_rest(visit, by=people.enterprise, at=AT) == 2
    assert sorted(Answer.objects.values_list("result", "at_once")) == [
        ("na", False),
        ("pass", True),
        ("pass", True),
    ]


def test_an_officer_has_no_tap_for_all(people, visit):
    with pytest.raises(ValidationError, match="one by one"):
        services.answer_rest(visit, by=people.officer, at=AT)
    assert not Answer.objects.exists()
