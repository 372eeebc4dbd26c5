"""Quiet hours over midnight and the other limits, without a database."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from inbox.sms.policy import Act, Policy, policy, verdict

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(clock: str, day: int = 10) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 3, day, int(hour), int(minute), tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("20:59", False), ("21:00", True), ("23:59", True), ("00:00", True), ("07:29", True), ("07:30", False)],
)
def test_quiet_hours_run_over_midnight(clock, quiet):
    assert Policy().is_quiet(moment(clock)) is quiet


def test_quiet_hours_may_also_lie_within_a_day():
    noon = Policy(quiet_from=time(12), quiet_until=time(14))
    assert noon.is_quiet(moment("12:30"))
    assert not noon.is_quiet(moment("14:00"))


@pytest.mark.parametrize(("clock", "day"), [("21:30", 11), ("03:00", 10)])
def test_the_morning_is_the_next_one(clock, day):
    assert Policy().morning(moment(clock)) == moment("07:30", day)


def test_the_last_moment_comes_before_everything_else():
    late = verdict(Policy(), at=moment("10:00"), expires_at=moment("10:00"), is_urgent=True, sent_today=0)
    assert late.act is Act.EXPIRE


def test_a_spent_cap_is_free_again_the_next_morning():
    decision = verdict(
        Policy(daily_cap=1),
        at=moment("10:00"),
        expires_at=moment("10:00") + timedelta(days=2),
        is_urgent=False,
        sent_today=1,
    )
    assert (decision.act, decision.until) == (Act.WAIT, moment("07:30", 11))


def test_the_settings_change_the_limits(settings):
    settings.SMS_QUIET_FROM, settings.SMS_QUIET_UNTIL = "22:00", "06:00"
    settings.SMS_DAILY_CAP, settings.SMS_WORTH_HOURS = 3, 12
    limits = policy()
    assert (limits.quiet_from, limits.quiet_until) == (time(22), time(6))
    assert (limits.daily_cap, limits.worth) == (3, timedelta(hours=12))
