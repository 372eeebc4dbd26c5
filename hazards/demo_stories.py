"""What happens to the demo's hazards: each story goes from report to its end, or stops where the city stands today.

A story is a generator. It does one step through the services, yields the moment of the next one, and is
handed that moment when it has come; what lies after the demo's present never happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from hazards import services as do
from hazards.demo_scene import PROGRESS, Scene
from hazards.models import Hazard

Steps = Iterator[datetime]


def closed_at_once(scene: Scene, at: datetime) -> Steps:
    """The enterprise finds it, puts it right and closes it; the town checks it if it is drawn."""
    hazard = scene.report(at)
    at = yield scene.hours(at, 1, 40)
    hazard = scene.close(hazard, at)
    if hazard.state == "sampled":
        at = yield scene.workday(at, 2, 7)
        do.pass_sample(hazard, note="现场核实，隐患已消除。", by=scene.town, at=at)


def self_closed(scene: Scene, at: datetime) -> Steps:
    """The town accepts the report and sets a day; the enterprise closes in time."""
    hazard = scene.report(at)
    at = yield scene.workday(at, 0, 2)
    hazard = scene.accept(hazard, at, days=scene.random.randint(7, 15))
    at = yield scene.in_time(scene.workday(at, 1, 4), hazard.deadline_on)
    hazard = scene.close(hazard, at)
    if hazard.state == "sampled":
        at = yield scene.workday(at, 2, 7)
        do.pass_sample(hazard, note="抽查现场，与整改情况一致。", by=scene.town, at=at)


def drawn(scene: Scene, at: datetime) -> Steps:
    """Closed by the enterprise, drawn for a spot check, and the town has not been there yet."""
    while not scene.find_drawn(at):
        at = yield scene.hours(at, 0.3, 0.9)
    hazard = scene.report(at)
    at = yield scene.hours(at, 0.5, 3)
    scene.close(hazard, at)


def verified(scene: Scene, at: datetime) -> Steps:
    """A regulator finds it, the enterprise hands in, the town verifies."""
    hazard = scene.report(at, scene.found_by_regulator())
    at = yield scene.hours(at, 0.1, 3)
    hazard = scene.accept(hazard, at, days=15)
    if scene.random.random() < 0.04:
        scene.notice(hazard, at)
    at = yield scene.workday(at, 2, 8)
    hazard = scene.hand_in(hazard, at)
    at = yield scene.workday(at, 1, 4)
    do.accept_repair(hazard, note="现场复查，整改到位。", by=scene.town, at=at)


def returned_then_verified(scene: Scene, at: datetime) -> Steps:
    """The first rectification does not satisfy; the second does."""
    hazard = scene.report(at, scene.found_by_regulator())
    at = yield scene.hours(at, 0.1, 3)
    hazard = scene.accept(hazard, at, days=12)
    at = yield scene.workday(at, 2, 6)
    hazard = scene.hand_in(hazard, at)
    at = yield scene.workday(at, 1, 3)
    hazard = do.return_for_work(
        hazard,
        reason="照片看不出整改部位，现场仍有同类问题，请举一反三后重新提交。",
        deadline_on=scene.day(at, 10),
        by=scene.town,
        at=at,
    )
    at = yield scene.workday(at, 2, 6)
    hazard = scene.hand_in(hazard, at)
    at = yield scene.workday(at, 1, 4)
    do.accept_repair(hazard, note="复查合格。", by=scene.town, at=at)


def climbed_then_closed(scene: Scene, at: datetime) -> Steps:
    """The day is missed, the hazard climbs, the level above urges, and it is closed at last."""
    hazard = scene.report(at, scene.found_by_regulator())
    at = yield scene.hours(at, 0.1, 3)
    hazard = scene.accept(hazard, at, days=7)
    at = yield scene.workday(scene.morning(hazard.deadline_on), 2, 3)
    hazard = do.urge(hazard, note="已逾期，请立即整改并报送照片。", by=scene.town, at=at)
    at = yield scene.workday(at, 3, 8)
    hazard = scene.hand_in(hazard, at)
    at = yield scene.workday(at, 1, 4)
    do.accept_repair(hazard, note="县级复查，整改到位，已约谈企业负责人。", by=scene.county, at=at)


def extended_then_closed(scene: Scene, at: datetime, *, granted: bool) -> Steps:
    """More time is asked for, and granted or refused; it is closed in time."""
    hazard = scene.report(at, scene.found_by_regulator())
    at = yield scene.hours(at, 0.1, 3)
    hazard = scene.accept(hazard, at, days=15)
    at = yield scene.in_time(scene.workday(at, 3, 6), hazard.deadline_on)
    hazard = scene.ask_extension(hazard, at)
    at = yield scene.workday(at, 1, 2)
    if granted:
        until = hazard.extensions.get(granted=None).requested_on
        hazard = do.grant_extension(
            hazard, granted_on=until, note="备件采购确需时间，同意延期。", by=scene.town, at=at
        )
    else:
        hazard = do.refuse_extension(hazard, reason="整改措施简单，原期限内可以完成。", by=scene.town, at=at)
    at = yield scene.workday(at, 1, 2)
    hazard = scene.hand_in(hazard, at)
    at = yield scene.workday(at, 1, 3)
    do.accept_repair(hazard, note="复查合格。", by=scene.town, at=at)


def set_aside(scene: Scene, at: datetime) -> Steps:
    """The report turns out to be no hazard."""
    hazard = scene.report(at)
    at = yield scene.workday(at, 0, 2)
    reason = scene.random.choice(
        [
            "现场核实，设备符合标准要求，不构成隐患。",
            "与同日上报的另一条重复，合并处理。",
            "属正常检修状态，已挂牌上锁，不构成隐患。",
        ]
    )
    do.mark_not_hazard(hazard, reason=reason, by=scene.town, at=at)


def reopened_then_closed(scene: Scene, at: datetime) -> Steps:
    """Closed, found again, closed for good."""
    yield from reopened(scene, at)
    hazard = scene.last
    at = yield scene.workday(scene.last_at, 2, 5)
    hazard = scene.hand_in(hazard, at)
    at = yield scene.workday(at, 1, 3)
    do.accept_repair(hazard, note="再次复查，问题已根除。", by=scene.town, at=at)


def reopened(scene: Scene, at: datetime) -> Steps:
    """Closed by the enterprise, and opened again by the town, which found it still there."""
    hazard = scene.report(at)
    at = yield scene.hours(at, 2, 20)
    hazard = scene.close(hazard, at)
    at = yield scene.workday(at, 4, 8)
    if hazard.state == "sampled":
        hazard = do.pass_sample(hazard, by=scene.town, at=at)
        at = yield scene.hours(at, 24, 30)
    reason = "巡查发现同一部位问题重现，整改没有到位。"
    scene.last = do.reopen(hazard, reason=reason, deadline_on=scene.day(at, 10), by=scene.town, at=at)
    scene.last_at = at


def waiting(scene: Scene, at: datetime) -> Steps:
    """Reported, and nobody has accepted it yet."""
    scene.report(at, scene.random.choice(["self_check", "self_check", "employee", "patrol"]))
    yield from ()


def being_rectified(scene: Scene, at: datetime) -> Steps:
    """Accepted, with its day still ahead."""
    hazard = scene.report(at, scene.random.choice(["self_check", scene.found_by_regulator()]))
    at = yield scene.hours(at, 1, 20)
    hazard = scene.accept(hazard, at, days=scene.random.randint(12, 21))
    if scene.random.random() < 0.08:
        scene.notice(hazard, at)


def overdue(scene: Scene, at: datetime, *, late: int) -> Steps:
    """The day has passed so many working days ago, and nothing was handed in."""
    hazard = scene.report(at, scene.random.choice(["self_check", scene.found_by_regulator()]))
    at = yield scene.hours(at, 0.5, 2)
    due = localdate(scene.workday(scene.now, -late, -late))
    do.accept_report(hazard, deadline_on=max(due, localdate(at)), by=scene.town, at=at)


def asking_for_time(scene: Scene, at: datetime) -> Steps:
    """An extension is asked for and not answered yet."""
    hazard = scene.report(at, scene.found_by_regulator())
    at = yield scene.hours(at, 0.1, 3)
    hazard = scene.accept(hazard, at, days=15)
    at = yield scene.hours(at, 20, 60)
    scene.ask_extension(hazard, at)


def being_verified(scene: Scene, at: datetime) -> Steps:
    """Handed in, and waiting for the town to look."""
    hazard = scene.report(at, scene.found_by_regulator())
    at = yield scene.hours(at, 0.1, 3)
    hazard = scene.accept(hazard, at, days=15)
    at = yield scene.hours(at, 20, 50)
    scene.hand_in(hazard, at)


def returned(scene: Scene, at: datetime) -> Steps:
    """Handed in, sent back, and being worked on again."""
    yield from being_verified(scene, at)
    at = yield scene.hours(scene.last_at, 4, 30)
    do.return_for_work(
        scene.last,
        reason="防护不到位，补充整改后重新提交。",
        deadline_on=scene.day(at, 10),
        by=scene.town,
        at=at,
    )


def major(scene: Scene, at: datetime, *, until: str, listed: bool = False, late: int = 0) -> Steps:
    """The long way of a major hazard, as far as `until`; listed for supervision on the way if so said."""
    hazard = scene.report(at, "inspection", is_major=True)
    at = yield scene.hours(at, 0.5, 3)
    hazard = do.confirm_major(hazard, criterion=scene.criterion(at), by=scene.county, at=at)
    scene.notice(hazard, at, share=0.5)
    if until == "plan_due":
        return
    at = yield scene.workday(at, 2, 5)
    hazard = scene.submit_plan(hazard, at, finish_in=30)
    if until == "plan_submitted":
        return
    at = yield scene.workday(at, 1, 2)
    if listed is False and scene.random.random() < 0.25:
        hazard = do.return_plan(
            hazard, reason="资金来源和停产期间的安全措施没有写明。", by=scene.county, at=at
        )
        at = yield scene.workday(at, 1, 3)
        hazard = scene.submit_plan(hazard, at, finish_in=30)
        at = yield scene.workday(at, 1, 2)
    hazard = do.approve_plan(
        hazard, deadline_on=scene.late_day(late, at), note="方案可行，同意按此治理。", by=scene.leader, at=at
    )
    if listed:
        at = yield scene.hours(at, 2, 30)
        hazard = scene.list_it(hazard, at)
        at = yield scene.hours(at, 20, 40)
        hazard = scene.publish(hazard, at)
        hazard = scene.opinion(hazard, at)
    if until == "rectifying":
        yield from weekly_reports(scene, hazard, at)
        return
    yield from major_finish(scene, hazard, at, until=until, listed=listed)


def weekly_reports(scene: Scene, hazard: Hazard, at: datetime) -> Steps:
    """The enterprise reports every week up to the present; now and then it is a day late."""
    for week in range(len(PROGRESS)):
        at = yield at + timedelta(days=6 if scene.random.random() < 0.8 else 8)
        hazard = scene.progress(hazard, at, week)


def major_finish(scene: Scene, hazard: Hazard, at: datetime, *, until: str, listed: bool) -> Steps:
    """From rectification to release, and off the list."""
    at = yield scene.workday(at, 3, 5)
    hazard = scene.progress(hazard, at, 1)
    at = yield scene.workday(at, 3, 10)
    hazard = do.apply_for_review(
        hazard,
        text="企业已组织技术人员和专家自行验收，结论为隐患已消除，申请现场审查。",
        photos=scene.photos(at, "after", 2),
        by=scene.safety,
        at=at,
    )
    if until == "site_review":
        return
    at = yield scene.workday(at, 1, 5)
    hazard = scene.review(hazard, at)
    at = yield scene.hours(at, 2, 24)
    hazard = do.release(hazard, note="审查合格，同意恢复生产经营。", by=scene.leader, at=at)
    if listed:
        at = yield scene.workday(at, 1, 3)
        hazard = do.delist(hazard, reason="隐患已消除并通过现场审查，予以销号。", by=scene.county, at=at)
        at = yield scene.workday(at, 1, 3)
        do.publish_delisting(hazard, by=scene.county, at=at)
