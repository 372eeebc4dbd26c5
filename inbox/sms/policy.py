"""When a text message may go out: quiet hours, the daily cap, the last moment it is worth sending."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class Policy:
    """The limits of this installation."""

    quiet_from: dt.time = dt.time(21, 0)
    quiet_until: dt.time = dt.time(7, 30)
    daily_cap: int = 10
    max_attempts: int = 5
    worth: dt.timedelta = dt.timedelta(hours=48)

    def is_quiet(self, at: dt.datetime) -> bool:
        """Whether people are left alone at this moment."""
        clock = timezone.localtime(at).time()
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until

    def morning(self, at: dt.datetime) -> dt.datetime:
        """The next moment at which quiet hours end."""
        local = timezone.localtime(at)
        end = dt.datetime.combine(local.date(), self.quiet_until, tzinfo=local.tzinfo)
        return end if end > local else end + dt.timedelta(days=1)

    def next_day(self, at: dt.datetime) -> dt.datetime:
        """The end of quiet hours on the following day, when a spent cap is free again."""
        local = timezone.localtime(at)
        return dt.datetime.combine(local.date() + dt.timedelta(days=1), self.quiet_until, tzinfo=local.tzinfo)


class Act(StrEnum):
    """What to do with a waiting message."""

    SEND = "send"
    WAIT = "wait"
    EXPIRE = "expire"


@dataclass(frozen=True)
class Verdict:
    """What to do with a waiting message, and until when to leave it."""

    act: Act
    until: dt.datetime | None = None


def policy() -> Policy:
    """Return the limits set in the settings, or those that hold without a setting."""
    standard = Policy()
    return Policy(
        quiet_from=_time("SMS_QUIET_FROM", standard.quiet_from),
        quiet_until=_time("SMS_QUIET_UNTIL", standard.quiet_until),
        daily_cap=getattr(settings, "SMS_DAILY_CAP", standard.daily_cap),
        max_attempts=getattr(settings, "SMS_MAX_ATTEMPTS", standard.max_attempts),
        worth=dt.timedelta(
            hours=getattr(settings, "SMS_WORTH_HOURS", standard.worth // dt.timedelta(hours=1))
        ),
    )


def expires_at(at: dt.datetime) -> dt.datetime:
    """Return the moment after which a message written now is worth nothing."""
    return at + policy().worth


def verdict(
    limits: Policy, *, at: dt.datetime, expires_at: dt.datetime, is_urgent: bool, sent_today: int
) -> Verdict:
    """Decide about one waiting message; urgent ones know neither night nor cap, only the last moment."""
    if at >= expires_at:
        return Verdict(Act.EXPIRE)
    if is_urgent:
        return Verdict(Act.SEND)
    if limits.is_quiet(at):
        return Verdict(Act.WAIT, limits.morning(at))
    if sent_today >= limits.daily_cap:
        return Verdict(Act.WAIT, limits.next_day(at))
    return Verdict(Act.SEND)


def day_start(at: dt.datetime) -> dt.datetime:
    """Return the local midnight before this moment, from which a day's messages are counted."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _time(name: str, default: dt.time) -> dt.time:
    value = getattr(settings, name, None)
    return dt.time.fromisoformat(value) if isinstance(value, str) else (value or default)
