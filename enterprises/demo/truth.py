"""How far the demo city's files are true: most groups confirmed lately, some stale, a few changes and conflicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.timezone import localdate

from accounts.demo import TOWN, Stage
from accounts.models import User
from accounts.roles import Role
from enterprises import services as do
from enterprises.groups import GROUPS, max_ages
from enterprises.models import ChangeRequest, Conflict, Enterprise
from enterprises.truth.score import refresh

Steps = Iterator[datetime]
# One file in so many has a group that nobody has confirmed; the oldest confirmations are a quarter over their age.
UNCONFIRMED = 40
OLDEST = 1.25
# The dice of a file and a group come from its code, so that the same day gives the same city.
CONFIRM = """
WITH said AS (
    SELECT e.id, g.code, g.age,
           greatest(e.created_at, %(now)s - interval '1 day' * floor(g.age * %(oldest)s
               * (abs(hashtext(e.uscc || g.code)) %% 1000) / 1000.0)) AS at,
           officer.by_id AS officer, town.by_id AS town, e.operating_status = ANY(%(stopped)s) AS is_stopped,
           g.stopped_age
    FROM enterprises_enterprise e
    CROSS JOIN unnest(%(codes)s::text[], %(ages)s::int[], %(stopped_ages)s::int[]) AS g (code, age, stopped_age)
    LEFT JOIN unnest(%(enterprises)s::bigint[], %(officers)s::bigint[]) AS officer (id, by_id) ON officer.id = e.id
    LEFT JOIN unnest(%(towns)s::text[], %(town_people)s::bigint[]) AS town (code, by_id) ON town.code = e.town_code
    WHERE abs(hashtext(g.code || e.uscc)) %% %(unconfirmed)s > 0
      AND NOT EXISTS (SELECT FROM enterprises_factgroup f WHERE f.enterprise_id = e.id AND f."group" = g.code)
), events AS (
    INSERT INTO enterprises_verificationevent (enterprise_id, "group", kind, at, by_id, source, note)
    SELECT id, code, 'confirmed', at, coalesce(officer, town),
           CASE WHEN officer IS NULL THEN 'on_site' ELSE 'enterprise' END, '' FROM said
)
INSERT INTO enterprises_factgroup
    (enterprise_id, "group", confirmed_at, by_id, source, stale_on, doubt, doubted_at)
SELECT id, code, at, coalesce(officer, town), CASE WHEN officer IS NULL THEN 'on_site' ELSE 'enterprise' END,
       (at AT TIME ZONE 'Asia/Shanghai')::date + CASE WHEN is_stopped THEN stopped_age ELSE age END, '', NULL
FROM said
"""
ROADS = ("创业路", "潍高路", "振兴路", "青垦路", "团结路")


def truth_stories(stage: Stage) -> Iterator[tuple[datetime, Steps]]:
    """Give the confirmations of the year, told on the last morning, and what the last days brought."""
    yield stage.now - timedelta(days=12), confirmations(stage)
    yield from (
        (
            stage.now - timedelta(days=days, hours=3),
            tell(stage, enterprise, stage.now - timedelta(days=days, hours=3)),
        )
        for days, tell, enterprise in zip(
            (9, 8, 6, 5, 4, 3, 2, 1), (TELL * 2)[:8], chosen(stage), strict=False
        )
    )


def confirmations(stage: Stage) -> Steps:
    """Write who confirmed what when, by one statement; people and days as they may have been."""
    ages = max_ages([group.code for group in GROUPS], on=localdate(stage.now))
    towns = {place: people[0].pk for (role, place), people in stage.people.items() if role == Role.TOWN}
    with connection.cursor() as cursor:
        cursor.execute(
            CONFIRM,
            {
                "now": stage.now - timedelta(days=12),
                "oldest": OLDEST,
                "unconfirmed": UNCONFIRMED,
                "stopped": ["suspended_self", "suspended_ordered", "seasonal"],
                "codes": list(ages),
                "ages": [age for age, _stopped in ages.values()],
                "stopped_ages": [stopped for _age, stopped in ages.values()],
                "enterprises": list(stage.safety_officers),
                "officers": [user.pk for user in stage.safety_officers.values()],
                "towns": list(towns),
                "town_people": list(towns.values()),
            },
        )
    refresh(on=localdate(stage.now))
    yield from ()


def chosen(stage: Stage) -> list[Enterprise]:
    """Choose working enterprises with an officer, the first of them where the sign-ins look first."""
    ours = [e for e in stage.enterprises if e.pk in stage.safety_officers and e.operating_status == "normal"]
    return sorted(ours, key=lambda e: (not e.region_id.startswith(TOWN), e.uscc))[1:9]


def another_road(stage: Stage, enterprise: Enterprise) -> str:
    """Make up another address in the same town."""
    return f"{enterprise.production_address[:3]}{stage.random.choice(ROADS)}{stage.random.randint(2, 300)}号"


def town_of(stage: Stage, enterprise: Enterprise) -> User:
    """Return an officer of the enterprise's town."""
    return stage.people[Role.TOWN, enterprise.region_id[:9]][0]


def ask(stage: Stage, enterprise: Enterprise, at: datetime) -> ChangeRequest:
    """Let the enterprise ask for another address."""
    facts: dict[str, Any] = {"production_address": another_road(stage, enterprise)}
    do.change(
        enterprise,
        facts=facts,
        reason="厂区搬迁，已换发营业执照",
        by=stage.safety_officers[enterprise.pk],
        at=at,
    )
    return ChangeRequest.objects.get(enterprise=enterprise, state="submitted")


def waiting_change(stage: Stage, enterprise: Enterprise, at: datetime) -> Steps:
    """The enterprise asks; nobody has answered yet."""
    ask(stage, enterprise, at)
    yield from ()


def approved_change(stage: Stage, enterprise: Enterprise, at: datetime) -> Steps:
    """The enterprise asks, the town approves the next morning."""
    asked = ask(stage, enterprise, at)
    at = yield at + timedelta(hours=20)
    do.approve_change(asked, note="已核对营业执照", by=town_of(stage, enterprise), at=at)


def open_conflict(stage: Stage, enterprise: Enterprise, at: datetime) -> Steps:
    """A grid worker or an officer finds another address; the town is to find out."""
    find(stage, enterprise, at)
    yield from ()


def resolved_conflict(stage: Stage, enterprise: Enterprise, at: datetime) -> Steps:
    """The town goes there and finds the file right."""
    found = find(stage, enterprise, at)
    at = yield at + timedelta(hours=22)
    do.keep_declared(found, reason="现场核实，门牌未变", by=town_of(stage, enterprise), at=at)


def find(stage: Stage, enterprise: Enterprise, at: datetime) -> Conflict:
    """Report that an inspection found another address."""
    return do.report_conflict(
        enterprise,
        field="production_address",
        seen=another_road(stage, enterprise),
        source="inspection",
        reference="日常检查记录",
        by=town_of(stage, enterprise),
        at=at,
    )


TELL: tuple[Callable[[Stage, Enterprise, datetime], Steps], ...] = (
    approved_change,
    resolved_conflict,
    waiting_change,
    open_conflict,
)
