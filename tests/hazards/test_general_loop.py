"""A general hazard from acceptance to closing, and the ways it may come back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from deadlines.models import Deadline
from hazards import services
from hazards.models import Hazard
from hazards.services import rectification
from lifecycle.refusals import VerbRefused
from tests.factories.hazards import make_photo, rectifying, reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def hazard(people, enterprise) -> Hazard:
    return rectifying(people, enterprise)


@pytest.fixture
def handed_in(hazard, people, at) -> Hazard:
    photo = make_photo(people.enterprise, purpose="after")
    return services.submit_rectification(hazard, text="已清扫", photos=[photo], by=people.enterprise, at=at)


def open_rules(hazard) -> list[str]:
    return [row.rule for row in Deadline.objects.of(hazard).open()]


def test_accepting_sets_the_day_and_starts_its_clock(hazard):
    assert (hazard.state, hazard.deadline_on) == ("rectifying", date(2026, 3, 20))
    assert open_rules(hazard) == ["hazards.rectify"]


def test_a_deadline_in_the_past_is_refused_and_nothing_moves(people, enterprise, at):
    hazard = reported(enterprise, people.enterprise)
    with pytest.raises(ValidationError):
        services.accept_report(hazard, deadline_on=date(2026, 3, 9), by=people.town, at=at)
    hazard.refresh_from_db()
    assert hazard.state == "reported"


def test_a_town_elsewhere_does_not_find_it(people, enterprise, at):
    hazard = reported(enterprise, people.enterprise)
    with pytest.raises(Hazard.DoesNotExist):
        services.accept_report(hazard, deadline_on=date(2026, 3, 20), by=people.other_town, at=at)


def test_the_enterprise_cannot_accept_its_own_report(people, enterprise, at):
    hazard = reported(enterprise, people.enterprise)
    with pytest.raises(VerbRefused):
        services.accept_report(hazard, deadline_on=date(2026, 3, 20), by=people.enterprise, at=at)


def test_the_enterprise_closes_what_it_found_itself(hazard, people, at, monkeypatch):
    monkeypatch.setattr(rectification, "is_drawn", lambda hazard, at: False)
    photo = make_photo(people.enterprise, purpose="after")
    closed = services.close_by_enterprise(hazard, text="已清扫", photos=[photo], by=people.enterprise, at=at)
    assert (closed.state, closed.closed_at) == ("closed", at)
    assert open_rules(closed) == []


def test_what_the_draw_takes_waits_for_the_town(hazard, people, at, monkeypatch):
    monkeypatch.setattr(rectification, "is_drawn", lambda hazard, at: True)
    photo = make_photo(people.enterprise, purpose="after")
    drawn = services.close_by_enterprise(hazard, text="已清扫", photos=[photo], by=people.enterprise, at=at)
    assert (drawn.state, drawn.closed_at) == ("sampled", None)
    assert services.pass_sample(drawn, by=people.town, at=at).state == "closed"


def test_the_draw_of_a_number_always_comes_out_the_same(hazard, at):
    assert rectification.is_drawn(hazard, at=at) == rectification.is_drawn(hazard, at=at)


def test_the_draw_takes_its_share_of_many_numbers():
    drawn = sum(rectification.falls_into(f"YH370523{serial:012d}", Decimal(5)) for serial in range(4000))

    assert 160 < drawn < 240


def test_closing_without_a_photo_is_refused(hazard, people, at):
    with pytest.raises(ValidationError):
        services.close_by_enterprise(hazard, text="已清扫", photos=[], by=people.enterprise, at=at)
    hazard.refresh_from_db()
    assert hazard.state == "rectifying"


def test_what_a_regulator_found_the_enterprise_cannot_close(people, enterprise, at):
    hazard = rectifying(people, enterprise, source="inspection")
    with pytest.raises(VerbRefused):
        services.close_by_enterprise(
            hazard, text="改", photos=[make_photo(people.enterprise)], by=people.enterprise, at=at
        )


def test_after_its_day_the_enterprise_cannot_close_alone(hazard, people):
    late = hazard.state_since + timedelta(days=30)
    with pytest.raises(VerbRefused) as refusal:
        services.close_by_enterprise(
            hazard, text="改", photos=[make_photo(people.enterprise)], by=people.enterprise, at=late
        )
    assert refusal.value.refusal.law == "AWSL"


def test_the_regulator_verifies_what_was_handed_in(handed_in, people, at):
    assert open_rules(handed_in) == ["hazards.verify"]
    closed = services.accept_repair(handed_in, by=people.town, at=at)
    assert (closed.state, closed.verifier) == ("closed", people.town)


def test_returning_asks_for_more_work_by_a_new_day(handed_in, people, at):
    back = services.return_for_work(
        handed_in, reason="法兰处仍有积尘", deadline_on=date(2026, 3, 25), by=people.town, at=at
    )
    assert (back.state, back.rejected_count, back.deadline_on) == ("rectifying", 1, date(2026, 3, 25))
    assert open_rules(back) == ["hazards.rectify"]


def test_reopening_needs_a_reason_and_keeps_the_record(handed_in, people, at):
    closed = services.accept_repair(handed_in, by=people.town, at=at)
    again = services.reopen(closed, reason="又积尘", deadline_on=date(2026, 4, 1), by=people.town, at=at)
    assert (again.state, again.closed_at, again.verifier) == ("rectifying", None, None)


def test_not_a_hazard_keeps_the_record_with_its_reason(people, enterprise, at):
    hazard = reported(enterprise, people.enterprise)
    void = services.mark_not_hazard(hazard, reason="照片为历史照片", by=people.town, at=at)
    assert void.state == "not_hazard"
    assert open_rules(void) == []


def test_an_extension_is_asked_for_and_granted(hazard, people, at):
    asked = services.request_extension(
        hazard,
        requested_on=date(2026, 4, 10),
        reason="配件未到",
        interim_control="停用",
        by=people.enterprise,
        at=at,
    )
    assert open_rules(asked) == ["hazards.decide_extension", "hazards.rectify"] or set(open_rules(asked)) == {
        "hazards.decide_extension",
        "hazards.rectify",
    }
    granted = services.grant_extension(asked, granted_on=date(2026, 4, 3), by=people.town, at=at)
    assert (granted.state, granted.deadline_on, granted.extended_count) == ("rectifying", date(2026, 4, 3), 1)
    assert timezone_day(Deadline.objects.of(granted).open().get()) == date(2026, 4, 3)


def test_more_than_was_asked_for_is_not_granted(hazard, people, at):
    asked = services.request_extension(
        hazard,
        requested_on=date(2026, 4, 10),
        reason="配件未到",
        interim_control="停用",
        by=people.enterprise,
        at=at,
    )
    with pytest.raises(ValidationError):
        services.grant_extension(asked, granted_on=date(2026, 4, 11), by=people.town, at=at)


def test_a_refused_extension_leaves_the_old_day(hazard, people, at):
    asked = services.request_extension(
        hazard,
        requested_on=date(2026, 4, 10),
        reason="配件未到",
        interim_control="停用",
        by=people.enterprise,
        at=at,
    )
    refused = services.refuse_extension(asked, reason="可先更换手动阀", by=people.town, at=at)
    assert (refused.state, refused.deadline_on) == ("rectifying", date(2026, 3, 20))
    assert open_rules(refused) == ["hazards.rectify"]


def test_asking_after_the_day_is_refused(hazard, people, at):
    with pytest.raises(VerbRefused):
        services.request_extension(
            hazard,
            requested_on=date(2026, 5, 10),
            reason="配件未到",
            interim_control="停用",
            by=people.enterprise,
            at=at + timedelta(days=20),
        )


def timezone_day(deadline: Deadline) -> date:
    return deadline.due_on
