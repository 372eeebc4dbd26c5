"""Clocks over the Spring Festival of 2026: off from 15 to 23 February, at work on Saturdays 14 and 28 February."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from deadlines import services
from deadlines.schedule import PlannedStep
from tests.people import AT

pytestmark = pytest.mark.django_db


def february(day, hour=10, month=2):
    """Give a moment around the festival."""
    return datetime(2026, month, day, hour, tzinfo=AT.tzinfo)


def steps_of(deadline):
    return {(step.kind, step.level): step.at for step in map(PlannedStep.thaw, deadline.steps)}


def test_five_working_days_pass_over_the_festival_and_through_the_make_up_day(working_days, lamp):
    # 11, 12, 13, Saturday 14, then 24 February.
    assert services.start(lamp, "lamps.order", at=february(10)).due_on == date(2026, 2, 24)


def test_a_stop_over_the_festival_adds_its_working_days_only(working_days, lamp):
    deadline = services.start(lamp, "lamps.order", at=february(10))
    services.suspend(deadline, at=february(13), by=None, reason="expert opinion")
    # The 14th, the 24th and the 25th did not count.
    assert services.resume(deadline, at=february(25)).due_on == date(2026, 2, 27)


def test_two_stops_add_up(working_days, lamp):
    deadline = services.start(lamp, "lamps.order", at=february(10))
    services.suspend(deadline, at=february(13), by=None, reason="expert opinion")
    services.resume(deadline, at=february(25))
    services.suspend(deadline, at=february(26), by=None, reason="storm")
    # The 27th and Saturday the 28th did not count; what is left ends on the second working day after the 27th.
    resumed = services.resume(deadline, at=february(28))
    assert resumed.due_on == date(2026, 3, 2)
    assert [stop.due_after for stop in resumed.suspensions.all()][-1] == resumed.due_at
    assert resumed.suspensions.count() == 2


def test_a_stop_that_lies_within_the_festival_adds_nothing(working_days, lamp):
    deadline = services.start(lamp, "lamps.order", at=february(10))
    services.suspend(deadline, at=february(16), by=None, reason="storm")
    assert services.resume(deadline, at=february(22)).due_on == date(2026, 2, 24)


def test_the_warning_comes_working_days_ahead_even_before_the_festival(working_days, lamp):
    steps = steps_of(services.start(lamp, "lamps.mend", at=february(9), due_on=date(2026, 2, 24)))
    # Three working days before the 24th: the 14th, the 13th, the 12th.
    assert steps["warned", ""] == february(12, 8)


def test_the_ladder_of_days_climbs_through_the_festival(working_days, lamp):
    steps = steps_of(services.start(lamp, "lamps.mend", at=february(9), due_on=date(2026, 2, 13)))
    assert steps["escalated", "town"] == steps["lapsed", ""] == february(14, 0)
    assert steps["escalated", "county"] == february(17, 0)


def test_an_extension_moves_warning_and_ladder_to_the_new_day(working_days, lamp):
    deadline = services.start(lamp, "lamps.mend", at=february(9), due_on=date(2026, 2, 13))
    services.sweep(february(13, 9))
    extended = services.extend(deadline, due_on=date(2026, 2, 24), by=None, at=february(13), reason="rain")
    again = services.extend(
        extended, due_on=date(2026, 3, 6), by=None, at=february(13, 11), reason="material"
    )
    steps = steps_of(again)
    assert steps["warned", ""] == february(3, 8, month=3)
    assert steps["escalated", "county"] == february(10, 0, month=3)
    assert services.sweep(february(28)) == 0


def test_a_stopped_clock_is_settled_with_what_the_stop_added_left_out(working_days, lamp):
    deadline = services.start(lamp, "lamps.order", at=february(10))
    services.suspend(deadline, at=february(13), by=None, reason="storm")
    settled = services.settle(lamp, "lamps.order", at=february(26))
    assert settled.suspensions.get().to_at == february(26)
    with pytest.raises(ValidationError):
        services.resume(deadline, at=february(27))


@pytest.mark.parametrize(("language", "sign"), [("en", "suspended"), ("zh-hans", "。")])
def test_a_refusal_speaks_either_language(working_days, lamp, language, sign):
    deadline = services.start(lamp, "lamps.order", at=february(10))
    with translation.override(language), pytest.raises(ValidationError) as refused:
        services.resume(deadline, at=february(11))
    assert sign in str(refused.value.messages[0])
