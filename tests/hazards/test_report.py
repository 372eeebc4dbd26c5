"""A hazard enters the book."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import Entry
from deadlines.models import Deadline
from hazards import services
from hazards.models import Hazard
from lifecycle.models import StateChange
from tests.factories.hazards import FACTS, make_photo, reported

pytestmark = pytest.mark.django_db


def test_it_gets_number_place_and_state(people, enterprise):
    hazard = reported(enterprise, people.enterprise)
    assert hazard.number == "YH370523202603100001"
    hazard.refresh_from_db()
    assert (hazard.county_code, hazard.town_code, hazard.state) == ("370523", "370523101", "reported")


def test_numbers_of_a_county_follow_one_another_and_other_counties_count_their_own(
    people, enterprise, other_enterprise
):
    numbers = [reported(enterprise, people.enterprise).number for _ in range(2)]
    assert [number[-4:] for number in numbers] == ["0001", "0002"]
    assert reported(other_enterprise, people.other_enterprise).number == "YH370522202603100001"


def test_it_starts_the_clock_of_acceptance_and_leaves_a_trail(people, enterprise):
    hazard = reported(enterprise, people.enterprise)
    assert Deadline.objects.of(hazard).open().get().rule == "hazards.accept"
    assert StateChange.objects.get(target_id=hazard.pk).verb == "report"
    assert Entry.objects.get(verb="hazards.report").actor == people.enterprise


def test_the_same_submission_sent_twice_is_one_hazard(people, enterprise, at):
    key = uuid4()
    first = services.report(enterprise, facts=FACTS, by=people.enterprise, at=at, key=key)
    second = services.report(enterprise, facts=FACTS, by=people.enterprise, at=at, key=key)
    assert first.pk == second.pk
    assert Hazard.objects.count() == 1


def test_photos_belong_to_the_hazard(people, enterprise, at):
    photo = make_photo(people.enterprise)
    hazard = services.report(enterprise, facts=FACTS, photos=[photo], by=people.enterprise, at=at)
    from attachments.services import of  # noqa: PLC0415 - the one test that reads them

    assert [file.pk for file in of(hazard, "before")] == [photo]


def test_another_enterprise_may_not_report_here(people, enterprise, at):
    with pytest.raises(PermissionDenied):
        services.report(enterprise, facts=FACTS, by=people.other_enterprise, at=at)
    assert not Hazard.objects.exists()


def test_a_regulator_of_another_county_may_not_report_here(people, enterprise, at):
    with pytest.raises(PermissionDenied):
        services.report(enterprise, facts=FACTS, by=people.other_county, at=at)


def test_a_record_typed_in_a_day_later_is_marked_back_filled(people, enterprise, at):
    hazard = reported(enterprise, people.enterprise, found_at=at - timedelta(hours=25))
    assert hazard.entry_mode == "backfilled"


def test_a_record_that_waited_on_the_phone_is_marked_as_synced(people, enterprise, at):
    hazard = reported(enterprise, people.enterprise, device_time=at - timedelta(hours=3))
    assert hazard.entry_mode == "offline"


def test_the_same_problem_found_again_within_a_year_points_to_the_first(people, enterprise, at):
    first = reported(enterprise, people.enterprise, at=at - timedelta(days=60))
    services.close_by_enterprise(
        first,
        text="已清扫",
        photos=[make_photo(people.enterprise)],
        by=people.enterprise,
        at=at - timedelta(days=59),
    )
    Hazard.objects.update(state="closed")  # whether the draw took it is not what this test asks
    assert reported(enterprise, people.enterprise).recurrence_of == first
