"""The demo city's bureaus, offices and people; every name of a person is made up."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import Organisation, OrganisationKind, User
from accounts.roles import Role
from accounts.services import give_post
from regions.models import Region, RegionLevel

PASSWORD = "Shouhu-Donghai-2026"  # noqa: S105 - shown at every start of the demo, where nothing is secret
SIGN_INS = (
    Role.CITY,
    Role.COUNTY,
    Role.TOWN,
    Role.GRID,
    Role.LEADER,
    Role.LEGAL,
    Role.OFFICER,
    Role.DEPT,
    Role.ENTERPRISE,
    Role.EXPERT,
    Role.AGENCY,
    Role.ADMIN,
    Role.SECURITY,
    Role.AUDITOR,
)
CITY, COUNTY, TOWN = "3705", "370523", "370523101"
NAMES = Path(__file__).parent / "data" / "names.json"
IN_POST_SINCE = date(2025, 1, 1)

# Short names of the seven bureaus, as they stand in document numbers.
MARKS = {
    "370502": "东区",
    "370503": "河",
    "370505": "垦",
    "370522": "利",
    "370523": "广",
    "370571": "开",
    "370572": "港",
}
DEPARTMENTS = (
    ("工业和信息化局", "东工信"),
    ("住房和城乡建设局", "东住建"),
    ("交通运输局", "东交"),
    ("商务局", "东商"),
    ("市场监督管理局", "东市监"),
    ("消防救援支队", "东消"),
)
# (role, how the person is called, title) of those who can be signed in as.
PRINTED = {
    Role.CITY: ("秦望舒", "安全生产综合协调科科长"),
    Role.COUNTY: ("周明远", "安全生产基础科科长"),
    Role.TOWN: ("孙晓燕", "应急管理办公室主任"),
    Role.GRID: ("冯守田", "村安全网格员"),
    Role.LEADER: ("韩立新", "分管副局长"),
    Role.LEGAL: ("李文博", "法规科科员"),
    Role.OFFICER: ("马会芳", "执法大队中队长"),
    Role.DEPT: ("程砚", "安全生产科科长"),
    Role.ENTERPRISE: ("陆春生", "安全总监"),
    Role.EXPERT: ("沈听澜", "粉尘防爆专家"),
    Role.AGENCY: ("许清和", "项目负责人"),
    Role.ADMIN: ("任思齐", "系统管理员"),
    Role.SECURITY: ("方正", "安全管理员"),
    Role.AUDITOR: ("石敬之", "审计员"),
}
STAFF = {Role.ADMIN, Role.SECURITY, Role.AUDITOR}


@dataclass
class Stage:
    """What the apps' parts of the demo city share: the moment it ends at, its size, and who is there."""

    now: datetime
    begin: datetime
    counts: dict[str, int]
    hazards: int
    random: Random
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[tuple[str, str], list[User]] = field(default_factory=lambda: defaultdict(list))
    # Filled by the apps above: the enterprises, and the safety officer of each that has an account.
    enterprises: list[Any] = field(default_factory=list)
    late_comers: list[Any] = field(default_factory=list)
    safety_officers: dict[int, User] = field(default_factory=dict)
    grid_workers: dict[str, User] = field(default_factory=dict)
    # Filled by the hazards: their photos, and how many documents are still to be made.
    photos: Any = None
    papers: int = 0
    _serial: Any = field(default_factory=lambda: count(1))
    _names: dict[str, str] = field(default_factory=lambda: json.loads(NAMES.read_text(encoding="utf-8")))

    def at(self, role: str, place: str) -> User:
        """Return one of the people of the role in the place, any of them."""
        return self.random.choice(self.people[role, place])

    def name(self) -> str:
        """Make up a name."""
        names, choose = self._names, self.random.choice
        return choose(names["surnames"]) + choose(names["first"]) + choose(names["second"])

    def phone(self) -> str:
        """Make up a mobile number that nobody has: the area code stands in its middle, each is given once."""
        serial = next(self._serial)
        return f"1{30 + serial // 10_000}0546{serial % 10_000:04d}"


@dataclass
class Recruit:
    """A person to be given an account and a post."""

    role: str
    username: str
    title: str
    name: str = ""
    place: str = ""
    post: dict[str, Any] = field(default_factory=dict)


def prepare(stage: Stage) -> None:
    """Found the organisations and fill their posts; grids and enterprises get their people from the app above."""
    found_organisations(stage)
    enlist(stage, [*regulators(stage), *printed(stage)])


def found_organisations(stage: Stage) -> None:
    """The city bureau, the seven below it, an office in each town, departments, an agency."""
    city = Organisation.objects.create(
        name="东营市应急管理局",
        short_name="市应急局",
        kind=OrganisationKind.BUREAU,
        region_id=CITY,
        document_mark="东",
    )
    stage.organisations[CITY] = city
    names = dict(
        Region.objects.filter(level__in=(RegionLevel.COUNTY, RegionLevel.TOWN)).values_list("code", "name")
    )
    below = [
        bureau(code, f"{names[code]}应急管理局", OrganisationKind.BUREAU, MARKS[code], city)
        for code in stage.counts
    ]
    keep(stage, Organisation.objects.bulk_create(below))
    keep(stage, Organisation.objects.bulk_create(town_offices(stage, names)))
    side = [
        Organisation(
            name=f"东营市{name}",
            short_name=f"市{name}",
            kind="department",
            region_id=CITY,
            document_mark=mark,
        )
        for name, mark in DEPARTMENTS
    ]
    side += [
        Organisation(
            name="东营市应急管理综合行政执法支队", short_name="市执法支队", kind="team", region_id=CITY
        ),
        Organisation(
            name="东营市安全生产委员会办公室", short_name="市安委办", kind="committee", region_id=CITY
        ),
        Organisation(
            name="东营海岸砚安技术服务有限公司", short_name="海岸砚安", kind="agency", region_id=CITY
        ),
    ]
    for organisation in Organisation.objects.bulk_create(side):
        stage.organisations[organisation.short_name] = organisation


def bureau(code: str, name: str, kind: str, mark: str, parent: Organisation) -> Organisation:
    """Return an organisation of a place, below another."""
    short = name.removesuffix("应急管理局") if kind == OrganisationKind.BUREAU else name
    return Organisation(
        name=name, short_name=short[:40], kind=kind, region_id=code, parent=parent, document_mark=mark[:10]
    )


def town_offices(stage: Stage, names: dict[str, str]) -> list[Organisation]:
    """Return the office of every town in the seven districts; two towns of one name carry their district's."""
    towns = [code for code in names if len(code) == 9 and code[:6] in stage.counts]
    called = [names[code] for code in towns]
    offices = []
    for code in towns:
        shown = names[code] if called.count(names[code]) == 1 else f"{names[code[:6]]}{names[code]}"
        short = shown.removesuffix("街道").removesuffix("镇").removesuffix("乡")
        mark = f"{MARKS[code[:6]]}{short}"
        office = bureau(code, f"{shown}应急管理办公室", "town", mark, stage.organisations[code[:6]])
        offices.append(office)
    return offices


def keep(stage: Stage, organisations: Iterable[Organisation]) -> None:
    """Remember organisations by their place."""
    stage.organisations.update({organisation.region_id: organisation for organisation in organisations})


def regulators(stage: Stage) -> list[Recruit]:
    """The colleagues of those who can be signed in as: in every county and in every town."""
    recruits = [Recruit(Role.CITY, "3705-02", "危险化学品监管科科长", place=CITY)]
    for code in stage.counts:
        recruits += [
            Recruit(Role.COUNTY, f"{code}-01", "安全生产基础科科员", place=code),
            Recruit(Role.LEADER, f"{code}-02", "分管副局长", place=code),
            Recruit(Role.OFFICER, f"{code}-03", "执法大队执法人员", place=code),
            Recruit(Role.OFFICER, f"{code}-04", "执法大队执法人员", place=code),
        ]
    towns = [code for code in stage.organisations if len(code) == 9 and code.isdigit()]
    recruits += [Recruit(Role.TOWN, f"{code}-01", "应急管理办公室科员", place=code) for code in towns]
    return recruits


def printed(stage: Stage) -> list[Recruit]:
    """Those who can be signed in as; enterprise and grid worker wait for their enterprise and grid."""
    places = {
        Role.CITY: CITY,
        Role.COUNTY: COUNTY,
        Role.LEADER: COUNTY,
        Role.LEGAL: COUNTY,
        Role.OFFICER: COUNTY,
        Role.TOWN: TOWN,
        Role.DEPT: CITY,
    }
    posts = {
        Role.DEPT: {"organisation": stage.organisations["市工业和信息化局"], "industry": "industry_trade"},
        Role.AGENCY: {"organisation": stage.organisations["海岸砚安"]},
    }
    waiting = {Role.ENTERPRISE, Role.GRID}
    return [
        Recruit(role, role.value, title, name, places.get(role, ""), posts.get(role, {}))
        for role, (name, title) in PRINTED.items()
        if role not in waiting
    ]


def enlist(stage: Stage, recruits: Sequence[Recruit]) -> list[User]:
    """Give accounts and posts to all of them; every account has the demo's password."""
    password = hashed_password()
    users = [account(stage, recruit, password) for recruit in recruits]
    User.objects.bulk_create(users)
    for user, recruit in zip(users, recruits, strict=True):
        facts = {"organisation": user.organisation, "region_id": recruit.place or None, **recruit.post}
        give_post(
            user,
            role=recruit.role,
            title=recruit.title,
            from_on=IN_POST_SINCE,
            by=None,
            at=stage.begin,
            **facts,
        )
        stage.people[recruit.role, recruit.place].append(user)
    return users


@cache
def hashed_password() -> str:
    """Return the hash of the demo's password: hashing is slow on purpose, and one for all spares the demo minutes."""
    return make_password(PASSWORD)


def account(stage: Stage, recruit: Recruit, password: str) -> User:
    """Return the unsaved account of a person."""
    return User(
        username=recruit.username,
        name=recruit.name or stage.name(),
        phone=stage.phone(),
        organisation=recruit.post.get("organisation") or stage.organisations.get(recruit.place),
        password=password,
        is_staff=recruit.role in STAFF,
        date_joined=stage.begin,
    )
