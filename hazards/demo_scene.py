"""The stage of one demo hazard: the enterprise, the people around it, and the words for what they do."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.utils.timezone import localdate, localtime, make_aware

from accounts.demo import Stage
from accounts.models import User
from accounts.roles import Role
from deadlines.almanac import working_days
from enterprises.models import Enterprise
from hazards import services as do
from hazards.demo_photos import PhotoBox
from hazards.models import Hazard, MajorHazardCriterion
from hazards.services.rectification import falls_into, sample_share
from paperwork.models import RecordSerial

DATA = Path(__file__).parent / "data" / "demo_hazards.csv"
FOUND_BY_REGULATOR = (
    "inspection",
    "inspection",
    "inspection",
    "patrol",
    "supervision",
    "complaint",
    "expert",
)
MAJOR_CATEGORIES = {
    "industry_trade": ("confined_space", "污水处理站"),
    "hazchem": ("chemical_storage", "危化品仓库"),
}


# What the weekly reports of a governance say, and what is to come.
PROGRESS = (
    ("已停用相关设施并完成方案设计，设备开始采购。", "设备到货后安装。"),
    ("设备到货，安装完成一半。", "完成安装，编制调试方案。"),
    ("安装完成，单机调试合格。", "联动调试，组织企业自行验收。"),
    ("联动调试完成，操作规程已修订，人员完成培训。", "申请现场审查。"),
)


@dataclass
class Scene:
    """One hazard in the making."""

    stage: Stage
    box: PhotoBox
    random: Random
    enterprise: Enterprise
    pool: list[Enterprise]
    words: dict[str, str] = field(default_factory=dict)
    last: Any = None
    last_at: Any = None

    @property
    def now(self) -> datetime:
        """The present of the demo, after which nothing happens."""
        return self.stage.now

    # The people around this enterprise. One record has one officer in charge, so that the story holds together.

    @property
    def safety(self) -> User:
        """The safety officer of the enterprise."""
        return self.stage.safety_officers[self.enterprise.pk]

    @property
    def town(self) -> User:
        """The town's officer; in the town of the sign-ins it is `town` itself."""
        return self.stage.people[Role.TOWN, self.enterprise.region_id[:9]][-1]

    @property
    def county(self) -> User:
        """The county's officer; in the county of the sign-ins it is `county` itself."""
        return self.stage.people[Role.COUNTY, self.enterprise.region_id[:6]][-1]

    @property
    def leader(self) -> User:
        """The responsible leader of the county."""
        return self.stage.people[Role.LEADER, self.enterprise.region_id[:6]][-1]

    @property
    def officers(self) -> list[User]:
        """The county's enforcement officers."""
        return self.stage.people[Role.OFFICER, self.enterprise.region_id[:6]]

    # Moments.

    def hours(self, at: datetime, least: float, most: float) -> datetime:
        """Return a moment so many hours later, in the hours in which people work."""
        return self.daytime(at + timedelta(hours=self.random.uniform(least, most)))

    def workday(self, at: datetime, least: int, most: int) -> datetime:
        """Return a moment of the day so many working days later, or earlier, and after `at` on the same day."""
        n = self.random.randint(least, most)
        day = working_days().step(localdate(at), n)
        if n == 0:
            return self.hours(at, 0.5, 3)
        minute = self.random.randint(8 * 60 + 40, 17 * 60)
        return make_aware(datetime.combine(day, time(minute // 60, minute % 60, self.random.randint(0, 59))))

    def daytime(self, at: datetime) -> datetime:
        """Move a moment of the night to the next morning."""
        local = localtime(at)
        if local.hour >= 18:
            local = (local + timedelta(days=1)).replace(hour=8, minute=self.random.randint(30, 59))
        elif local.hour < 8:
            local = local.replace(hour=8, minute=self.random.randint(30, 59))
        return local

    def morning(self, day: date) -> datetime:
        """Return the morning of a day."""
        return make_aware(datetime.combine(day, time(9)))

    def day(self, at: datetime, days: int) -> date:
        """Return a working day some days ahead."""
        return working_days().on_or_after(localdate(at) + timedelta(days=days))

    def in_time(self, at: datetime, day: date) -> datetime:
        """Return the moment, or one in the morning of the last day where holidays have pushed it beyond."""
        last = make_aware(datetime.combine(day, time(10, self.random.randint(0, 59))))
        return min(at, last)

    def late_day(self, late: int, at: datetime) -> date | None:
        """Return a deadline that has passed so many working days before the present; None where none is late."""
        return max(localdate(self.workday(self.now, -late, -late)), localdate(at)) if late else None

    # Deeds.

    def find_drawn(self, at: datetime) -> bool:
        """Go to a county whose next number on this day falls into the town's sample; False where there is none."""
        day, share = localdate(at), sample_share(self.enterprise.region_id, at=at)
        last = dict(RecordSerial.objects.filter(prefix="YH", day=day).values_list("county", "last"))

        def is_drawn(county: str) -> bool:
            return falls_into(f"YH{county}{day:%Y%m%d}{last.get(county, 0) + 1:04d}", share)

        drawn = {county for county in {each.region_id[:6] for each in self.pool} if is_drawn(county)}
        ours = self.enterprise.region_id[:6] in drawn
        fitting = [self.enterprise] if ours else [e for e in self.pool if e.region_id[:6] in drawn]
        if fitting:
            self.enterprise = self.random.choice(fitting)
        return bool(fitting)

    def found_by_regulator(self) -> str:
        """Return how a regulator came upon it; a patrol only where a grid worker walks."""
        source = self.random.choice(FOUND_BY_REGULATOR)
        return (
            source
            if source != "patrol" or self.enterprise.grid_id in self.stage.grid_workers
            else "inspection"
        )

    def reporter(self, source: str) -> User:
        """Return who enters a hazard of this source."""
        if source in ("self_check", "employee"):
            return self.safety
        if source == "patrol":
            return self.stage.grid_workers.get(self.enterprise.grid_id) or self.town
        if source in ("supervision", "complaint"):
            return self.county
        return self.random.choice([self.town, self.town, *self.officers])

    def report(self, at: datetime, source: str = "self_check", *, is_major: bool = False) -> Hazard:
        """Enter the hazard, as it was seen a little earlier, with photos."""
        if source == "patrol" and self.enterprise.grid_id not in self.stage.grid_workers:
            source = "self_check"
        by = self.reporter(source)
        facts = self.major_facts(at) if is_major else self.facts()
        facts |= {
            "source": source,
            "found_at": at - timedelta(minutes=self.random.randint(3, 50)),
            "latitude": self.enterprise.latitude,
            "longitude": self.enterprise.longitude,
            "employees_informed_on": localdate(at) if source == "self_check" else None,
        }
        photos = self.photos(at, "before", 1, by=by)
        return do.report(self.enterprise, facts=facts, photos=photos, by=by, at=at)

    def facts(self) -> dict[str, Any]:
        """Return what was found, in the words of the industry."""
        row = self.words = self.random.choice(templates(self.enterprise.regulatory_category))
        numbers = {"n": self.random.randint(2, 9), "mm": self.random.randint(3, 30)}
        return {
            "category": row["category"],
            "place": row["place"].format(**numbers),
            "description": row["description"].format(**numbers),
            "measures": row["measures"],
            "responsible_person": self.enterprise.safety_head,
            "responsible_department": self.random.choice(["设备科", "安全科", "生产部", "车间"]),
            "funds": Decimal(self.random.choice([0, 200, 500, 1200, 3000, 8000])),
        }

    def major_facts(self, at: datetime) -> dict[str, Any]:
        """Return a hazard that a published criterion calls major."""
        category, place = MAJOR_CATEGORIES[self.enterprise.regulatory_category]
        return {
            "category": category,
            "grade": "major",
            "place": place,
            "description": f"现场检查发现：{self.criterion(at).text}"[:500],
            "interim_control": "停止相关作业，撤出人员，设警戒并专人看守。",
            "is_suspended": True,
        }

    def criterion(self, at: datetime) -> MajorHazardCriterion:
        """Return the criterion that fits this enterprise and was in force on the day, the same one each time."""
        fitting = [row for row in criteria(self.enterprise.regulatory_category) if holds(row, localdate(at))]
        return fitting[self.enterprise.pk % len(fitting)]

    def accept(self, hazard: Hazard, at: datetime, *, days: int) -> Hazard:
        """The town accepts and sets a day."""
        return do.accept_report(hazard, deadline_on=self.day(at, days), by=self.town, at=at)

    def close(self, hazard: Hazard, at: datetime) -> Hazard:
        """The enterprise closes what it found."""
        return do.close_by_enterprise(
            hazard, text=self.words["rectified"], photos=self.photos(at, "after", 1), by=self.safety, at=at
        )

    def hand_in(self, hazard: Hazard, at: datetime) -> Hazard:
        """The enterprise hands in its rectification."""
        self.last_at = at
        self.last = do.submit_rectification(
            hazard, text=self.words["rectified"], photos=self.photos(at, "after", 1), by=self.safety, at=at
        )
        return self.last

    def ask_extension(self, hazard: Hazard, at: datetime) -> Hazard:
        """The enterprise asks for more time."""
        requested = working_days().on_or_after(hazard.deadline_on + timedelta(days=10))
        return do.request_extension(
            hazard,
            requested_on=requested,
            reason=self.random.choice(
                ["备件需外购，到货约需十天。", "需停机检修，安排在月底大修时完成。", "施工单位招标尚未结束。"]
            ),
            interim_control="隔离现场，加密巡检，每班记录。",
            by=self.safety,
            at=at,
        )

    def submit_plan(self, hazard: Hazard, at: datetime, *, finish_in: int) -> Hazard:
        """The enterprise hands in a governance plan."""
        plan = {
            "condition": f"{hazard.description.rstrip('。')}。日常检查流于形式、维护不到位所致。",
            "danger": "一旦失控可能造成群死群伤；需停用设施、委托设计施工，治理难度较大。",
            "goals": "彻底消除该项重大事故隐患，达到国家标准要求。",
            "measures": "委托有资质的单位设计；停用相关设施并隔离能量；按设计施工并逐项验收；修订操作规程并培训。",
            "funds": Decimal(self.random.choice([80_000, 150_000, 320_000, 680_000])),
            "funds_source": "安全生产费用专项列支，物资由采购部保障",
            "responsible": f"总负责人{self.enterprise.principal_name}，{self.enterprise.safety_head}及生产部实施",
            "finish_on": self.day(at, finish_in),
            "emergency_plan": "治理期间停产停用，设警戒和监护，备齐应急器材，一旦异常立即撤人并报告。",
        }
        return do.submit_plan(hazard, plan=plan, by=self.safety, at=at)

    def review(self, hazard: Hazard, at: datetime) -> Hazard:
        """Two officers and an expert come and look."""
        review = {
            "reviewed_on": localdate(at),
            "expert_name": self.random.choice(["沈听澜", "祁闻道", "柳溪亭"]),
            "findings": "现场逐项核对治理方案，设施已投用，记录齐全，重大事故隐患已消除。",
            "passed": True,
        }
        return do.record_site_review(
            hazard, review=review, officers=self.officers[:2], by=self.officers[0], at=at
        )

    def list_it(self, hazard: Hazard, at: datetime) -> Hazard:
        """The county lists it for supervision."""
        listing = {
            "level": "county",
            "supervising_unit": self.county.organisation.name,
            "enterprise_responsible": self.enterprise.principal_name,
            "local_responsible": self.town.name,
            "department_responsible": self.officers[0].name,
            "requirements": "停产治理，按方案完成整改；治理期间每周报送进展，验收合格前不得恢复生产。",
            "deadline_on": max(hazard.deadline_on, self.day(at, 20)),
        }
        return do.list_for_supervision(hazard, listing=listing, by=self.county, at=at)

    def publish(self, hazard: Hazard, at: datetime) -> Hazard:
        """The county tells the city and the public."""
        hazard = do.report_listing(hazard, note="已报市安委办。", by=self.county, at=at)
        return do.publish_listing(hazard, public_text=hazard.description, by=self.county, at=at)

    def progress(self, hazard: Hazard, at: datetime, week: int) -> Hazard:
        """The enterprise reports how far it is."""
        text, next_steps = PROGRESS[min(week, len(PROGRESS) - 1)]
        report = {"percent": min(20 + 25 * week, 90), "text": text, "next_steps": next_steps}
        return do.report_progress(hazard, report=report, by=self.safety, at=at)

    def opinion(self, hazard: Hazard, at: datetime) -> Hazard:
        """An expert looks at the plan."""
        opinion = {
            "expert_name": "沈听澜",
            "expert_title": "市安全生产专家组成员",
            "given_on": localdate(at),
            "verdict": "agree",
            "opinion": "治理方案针对性强，停产期间安全措施可行，建议完工后做一次联动测试再申请验收。",
        }
        return do.record_opinion(hazard, opinion=opinion, by=self.officers[0], at=at)

    def notice(self, hazard: Hazard, at: datetime, share: float = 1.0) -> None:
        """Issue the rectification notice."""
        if self.random.random() < share and self.stage.papers > 0:
            self.stage.papers -= 1
            do.issue_notice(hazard, by=self.county if hazard.is_major else self.town, at=at)

    def photos(self, at: datetime, purpose: str, number: int, *, by: User | None = None) -> list[int]:
        """Give photos taken just before."""
        return self.box.give(self.enterprise, number, purpose=purpose, by=by or self.safety, at=at)


@cache
def templates(industry: str) -> list[dict[str, str]]:
    """Return the sentences that fit an industry; its own ones weigh more than those that fit everybody."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    own = [row for row in rows if industry in row["industries"].split("|")]
    return own * 2 + [row for row in rows if row["industries"] == "*"]


def criteria(industry: str) -> list[MajorHazardCriterion]:
    """Return the criteria of an industry."""
    return list(MajorHazardCriterion.objects.filter(sector=industry).order_by("pk"))


def holds(criterion: MajorHazardCriterion, day: date) -> bool:
    """Say whether the criterion was in force on the day."""
    return criterion.valid_from <= day and (criterion.valid_to is None or day <= criterion.valid_to)


def has_criterion(enterprise: Enterprise, day: date) -> bool:
    """Say whether some criterion calls a hazard of this enterprise major on the day."""
    known = enterprise.regulatory_category in MAJOR_CATEGORIES
    return known and any(holds(row, day) for row in criteria(enterprise.regulatory_category))
