"""What is planned around a due moment: in order, nobody warned about the past, the lapse always once."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deadlines.calendar import WorkingDays, due_moment
from deadlines.schedule import PlannedStep, plan
from tests.people import AT

WEEKENDS = WorkingDays()
DUE = due_moment(date(2026, 3, 20))

periods = st.tuples(st.integers(1, 20), st.sampled_from(["workday", "day", "month", "hour", "minute"]))
rungs = st.tuples(
    st.sampled_from(["town", "county", "city"]),
    st.tuples(st.integers(0, 10), st.sampled_from(["workday", "day"])),
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)).map(
    lambda when: when.replace(tzinfo=AT.tzinfo)
)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def planned(due_at=DUE, *, since=AT, unit="day", warn_before=(), ladder=()):
    """Plan with weekends only."""
    return plan(due_at, unit, since=since, warn_before=warn_before, ladder=ladder, calendar=WEEKENDS)


@given(
    days,
    moments,
    st.lists(periods, max_size=4),
    st.lists(rungs, max_size=4),
    st.sampled_from(["day", "hour"]),
)
def test_steps_stand_in_order_with_one_lapse_and_no_reminder_of_the_past(day, since, warnings, ladder, unit):
    due_at = due_moment(day)
    steps = planned(due_at, since=since, unit=unit, warn_before=warnings, ladder=ladder)
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert [step.at for step in steps if step.kind == "lapsed"] == [due_at]
    assert all(since < step.at < due_at for step in steps if step.kind in ("warned", "due"))
    assert all(step.at >= due_at for step in steps if step.kind == "escalated")
    assert len(set(steps)) == len(steps)


@given(days, st.lists(periods, max_size=4), st.lists(rungs, max_size=4))
def test_a_step_thaws_as_it_was_frozen(day, warnings, ladder):
    for step in planned(due_moment(day), warn_before=warnings, ladder=ladder):
        assert PlannedStep.thaw(step.frozen()) == step


def test_two_warnings_for_the_same_morning_are_one():
    steps = planned(warn_before=((3, "day"), (3, "workday")))
    assert [step.kind for step in steps] == ["warned", "due", "lapsed"]


def test_a_rung_counts_full_days_after_the_lapse():
    steps = planned(ladder=(("town", (0, "day")), ("leader", (3, "workday")), ("city", (2, "hour"))))
    after = {step.level: step.at - DUE for step in steps if step.kind == "escalated"}
    assert after == {"town": timedelta(0), "leader": timedelta(days=5), "city": timedelta(hours=2)}


def test_the_lapse_comes_before_the_rung_of_the_same_moment():
    kinds = [step.kind for step in planned(ladder=(("town", (0, "day")),))]
    assert kinds == ["due", "lapsed", "escalated"]
