"""Periods of days: the first day is not counted, and where the last one falls."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.calendar import WorkingDays, add, due_moment, due_moment_after, last_day, working_days_between

SHANGHAI = ZoneInfo("Asia/Shanghai")
# The Spring Festival of 2026: off from Sunday the 15th to Monday the 23rd, worked on the 14th and the 28th.
FESTIVAL = {date(2026, 2, day): False for day in range(15, 24)} | {
    date(2026, 2, 14): True,
    date(2026, 2, 28): True,
}
CITY = WorkingDays(FESTIVAL)
WEEKENDS = WorkingDays()

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
calendars = st.dictionaries(days, st.booleans(), max_size=200).map(WorkingDays)
lengths = st.integers(1, 60)


def test_the_first_day_is_not_counted():
    assert add(date(2026, 3, 10), 1, "day", CITY) == date(2026, 3, 11)
    assert add(date(2026, 3, 10), 1, "workday", CITY) == date(2026, 3, 11)


def test_working_days_leave_out_the_festival_and_count_the_make_up_days():
    assert add(date(2026, 2, 13), 1, "workday", CITY) == date(2026, 2, 14)
    assert add(date(2026, 2, 13), 2, "workday", CITY) == date(2026, 2, 24)
    assert add(date(2026, 2, 13), 6, "workday", CITY) == date(2026, 2, 28)


def test_a_calendar_day_in_the_festival_moves_to_the_next_working_day():
    assert add(date(2026, 2, 6), 10, "day", CITY) == date(2026, 2, 24)


def test_a_calendar_day_on_a_make_up_saturday_stays():
    assert add(date(2026, 2, 18), 10, "day", CITY) == date(2026, 2, 28)


def test_a_rule_may_let_the_last_day_fall_into_the_festival():
    assert add(date(2026, 2, 6), 10, "day", CITY, moves_off_holiday=False) == date(2026, 2, 16)


@pytest.mark.parametrize(
    ("start", "n", "unit", "last"),
    [
        (date(2026, 3, 10), 1, "month", date(2026, 4, 10)),
        (date(2026, 1, 30), 1, "month", date(2026, 2, 28)),
        (date(2024, 1, 31), 1, "month", date(2024, 2, 29)),
        (date(2026, 8, 31), 6, "month", date(2027, 2, 28)),
        (date(2024, 2, 29), 1, "year", date(2025, 2, 28)),
        (date(2026, 12, 10), 3, "year", date(2029, 12, 10)),
    ],
)
def test_a_month_ends_on_its_corresponding_day_or_on_its_last(start, n, unit, last):
    assert add(start, n, unit, WEEKENDS, moves_off_holiday=False) == last


def test_a_month_that_ends_on_a_saturday_moves_too():
    assert add(date(2026, 1, 30), 1, "month", WEEKENDS) == date(2026, 3, 2)


def test_a_period_counted_back_never_moves():
    assert add(date(2026, 3, 10), -2, "day", CITY) == date(2026, 3, 8)
    assert add(date(2026, 2, 24), -1, "workday", CITY) == date(2026, 2, 14)


def test_hours_have_no_last_day():
    with pytest.raises(ValueError, match="no last day"):
        add(date(2026, 3, 10), 2, "hour", CITY)


def test_the_last_day_ends_at_24_hours():
    moment = due_moment(date(2026, 3, 10))
    assert moment == datetime(2026, 3, 11, tzinfo=SHANGHAI)
    assert last_day(moment) == date(2026, 3, 10)


def test_hours_run_through_the_night_and_the_festival():
    start = datetime(2026, 2, 15, 23, 30, tzinfo=SHANGHAI)
    assert due_moment_after(start, 2, "hour", CITY) == datetime(2026, 2, 16, 1, 30, tzinfo=SHANGHAI)
    assert due_moment_after(start, 30, "minute", CITY) == datetime(2026, 2, 16, tzinfo=SHANGHAI)


def test_a_day_begins_by_local_time_not_by_greenwich():
    start = datetime(2026, 3, 9, 17, 0, tzinfo=ZoneInfo("UTC"))  # already 10 March in Shanghai
    assert last_day(due_moment_after(start, 1, "day", CITY)) == date(2026, 3, 11)


def test_entries_that_agree_with_the_week_change_nothing():
    same = WorkingDays({date(2026, 3, 10): True, date(2026, 3, 14): False})
    assert working_days_between(date(2026, 3, 1), date(2026, 3, 31), same) == 22


@given(days, lengths, calendars)
def test_counting_undoes_adding_working_days(start, n, calendar):
    assert working_days_between(start, add(start, n, "workday", calendar), calendar) == n


@given(days, lengths, calendars)
def test_a_period_of_working_days_ends_on_one_and_no_earlier_day_would_do(start, n, calendar):
    last = add(start, n, "workday", calendar)
    assert calendar.is_workday(last)
    assert working_days_between(start, last - timedelta(days=1), calendar) == n - 1


@given(days, lengths, calendars)
def test_going_back_as_many_working_days_leads_no_later_than_the_start(start, n, calendar):
    back = add(add(start, n, "workday", calendar), -n, "workday", calendar)
    assert back <= start
    assert working_days_between(back, start, calendar) == 0


@given(days, days, calendars)
def test_counting_without_walking_finds_what_walking_finds(one, other, calendar):
    first, last = sorted((one, other))
    first = max(first, last - timedelta(days=120))
    walked = sum(calendar.is_workday(first + timedelta(days=i)) for i in range(1, (last - first).days + 1))
    assert calendar.between(first, last) == walked
    assert calendar.between(last, first) == -walked


@given(days, lengths, st.sampled_from(["day", "month", "year", "workday"]), calendars)
def test_a_longer_period_never_ends_earlier(start, n, unit, calendar):
    assert start < add(start, n, unit, calendar) <= add(start, n + 1, unit, calendar)


@given(days, lengths, st.sampled_from(["day", "month", "year"]), calendars)
def test_a_last_day_moves_only_from_a_day_off_and_only_as_far_as_it_must(start, n, unit, calendar):
    plain = add(start, n, unit, calendar, moves_off_holiday=False)
    moved = add(start, n, unit, calendar)
    assert calendar.is_workday(moved)
    assert not any(calendar.is_workday(plain + timedelta(days=i)) for i in range((moved - plain).days))


@given(days, st.integers(1, 48))
def test_months_keep_the_day_or_clamp_to_the_end(start, n):
    last = add(start, n, "month", WEEKENDS, moves_off_holiday=False)
    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == n
    assert last.day == start.day or (last + timedelta(days=1)).day == 1


@given(days)
def test_a_due_moment_belongs_to_its_own_day(day):
    assert last_day(due_moment(day)) == day
