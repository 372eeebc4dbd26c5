"""The visits of the demo city: certificates, inspections told step by step, and a year of patrols by the towns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import BytesIO
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate, localtime, make_aware
from PIL import Image, ImageDraw

from accounts.demo import COUNTY, TOWN, Stage
from accounts.models import EnforcementCertificate, User
from accounts.roles import Role
from deadlines.almanac import working_days
from enterprises.models import Enterprise
from hazards.demo_scene import templates
from inspections import services as do
from inspections.choices import Result
from inspections.library.selectors import editions_for
from inspections.models import Answer, Edition, Participant, Visit
from inspections.visits.positions import Position
from inspections.visits.services.facts import ASKED_ON_SITE
from inspections.visits.sheet import sheet_of
from paperwork.services import next_record_number

Steps = Iterator[datetime]
# Enough to show every state; more would cost the minute in which the city is ready.
INSPECTIONS, ROUNDS, FULL = 5, 120, 600
CERTIFIED = (Role.OFFICER, Role.COUNTY, Role.TOWN, Role.CITY)


def prepare_visits(stage: Stage) -> None:
    """Give the officers their enforcement certificates; those of the towns are entrusted with some inspections."""
    numbers = iter(range(1, 10_000))
    people = {
        user.pk: user for (role, _place), users in stage.people.items() if role in CERTIFIED for user in users
    }
    EnforcementCertificate.objects.bulk_create(
        [
            EnforcementCertificate(
                user=user,
                number=f"1505{next(numbers):07d}",
                issuer="山东省人民政府",
                valid_from=localdate(stage.begin) - timedelta(days=400),
                valid_to=localdate(stage.now) + timedelta(days=900),
            )
            for user in people.values()
        ]
    )


def visit_stories(stage: Stage) -> Iterator[tuple[datetime, Steps]]:
    """Give the stories of visits: inspections in the county of the sign-ins, patrols, an expert, what is planned."""
    # Written near the end, so that nothing stands on record before it was.
    yield stage.now - timedelta(hours=20), rounds_of_towns(stage)
    teams = [team for team in (Team.of(stage, enterprise) for enterprise in chosen(stage)) if team]
    plots = [
        *((days, inspected) for days in (96, 58, 33, 16, 5)[:INSPECTIONS]),
        (12, typed_in_later),
        (21, looked_at_by_an_expert),
        (3, called_off),
        (2, patrolled),
        (0.06, under_way),
        (1.2, planned),
        (0.9, planned),
    ]
    for (days, tell), team in zip(plots, teams, strict=False):
        yield at_work(stage, days), tell(team, at_work(stage, days))


def at_work(stage: Stage, days: float) -> datetime:
    """Return a moment of the forenoon of a working day so long ago, or so many minutes ago on the last day."""
    if days < 1:
        return stage.now - timedelta(days=days)
    day = working_days().on_or_after(localdate(stage.now) - timedelta(days=int(days) + 2))
    return make_aware(datetime.combine(day, time(9, 10)))


def chosen(stage: Stage) -> list[Enterprise]:
    """Choose working enterprises with an officer, the first of them where the sign-ins look first."""
    ours = [e for e in stage.enterprises if e.pk in stage.safety_officers and e.operating_status == "normal"]
    near = [e for e in ours if e.region_id.startswith(COUNTY)]
    return sorted(near, key=lambda e: (not e.region_id.startswith(TOWN), e.uscc))[:12]


@dataclass
class Team:
    """Those who look at one enterprise, and its checklists."""

    stage: Stage
    enterprise: Enterprise
    officers: list[User]
    random: Random

    @classmethod
    def of(cls, stage: Stage, enterprise: Enterprise) -> Team | None:
        """Return the two officers of the county, where there are two."""
        officers = stage.people[Role.OFFICER, enterprise.region_id[:6]]
        dice = Random(stage.random.random())  # noqa: S311 - a demo, nothing secret
        return cls(stage, enterprise, officers[-2:][::-1], dice) if len(officers) > 1 else None

    def editions(self, at: datetime) -> list[Edition]:
        """Return the shortest checklist made for the enterprise."""
        fitting = editions_for(self.enterprise, localdate(at)).filter(state="published")
        return sorted(fitting, key=lambda edition: edition.item_count)[:1]

    def position(self) -> Position | None:
        """Return where the phone is: some metres from the gate."""
        if self.enterprise.latitude is None or self.enterprise.longitude is None:
            return None
        off = self.random.uniform(-0.0006, 0.0006)
        return Position(float(self.enterprise.latitude) + off, float(self.enterprise.longitude) - off, 18)

    def plan(self, at: datetime, **about: Any) -> Visit:
        """Plan an inspection by the two officers."""
        facts = {"kind": "inspection", "people": self.officers[1:], "editions": self.editions(at), **about}
        return do.plan_visit(self.enterprise, by=self.officers[0], at=at, **facts)

    def answer(self, visit: Visit, at: datetime, *, minutes: int) -> None:
        """Answer every item one after the other, as people do; a few do not apply."""
        rows = list(sheet_of(visit).rows)
        step = timedelta(minutes=minutes) / max(len(rows), 1)
        Answer.objects.bulk_create(
            [
                Answer(
                    visit=visit,
                    item=row.item,
                    result=Result.NOT_APPLICABLE if self.random.random() < 0.12 else Result.PASS,
                    answered_by=visit.started_by,
                    answered_at=at + step * number,
                    device_time=at + step * number,
                )
                for number, row in enumerate(rows, 1)
            ]
        )

    def find(self, visit: Visit, by: User, at: datetime) -> None:
        """Find a hazard in the words of the industry, with a photo."""
        row = self.random.choice(templates(self.enterprise.regulatory_category))
        numbers = {"n": self.random.randint(2, 9), "mm": self.random.randint(3, 30)}
        facts = {name: row[name].format(**numbers) for name in ("place", "description")}
        photos = self.stage.photos.give(self.enterprise, 1, purpose="before", by=by, at=at)
        do.find_hazard(visit, facts={**facts, "category": row["category"]}, photos=photos, by=by, at=at)

    def sign(self, visit: Visit, at: datetime) -> None:
        """Both officers sign, then the enterprise."""
        for officer in self.officers:
            do.sign(
                visit,
                side="officer",
                name="",
                signer=officer,
                picture=handwriting(self.random),
                by=self.officers[0],
                at=at,
            )
        who = self.stage.safety_officers[self.enterprise.pk].name
        do.sign(
            visit,
            side="party",
            name=who,
            title="安全管理人员",
            picture=handwriting(self.random),
            by=self.officers[0],
            at=at,
        )


def handwriting(random: Random) -> SimpleUploadedFile:
    """Draw a signature: a few strokes."""
    image = Image.new("RGBA", (340, 120), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    for stroke in range(4):
        x = 30 + stroke * 75
        dots = [(x + random.randint(-12, 40), random.randint(20, 100)) for _dot in range(4)]
        pen.line(dots, fill="black", width=4, joint="curve")
    data = BytesIO()
    image.save(data, "PNG")
    return SimpleUploadedFile("signature.png", data.getvalue(), "image/png")


def inspected(team: Team, at: datetime) -> Steps:
    """Planned, carried out on site with position, facts and signatures, finished with its record."""
    visit = team.plan(at, planned_on=localdate(at), occasion="年度监督检查计划")
    at = yield at + timedelta(minutes=45)
    lead = team.officers[0]
    visit = do.start_visit(visit, position=team.position(), device_time=at, by=lead, at=at)
    at = yield at + timedelta(minutes=70)
    team.answer(visit, at - timedelta(minutes=65), minutes=60)
    found = team.random.random() < 0.8
    if found:
        team.find(visit, lead, at)
    do.confirm_visit_facts(visit, confirmed=ASKED_ON_SITE, corrections={}, by=lead, at=at)
    at = yield at + timedelta(minutes=12)
    team.sign(visit, at)
    do.finish_visit(
        visit,
        outcome="found" if found else "nothing",
        summary="企业能够配合检查，台账基本齐全。",
        device_time=at,
        by=lead,
        at=at,
    )


def typed_in_later(team: Team, at: datetime) -> Steps:
    """The phone was out of order; the inspection is typed in two days later and marked so."""
    visit = team.plan(at, planned_on=localdate(at), occasion="节前专项检查", trigger="special")
    begun = at + timedelta(minutes=30)
    at = yield at + timedelta(days=2)
    lead = team.officers[0]
    visit = do.start_visit(visit, started_at=begun, by=lead, at=at)
    team.answer(visit, at, minutes=8)
    at = yield at + timedelta(minutes=10)
    do.confirm_visit_facts(visit, confirmed=ASKED_ON_SITE, corrections={}, by=lead, at=at)
    team.sign(visit, at)
    do.finish_visit(visit, outcome="nothing", ended_at=begun + timedelta(hours=2), by=lead, at=at)


def looked_at_by_an_expert(team: Team, at: datetime) -> Steps:
    """The county asks an expert; what the expert finds is information, and no document follows."""
    expert = team.stage.people[Role.EXPERT, ""][0]
    county = team.stage.people[Role.COUNTY, team.enterprise.region_id[:6]][-1]
    about = {"kind": "expert", "people": [expert], "occasion": "粉尘防爆专家指导服务"}
    visit = do.plan_visit(team.enterprise, by=county, at=at, **about)
    at = yield at + timedelta(hours=3)
    visit = do.start_visit(visit, position=team.position(), by=expert, at=at)
    at = yield at + timedelta(minutes=90)
    team.find(visit, expert, at)
    do.finish_visit(visit, outcome="found", by=expert, at=at)


def patrolled(team: Team, at: datetime) -> Steps:
    """The town goes round and finds nothing; it says so."""
    town = team.stage.people[Role.TOWN, team.enterprise.region_id[:9]][-1]
    visit = do.open_visit(team.enterprise, kind="gov_patrol", position=team.position(), by=town, at=at)
    at = yield at + timedelta(minutes=25)
    do.finish_visit(visit, outcome="nothing", summary="现场秩序正常。", by=town, at=at)


def called_off(team: Team, at: datetime) -> Steps:
    """Planned, and called off because the enterprise stands still."""
    visit = team.plan(at, planned_on=localdate(at) + timedelta(days=1))
    at = yield at + timedelta(hours=6)
    do.cancel_visit(visit, reason="企业设备大修停产，检修结束后另行安排。", by=team.officers[0], at=at)


def under_way(team: Team, at: datetime) -> Steps:
    """Begun this morning, half of it answered."""
    visit = team.plan(at, planned_on=localdate(at), occasion="夏季消防专项检查")
    visit = do.start_visit(visit, position=team.position(), by=team.officers[0], at=at)
    rows = list(sheet_of(visit).rows)
    for row in rows[: len(rows) // 2]:
        do.answer(visit, row.item.pk, result="pass", by=team.officers[0], at=at)
    yield from ()


def planned(team: Team, at: datetime) -> Steps:
    """Planned for the days to come."""
    team.plan(at, planned_on=working_days().on_or_after(localdate(team.stage.now) + timedelta(days=2)))
    yield from ()


def rounds_of_towns(stage: Stage) -> Steps:
    """Write a year of patrols by the towns, of which nothing hangs: by a few statements."""
    dice = Random(stage.random.random())  # noqa: S311 - a demo, nothing secret
    pool = [e for e in stage.enterprises if e.operating_status == "normal"]
    number = max(10, ROUNDS * stage.hazards // FULL)
    visits = []
    for turn, enterprise in enumerate(dice.sample(pool, min(number, len(pool)))):
        span = (stage.now - stage.begin) * turn / number
        day = working_days().on_or_after(localdate(stage.begin + span) + timedelta(days=1))
        begun = make_aware(datetime.combine(day, time(9))) + timedelta(minutes=dice.randint(0, 420))
        town = stage.people[Role.TOWN, enterprise.region_id[:9]][-1]
        if begun < stage.now - timedelta(days=1):
            visits.append(round_of(enterprise, town, begun, dice))
    Visit.objects.bulk_create(visits)
    Participant.objects.bulk_create(
        [Participant(visit=visit, user=visit.started_by, is_lead=True) for visit in visits]
    )
    yield from ()


def round_of(enterprise: Enterprise, town: User, begun: datetime, dice: Random) -> Visit:
    """Return one patrol that found nothing; one in eight was typed in later."""
    ended = begun + timedelta(minutes=dice.randint(12, 55))
    late = dice.random() < 0.125
    entered = ended + timedelta(hours=30) if late else ended
    placed = enterprise.latitude is not None and not late
    return Visit(
        number=next_record_number("JC", enterprise.region_id, localdate(begun)),
        kind="gov_patrol",
        trigger="spot",
        enterprise=enterprise,
        region_id=enterprise.region_id,
        organisation_id=town.organisation_id,
        planned_on=localdate(begun),
        started_at=begun,
        started_by=town,
        ended_at=ended,
        finished_at=entered,
        latitude=enterprise.latitude if placed else None,
        longitude=enterprise.longitude if placed else None,
        accuracy=15 if placed else None,
        distance=dice.randint(5, 80) if placed else None,
        position_state="near" if placed else "missing",
        entry_mode="backfilled" if late else "online",
        is_backfilled=late or not placed,
        outcome="nothing",
        summary=f"{localtime(begun).month}月例行巡查，现场未见异常。",
        created_at=begun,
        created_by=town,
        state="finished",
        state_since=entered,
        version=3,
    )
