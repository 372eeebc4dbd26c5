"""The supervisions of the demo city: towns and a bureau looked at, ordered, answering; one at each step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate, make_aware

from accounts.demo import COUNTY, TOWN, Stage
from accounts.models import Organisation, User
from accounts.roles import Role
from deadlines.almanac import working_days
from inspections import services as do
from inspections.library.selectors import editions_on
from inspections.models import Edition, GovernmentOrder, Visit
from inspections.visits.sheet import sheet_of

Steps = Iterator[datetime]
# (what was found, what is asked), of the items on which the sheet fails.
PROBLEMS = (
    ("二季度未专题研究安全生产工作，会议记录缺失", "每季度至少研究一次，形成纪要并跟踪落实"),
    ("巡查发现的隐患未全部录入系统，三处未跟踪整改", "逐条补录，明确责任人，整改闭环"),
    ("年度监督检查计划未按风险分级安排频次", "按风险分级调整计划并报备"),
)
ASKED = "逐项制定整改措施，明确责任人和完成时限，举一反三排查同类问题，按期书面反馈。"


def supervision_stories(stage: Stage) -> Iterator[tuple[datetime, Steps]]:
    """Give the supervisions with the moment at which each begins."""
    county = stage.people[Role.COUNTY, COUNTY][-1]
    city = stage.people[Role.CITY, "3705"][-1]
    ours = stage.organisations[TOWN]
    towns = [body for code, body in stage.organisations.items() if code.startswith(COUNTY) and len(code) == 9]
    others = [body for body in towns if body.pk != ours.pk]
    plots = [
        (70, others[0], county, "closed"),
        (34, others[1 % len(others)], county, "returned"),
        (11, ours, county, "replied"),
        (6, stage.organisations[COUNTY], city, "issued"),
        (2, others[-1], county, "planned"),
    ]
    for days, body, supervisor, until in plots:
        day = working_days().on_or_after(localdate(stage.now) - timedelta(days=days))
        at = min(make_aware(datetime.combine(day, time(9, 30))), stage.now - timedelta(hours=8))
        yield at, told(stage, body, supervisor, at, until)


def told(stage: Stage, body: Organisation, supervisor: User, at: datetime, until: str) -> Steps:
    """One supervision, as far as `until`."""
    about = {"editions": in_use(at), "occasion": "安全生产责任落实专项督导", "by": supervisor}
    if until == "planned":
        day = working_days().on_or_after(localdate(stage.now) + timedelta(days=3))
        do.supervise(body, planned_on=day, at=at, **about)
        return
    visit = do.supervise(body, now=True, at=at, **about)
    look(visit, supervisor, at)
    at = yield at + timedelta(hours=3)
    visit = do.finish_visit(
        visit, outcome="found", summary="总体有序，部分责任落实不到位。", by=supervisor, at=at
    )
    at = yield at + timedelta(hours=4)
    order = do.issue_order(visit, due_on=day_after(at, 15), requirements=ASKED, by=supervisor, at=at)
    if until == "issued":
        return
    at = yield at + timedelta(days=5)
    order = answer(stage, order, "已召开专题会议研究，形成纪要并印发。", at)
    if until == "replied":
        return
    at = yield at + timedelta(days=1)
    order = do.return_reply(
        order, reason="第二项没有附整改照片和台账。", due_on=day_after(at, 10), by=supervisor, at=at
    )
    at = yield at + timedelta(days=4)
    order = answer(stage, order, "已补充台账和现场照片，三处隐患整改完毕。", at)
    if until == "returned":
        return
    at = yield at + timedelta(days=2)
    do.close_order(order, note="经审核，问题整改到位。", by=supervisor, at=at)


def day_after(at: datetime, days: int) -> date:
    """Return the working day so many days later."""
    return working_days().on_or_after(localdate(at) + timedelta(days=days))


def in_use(at: datetime) -> list[Edition]:
    """Return the checklist for government bodies."""
    return list(editions_on(localdate(at), purpose="government").filter(state="published")[:1])


def look(visit: Visit, supervisor: User, at: datetime) -> None:
    """Answer the first items and record what is not met; without a checklist the problems are free ones."""
    rows = list(sheet_of(visit).rows)[:9]
    for row in rows[len(PROBLEMS) :]:
        do.answer(visit, row.item.pk, result="pass", by=supervisor, at=at)
    for turn, (text, requirement) in enumerate(PROBLEMS):
        item = rows[turn].item if turn < len(rows) else None
        facts = {"text": text, "requirement": requirement}
        do.find_problem(visit, facts=facts, item=item, by=supervisor, at=at)


def answer(stage: Stage, order: GovernmentOrder, words: str, at: datetime) -> GovernmentOrder:
    """The body replies to every problem."""
    visit = order.visit
    people = stage.people[Role.TOWN, visit.region_id] or stage.people[Role.COUNTY, visit.region_id]
    replies = {found.pk: words for found in visit.government_findings.all()}
    return do.reply_order(order, reply="已全部整改，附佐证材料。", replies=replies, by=people[-1], at=at)
