"""Move the demo's clock, and do on the way what the clock does every day."""

import re
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.timezone import localtime

from config import demo_clock
from config.demo import MORNING, do_round
from deadlines.models import DeadlineEvent, EventKind
from deadlines.rules import Level
from inbox.models import Delivery, Message

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
SPAN = re.compile(r"\+(\d{1,4})([mhdw])")


class Command(BaseCommand):
    help = "Show the demo's clock, move it forward (demo_clock +12d), or let it tell the real time again (--reset)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("span", nargs="?", default="", help="how far: +30m, +36h, +12d, +2w")
        parser.add_argument("--reset", action="store_true", help="tell the machine's time again")

    def handle(self, *, span: str, reset: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only the demo's clock can be moved; this installation is not a demo.")
        if reset:
            demo_clock.reset()
        elif span:
            self.move(read(span))
        self.stdout.write(f"The demo's clock says {localtime(timezone.now()):%Y-%m-%d %H:%M}.")

    def move(self, by: timedelta) -> None:
        """Live through the mornings in between, then let all processes follow."""
        start = timezone.now()
        before = heard()
        with translation.override(settings.LANGUAGE_CODE):
            for morning in mornings(start, start + by):
                do_round(morning)
            demo_clock.move(by)
            do_round(timezone.now())
        for line, number in (heard() - before).items():
            self.stdout.write(f"{number:>6}  {line}")


def read(span: str) -> timedelta:
    """Read +12d as twelve days; raise CommandError with the way to write it."""
    match = SPAN.fullmatch(span)
    if match is None or match[1].strip("0") == "":
        raise CommandError(
            f"{span!r} is no span of time. Write +30m, +36h, +12d or +2w; the clock goes forward only."
        )
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def mornings(start: datetime, end: datetime) -> Iterator[datetime]:
    """Give the mornings after the start and before the end."""
    at = localtime(start).replace(hour=MORNING.hour, minute=MORNING.minute, second=0, microsecond=0)
    while at < end:
        if at > start:
            yield at
        at += timedelta(days=1)


def heard() -> Counter[str]:
    """Count what the clock has done so far, in words."""
    levels = dict(Level.choices)
    counts: Counter[str] = Counter()
    for kind, level in DeadlineEvent.objects.values_list("kind", "level").iterator():
        label = EventKind(kind).label
        counts[f"{label}: {levels.get(level, level)}" if level else str(label)] += 1
    counts["messages"] = Message.objects.count()
    counts["SMS sent"] = Delivery.objects.filter(state="sent").count()
    return counts
