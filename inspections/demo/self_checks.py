"""The self-checks of the demo city: nearly every enterprise has its list, most check in time, some are late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.db import connection
from django.db.models.functions import Least
from django.utils.timezone import localdate

from accounts.demo import TOWN, Stage
from accounts.models import User
from accounts.roles import Role
from deadlines import services as deadlines
from enterprises.models import Enterprise
from hazards.demo_scene import templates
from inspections import services as do
from inspections.library.selectors import editions_for
from inspections.models import Answer, Edition, Participant, SelfCheckList, Visit
from inspections.risk import longest_self_check, risk_colour
from inspections.self_checks.clock import RULE, after
from paperwork.services import next_record_number

Steps = Iterator[datetime]
# Of a thousand enterprises so many have composed no list, and so many wait for the acceptance of theirs (handbook §5.7).
WITHOUT, WAITING = 15, 45
# So many items of the general checklist make a list here; so many lists are overdue, so many checks are written in full.
ITEMS, LATE, CHECKS = 15, 25, 150
LINES = """
INSERT INTO inspections_selfcheckline (list_id, item_id, position, place, responsible, level)
SELECT s.id, l.item_id, row_number() OVER (PARTITION BY s.id ORDER BY l.position), '', '',
       (ARRAY['team', 'workshop', 'company'])[1 + l.position %% 3]
FROM inspections_selfchecklist s
CROSS JOIN (SELECT item_id, position FROM inspections_editionline WHERE edition_id = %(edition)s
            ORDER BY position LIMIT %(items)s) l
WHERE NOT EXISTS (SELECT FROM inspections_selfcheckline t WHERE t.list_id = s.id)
"""


def self_check_stories(stage: Stage) -> Iterator[tuple[datetime, Steps]]:
    """Give the stories of a few lists, then the lists of everybody else, written shortly before the end."""
    ours = chosen(stage)
    for turn, enterprise in enumerate(ours):
        dice = Random(stage.random.random())  # noqa: S311 - a demo, nothing secret
        start = stage.now - timedelta(days=64 - turn, hours=2)
        yield start, checked_every_month(stage, enterprise, start, dice)
    taken = {each.pk for each in ours}
    yield stage.now - timedelta(days=12, hours=3), overdue_lists(stage, taken)
    yield stage.now - timedelta(days=2, hours=3), lists_in_use(stage, taken)


def chosen(stage: Stage) -> list[Enterprise]:
    """Choose enterprises with an officer whose lists are told step by step; that of `enterprise` is the first."""
    ours = [e for e in stage.enterprises if e.pk in stage.safety_officers and e.operating_status == "normal"]
    first = next(iter(stage.safety_officers))
    return sorted(ours, key=lambda e: (e.pk != first, not e.region_id.startswith(TOWN), e.uscc))[:5]


def town_of(stage: Stage, enterprise: Enterprise) -> User:
    """Return an officer of the enterprise's town."""
    return stage.people[Role.TOWN, enterprise.region_id[:9]][0]


def checked_every_month(stage: Stage, enterprise: Enterprise, at: datetime, dice: Random) -> Steps:
    """A list is composed, returned once, accepted; then the enterprise checks itself, and finds something now and then."""
    by, town = stage.safety_officers[enterprise.pk], town_of(stage, enterprise)
    shortest = sorted(editions_for(enterprise, localdate(at)), key=lambda each: each.item_count)[:1]
    row = do.compose_list(enterprise, editions=shortest, by=by, at=at)
    facts = {
        "section": "现场管理",
        "content": "车间主通道画线清楚，无物料占用",
        "methods": ["site"],
        "category": "environment",
    }
    do.write_own_item(row, facts=facts, by=by, at=at)
    at = yield at + timedelta(days=1, hours=2)
    row = do.submit_list(row, by=by, at=at)
    if dice.random() < 0.5:
        at = yield at + timedelta(days=2)
        row = do.return_list(row, reason="清单缺少责任人和检查部位，请补齐后再报。", by=town, at=at)
        at = yield at + timedelta(days=1)
        lines = list(row.lines.values_list("pk", flat=True))
        do.assign_lines(row, lines=lines, place="生产车间", responsible=by.name, by=by, at=at)
        row = do.submit_list(row, by=by, at=at)
    at = yield at + timedelta(days=2)
    row = do.accept_list(row, by=town, at=at)
    for turn in range(4):
        at = yield at + timedelta(days=max(1, row.cycle_days - dice.randint(1, 3)) if turn else 3)
        check(row, by, at, dice, finds=turn == 1)


def check(row: SelfCheckList, by: User, at: datetime, dice: Random, *, finds: bool) -> Visit:
    """Check by the list: with one tap, or with a hazard found on the way."""
    if not finds:
        return do.report_all_well(row, by=by, at=at)
    visit = do.begin_self_check(row, by=by, at=at)
    item = dice.choice(list(row.lines.select_related("item"))).item
    words = dice.choice(templates(row.enterprise.regulatory_category))
    numbers = {"n": dice.randint(2, 9), "mm": dice.randint(3, 30)}
    said = {name: words[name].format(**numbers) for name in ("place", "description")}
    facts = {**said, "category": words["category"]}
    do.find_hazard(visit, item=item, facts=facts, by=by, at=at)
    do.answer_rest(visit, by=by, at=at)
    return do.finish_visit(visit, outcome="found", by=by, at=at + timedelta(minutes=35))


def pool(stage: Stage, taken: set[int]) -> list[tuple[int, int]]:
    """Return the working enterprises without a list, in an order of chance, with the longest cycle of each."""
    today = localdate(stage.now)
    rows = Enterprise.objects.counts_for_scoring(today).filter(self_check_lists=None).exclude(pk__in=taken)
    found = rows.annotate(risk=risk_colour()).values_list(
        "pk", Least(longest_self_check(on=today), 30), "uscc"
    )
    return [(key, days) for key, days, _code in sorted(found, key=lambda each: each[2][::-1])]


def stands(enterprise: int, days: int, at: datetime, state: str) -> SelfCheckList:
    """Return a list as it stands."""
    return SelfCheckList(
        enterprise_id=enterprise,
        number=1,
        cycle_days=days,
        item_count=ITEMS,
        state=state,
        state_since=at,
        version=3,
        submitted_at=at,
        accepted_at=at if state == "accepted" else None,
        created_at=at - timedelta(days=6),
    )


def write(rows: list[SelfCheckList]) -> None:
    """Write lists with their lines: the general checklist's first items."""
    edition = Edition.objects.get(checklist__code="general-management", state="published")
    SelfCheckList.objects.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"edition": edition.pk, "items": ITEMS})


def start(rows: list[SelfCheckList], rule: str, at: datetime) -> None:
    """Start the clocks of these lists."""
    keys = [row.pk for row in rows]
    found = SelfCheckList.objects.filter(pk__in=keys).select_related("enterprise")
    given = [(row, row.next_check_on or localdate(at) + timedelta(days=12)) for row in found]
    deadlines.start_many(given, rule, at=at)


def overdue_lists(stage: Stage, taken: set[int]) -> Steps:
    """Lists whose check comes due in these days and is not made: the clock says so day by day."""
    at, number = stage.now - timedelta(days=12, hours=3), max(3, LATE * stage.hazards // 600)
    rows = [
        stands(key, days, at - timedelta(days=40), "accepted") for key, days in pool(stage, taken)[-number:]
    ]
    for turn, row in enumerate(rows):
        row.next_check_on = localdate(at) + timedelta(days=1 + turn % 9)
        row.last_check_at = at - timedelta(days=row.cycle_days)
    write(rows)
    start(rows, RULE, at)
    yield from ()


def lists_in_use(stage: Stage, taken: set[int]) -> Steps:
    """Everybody else's lists: a few not composed, some waiting, the others in use and checked in time."""
    at, rows = stage.now - timedelta(days=2, hours=3), []
    for turn, (key, days) in enumerate(pool(stage, taken)):
        if (share := turn * 377 % 1000) < WITHOUT:
            continue
        state = "submitted" if share < WITHOUT + WAITING else "accepted"
        row = stands(key, days, at - timedelta(days=turn % 9 if state == "submitted" else 90), state)
        if state == "accepted":
            row.last_check_at = at - timedelta(days=turn % max(days - 3, 1), minutes=turn % 400)
            row.next_check_on = max(
                after(localdate(row.last_check_at), days), localdate(at) + timedelta(days=1)
            )
        rows.append(row)
    write(rows)
    in_use = [row for row in rows if row.state == "accepted"]
    start(in_use, RULE, at)
    start([row for row in rows if row.state == "submitted"], "inspections.accept_list", at)
    write_checks(stage, in_use)
    yield from ()


def write_checks(stage: Stage, rows: list[SelfCheckList]) -> None:
    """Write the last check of some lists in full: all complies, one in three item by item."""
    officers = [row for row in rows if row.enterprise_id in stage.safety_officers]
    number = max(5, CHECKS * stage.hazards // 600)
    visits = [check_made(stage, row, turn) for turn, row in enumerate(officers[:number])]
    Visit.objects.bulk_create(visits)
    Participant.objects.bulk_create(
        [Participant(visit=visit, user=visit.started_by, is_lead=True) for visit in visits]
    )
    items = list(rows[0].lines.values_list("item_id", flat=True)) if rows else []
    Answer.objects.bulk_create(
        [
            Answer(
                visit=visit,
                item_id=item,
                result="pass",
                answered_by=visit.started_by,
                answered_at=visit.ended_at,
                at_once=turn % 3 > 0,
            )
            for turn, visit in enumerate(visits)
            for item in items
        ],
        batch_size=2000,
    )


def check_made(stage: Stage, row: SelfCheckList, turn: int) -> Visit:
    """Return a check that found nothing."""
    by, enterprise = stage.safety_officers[row.enterprise_id], row.enterprise
    ended, begun = row.last_check_at, row.last_check_at - timedelta(minutes=2 if turn % 3 else 25)
    return Visit(
        number=next_record_number("JC", enterprise.region_id, localdate(begun)),
        kind="self_check",
        trigger="spot",
        enterprise=enterprise,
        region_id=enterprise.region_id,
        self_check_list=row,
        planned_on=localdate(begun),
        started_at=begun,
        started_by=by,
        ended_at=ended,
        finished_at=ended,
        outcome="nothing",
        item_count=ITEMS,
        created_at=begun,
        created_by=by,
        state="finished",
        state_since=ended,
        version=3,
    )
