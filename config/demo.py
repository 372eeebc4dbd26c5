"""The order of play of the demo city: who comes first, and the days on which everything happens.

Each app's `demo.py` may have `prepare(stage)`, called once with the clock at the beginning, and `stories(stage)`,
which gives generators with the moment at which each begins (see hazards.demo_stories). Here they are played in
the order of time, with the clock travelled back, and between them the clock does what it does every day: it
sweeps the deadlines, tells people, and sends text messages.
"""

from __future__ import annotations

import gc
import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from functools import partial
from importlib import import_module
from inspect import GEN_CREATED, getgeneratorstate
from itertools import count
from random import Random

from celery import current_app
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from accounts.demo import SIGN_INS, Stage
from accounts.models import User
from audit.services import record
from config.demo_clock import travelled_to
from config.demo_teller import Teller
from deadlines.almanac import calendar_kept
from deadlines.sweeping import sweep
from enterprises.demo import DISTRICTS
from hazards.demo import FULL
from inbox import outbox
from inbox import services as inbox
from inbox.sms import sending
from paperwork.models import IssuedDocument, RenderState
from paperwork.rendering import render
from paperwork.tasks import render_document
from regions.services import load_shipped
from rulebook.holding import numbers_held

SEED = 3705
DAYS = 303
READY = "config.demo_ready"
# After midnight what was due has lapsed; in the morning people are told; twice a day the rest is sent.
ROUNDS = (time(0, 5), time(8, 5), time(12, 35), time(18, 5))
MORNING = ROUNDS[1]
UNREAD = timedelta(days=3)
TAKES = timedelta(seconds=3)
AT_ONCE = 500
# So many new objects before Python searches the youngest of them for garbage, and so many searches before it goes deeper.
SELDOM = (20_000, 20, 20)
TRACKED = (
    "enterprises_enterpriseevent",
    "enterprises_sourceunitevent",
    "enterprises_sourcesubstanceevent",
    "enterprises_sourcecopyevent",
    "hazards_hazardevent",
    "inspections_visitevent",
    "inspections_governmentorderevent",
)


def build(
    *,
    now: datetime,
    counts: dict[str, int] | None = None,
    hazards: int = FULL,
    days: int = DAYS,
    say: Callable[[str], None] = print,
) -> Stage:
    """Build the demo city up to `now`; the same day gives the same city."""
    hurry()
    begin = timezone.localtime(now - timedelta(days=days)).replace(hour=8, minute=0, second=0, microsecond=0)
    stage = Stage(now, begin, counts or DISTRICTS, hazards, Random(SEED))  # noqa: S311 - repeatable on purpose
    load_rules()
    with papers_here(), numbers_held(), calendar_kept():
        with travelled_to(begin):
            for module in parts():
                if hasattr(module, "prepare"):
                    module.prepare(stage)
        say(f"{len(stage.enterprises)} enterprises are in place.")
        with little_garbage(), papers_wait():
            play(stage)
    date_history()
    record(None, READY, None, at=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return stage


def hurry() -> None:
    """Do not wait for the disk: a demo that loses its last second in a power cut is made again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


@contextmanager
def little_garbage() -> Iterator[None]:
    """Inside the block Python seldom searches for garbage, and never in what stands already: that is there to stay."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def load_rules() -> None:
    """Load what every installation needs before its first record."""
    load_shipped()
    for command in ("load_rulebook", "load_working_days", "load_criteria", "load_templates"):
        call_command(command, verbosity=0, stdout=_Silence())


class _Silence:
    """Swallows what the loading commands say."""

    def write(self, text: str) -> None:
        """Say nothing."""


class papers_here:  # noqa: N801 - reads as a phrase in a with statement
    """Inside the block, tasks that a commit hands to the worker are done at once: there is no worker yet."""

    def __enter__(self) -> None:
        self.before = current_app.conf.task_always_eager
        current_app.conf.task_always_eager = True

    def __exit__(self, *error: object) -> None:
        current_app.conf.task_always_eager = self.before


@contextmanager
def papers_wait() -> Iterator[None]:
    """Inside the block a commit leaves its paper to the next round, which may be done beside the play."""
    render_document.apply_async = lambda *args, **options: None
    try:
        yield
    finally:
        del render_document.apply_async


def parts() -> Iterator[object]:
    """Give the `demo` module of every app that has one, from the lower rooms to the upper."""
    for app in apps.get_app_configs():
        if app.name != "config" and module_has_submodule(app.module, "demo"):
            yield import_module(f"{app.name}.demo")


def play(stage: Stage) -> None:
    """Let every story take its steps in the order of time, and the clock do its rounds between them."""
    order, waiting = count(), []
    for module in parts():
        for start, story in module.stories(stage) if hasattr(module, "stories") else ():
            heapq.heappush(waiting, (start, next(order), story))
    with Teller(partial(tell_and_read, stage)) as tell:
        hurry()
        for until in moments_of_rounds(stage):
            act(waiting, until)
            do_round(until, tell, at_any_rate=is_reading_time(stage, until))


def act(waiting: list[tuple[datetime, int, Iterator[datetime]]], until: datetime) -> None:
    """Take the steps that come before the moment."""
    while waiting and waiting[0][0] <= until:
        at, turn, story = heapq.heappop(waiting)
        with travelled_to(at):
            later = step(story, at)
        if later is not None:
            heapq.heappush(waiting, (later, turn, story))


def step(story: Iterator[datetime], at: datetime) -> datetime | None:
    """Take the next step of a story; return the moment of the one after it, if there is one."""
    try:
        # A fresh generator was handed its moment when it was made, a running one is here.
        return story.send(None if getgeneratorstate(story) == GEN_CREATED else at)
    except StopIteration:
        return None


def moments_of_rounds(stage: Stage) -> Iterator[datetime]:
    """Give the moments of the clock's rounds from the first day to the present, which is the last."""
    day = timezone.localdate(stage.begin) + timedelta(days=1)
    while day <= timezone.localdate(stage.now):
        for hour in ROUNDS:
            at = timezone.make_aware(datetime.combine(day, hour))
            if at < stage.now:
                yield at
        day += timedelta(days=1)
    yield stage.now


def is_reading_time(stage: Stage, at: datetime) -> bool:
    """Say whether people open their messages: on Monday mornings, and what is newest stays unread."""
    return at.time() == MORNING and at.weekday() == 0 and at < stage.now - UNREAD


def tell_and_read(stage: Stage, at: datetime) -> None:
    """Tell people; when it is time, those who can be signed in as read what lies there."""
    tell_people(at)
    if is_reading_time(stage, at):
        for user in User.objects.filter(username__in=SIGN_INS):
            inbox.read_all(by=user, at=at)


def do_round(
    at: datetime, tell: Callable[[datetime], None] | None = None, *, at_any_rate: bool = False
) -> None:
    """Do what beat lets the workers do, as if it were `at`: sweep, tell, send."""
    ripe, untold = what_waits(at)
    with travelled_to(at):
        while ripe and sweep(at) >= AT_ONCE:
            pass
    if ripe or untold or at_any_rate:
        (tell or tell_people)(at)


def tell_people(at: datetime) -> None:
    """Write the messages of what happened up to `at`, send the text messages that may go out, make the papers."""
    with travelled_to(at):
        while outbox.dispatch(at=at) >= outbox.BATCH:
            pass
        while sending.send_due(at=at) >= sending.BATCH:
            pass
        make_papers(at)


def make_papers(at: datetime) -> None:
    """Make the papers that wait, each as if the worker had taken it up at once."""
    waiting = IssuedDocument.objects.filter(state=RenderState.QUEUED, issued_at__lte=at).order_by("pk")
    for pk, issued_at in list(waiting.values_list("pk", "issued_at")):
        render(pk, at=min(issued_at + TAKES, at))


def what_waits(at: datetime) -> tuple[bool, bool]:
    """Look in one query whether there is anything to do: on most of a thousand rounds there is not."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"at": at})
        return cursor.fetchone()


WAITING = """
SELECT EXISTS (SELECT FROM deadlines_deadline WHERE next_at <= %(at)s),
       EXISTS (SELECT FROM lifecycle_statechange WHERE dispatched_at IS NULL)
       OR EXISTS (SELECT FROM deadlines_deadlineevent WHERE dispatched_at IS NULL)
       OR EXISTS (SELECT FROM paperwork_issueddocument WHERE state = 'queued' AND issued_at <= %(at)s)
       OR EXISTS (SELECT FROM inbox_delivery WHERE state = 'queued' AND next_try_at <= %(at)s)
"""


def date_history() -> None:
    """Give the field history the moments of its verbs: the database's own clock cannot travel."""
    with connection.cursor() as cursor:
        for table in TRACKED:
            cursor.execute(
                f"UPDATE {table} AS event SET pgh_created_at = (context.metadata ->> 'at')::timestamptz "  # noqa: S608
                "FROM pghistory_context AS context WHERE context.id = event.pgh_context_id"
            )
        cursor.execute(
            "UPDATE pghistory_context SET created_at = (metadata ->> 'at')::timestamptz WHERE metadata ? 'at'"
        )
