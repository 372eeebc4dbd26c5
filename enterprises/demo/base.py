"""The demo city's enterprises: the counts of the seven districts and the industries as published, names made up.

The published industries add up to 2,366 against 2,359 enterprises; they are scaled by largest remainder, so
that the total is 2,359 and every share is within half an enterprise of the published one.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import localdate
from stdnum.cn import uscc

from accounts.demo import CITY, COUNTY, PRINTED, TOWN, Recruit, Stage, enlist
from accounts.roles import Role
from audit.context import acting
from audit.models import Entry
from enterprises.choices import OPENING
from enterprises.demo import identity
from enterprises.demo.further import Further
from enterprises.identity import ID_NO
from enterprises.models import Enterprise
from enterprises.services import register
from regions.models import Grid, GridKind, Region, RegionLevel

WORDS = json.loads((Path(__file__).parent.parent / "data" / "demo_words.json").read_text(encoding="utf-8"))
# Dongying, 2017: enterprises of the seven districts, and those among them that came after July 2016.
DISTRICTS = {
    "370502": 329,
    "370503": 297,
    "370505": 358,
    "370522": 251,
    "370523": 911,
    "370571": 161,
    "370572": 52,
}
LATE_COMERS = {
    "370502": 47,
    "370503": 8,
    "370505": 8,
    "370522": 19,
    "370523": 1,
    "370571": 5,
    "370572": 1,
}
INDUSTRIES = {
    "industry_trade": 959,
    "hazchem": 986,
    "fireworks": 128,
    "non_coal_mine": 134,
    "construction_other": 159,
}
# Where an industry gathers; everything else is spread evenly.
LEANING = {
    ("370572", "hazchem"): 4.0,
    ("370571", "industry_trade"): 2.0,
    ("370523", "industry_trade"): 1.4,
    ("370503", "non_coal_mine"): 3.0,
    ("370502", "non_coal_mine"): 2.0,
    ("370502", "construction_other"): 2.5,
}
# Towns 400 and above are the agricultural zone and its park, which the published counts leave out.
ZONE_TOWNS = ("370523400", "370523401")
SAFETY_OFFICERS = 0.13
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def prepare(stage: Stage) -> None:
    """Lay out the grids, write all enterprises in a few statements, and give some of them a safety officer."""
    villages = lay_grids(stage)
    plots = list(share_out(stage, villages))
    late = choose_late_comers(stage, plots)
    founding = [enterprise for enterprise in plots if id(enterprise) not in late]
    write(stage, founding)
    stage.enterprises = founding
    stage.late_comers = [enterprise for enterprise in plots if id(enterprise) in late]
    appoint_safety_officers(stage)
    appoint_grid_workers(stage)


def stories(stage: Stage) -> Iterator[tuple[datetime, Iterator[datetime]]]:
    """Give the registrations of those that came later, each by the county through the service."""
    span = stage.now - stage.begin
    for enterprise in stage.late_comers:
        moment = (stage.begin + span * stage.random.uniform(0.05, 0.98)).replace(
            hour=stage.random.randint(1, 8)
        )
        yield moment, registration(stage, enterprise, moment)


def registration(stage: Stage, enterprise: Enterprise, at: datetime) -> Iterator[datetime]:
    """Open the file of one enterprise: a story of one step."""
    county = enterprise.region_id[:6]
    facts = {
        field.attname: getattr(enterprise, field.attname)
        for field in Enterprise._meta.concrete_fields
        if not field.generated
        and field.attname not in {"id", "created_at", "updated_at", "status_since", "version"}
    }
    facts[ID_NO] = identity.number_for(enterprise)
    if facts["operating_status"] not in OPENING:
        facts["operating_status"] = "normal"
    register(facts=facts, by=stage.at(Role.COUNTY, county), at=at)
    yield from ()


def industry_counts(total: int) -> dict[str, int]:
    """Scale the published industries to the total by largest remainder."""
    published = sum(INDUSTRIES.values())
    exact = {name: total * count / published for name, count in INDUSTRIES.items()}
    counts = {name: int(share) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: counts[name] - exact[name])
    for name in by_remainder[: total - sum(counts.values())]:
        counts[name] += 1
    return counts


def lay_grids(stage: Stage) -> dict[str, list[Region]]:
    """Make one safety grid in each village; return the villages of each county."""
    villages: dict[str, list[Region]] = defaultdict(list)
    for village in Region.objects.filter(level=RegionLevel.COMMUNITY).order_by("code"):
        if village.code[:6] in stage.counts and not village.code.startswith(ZONE_TOWNS):
            villages[village.code[:6]].append(village)
    Grid.objects.bulk_create(
        [
            Grid(
                code=f"{village.code}001",
                region=village,
                kind=GridKind.SAFETY,
                name=f"{short(village.name)}网格",
            )
            for county in villages.values()
            for village in county
        ]
    )
    return villages


def short(name: str) -> str:
    """Return a village's name as people say it."""
    for ending in ("居民委员会", "村民委员会", "居委会", "村委会", "民委员会"):
        name = name.removesuffix(ending)
    return name


def share_out(stage: Stage, villages: dict[str, list[Region]]) -> Iterator[Enterprise]:
    """Give every district its number and every industry its own, both exactly."""
    left = Counter(industry_counts(sum(stage.counts.values())))
    maker = Maker(stage)
    # The smallest first: where few are left of an industry, a leaning would otherwise come to nothing.
    for county, number in sorted(stage.counts.items(), key=lambda item: item[1]):
        weights = [2.5 if village.code.startswith(TOWN) else 1.0 for village in villages[county]]
        for village in stage.random.choices(villages[county], weights, k=number):
            kinds = [kind for kind in left if left[kind]]
            pull = [left[kind] * LEANING.get((county, kind), 1.0) for kind in kinds]
            kind = stage.random.choices(kinds, pull)[0]
            left[kind] -= 1
            yield maker.make(village, kind)


class Maker:
    """Makes up enterprises: no two of one name, no code twice."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.random = stage, stage.random
        self.names: set[str] = set()
        self.serial = 0
        self.further = Further(stage)
        self.towns = dict(Region.objects.filter(level=RegionLevel.TOWN).values_list("code", "name"))

    def make(self, village: Region, kind: str) -> Enterprise:
        """Return one unsaved enterprise in the village."""
        trades = WORDS["trades"][kind]
        trade = self.random.choices(trades, [row[6] for row in trades])[0]
        self.serial += 1
        employees = max(2, int(self.random.lognormvariate(3.1 if kind != "fireworks" else 0.9, 1.0)))
        made = Enterprise(
            region_id=village.code,
            grid_id=f"{village.code}001",
            regulatory_category=kind,
            **self.identity(village.code[:6], trade),
            **self.trade(trade),
            **self.size(employees),
            **self.place(village),
            **self.contacts(),
            **self.supervision(village.code),
        )
        return self.further.fill(made, trade[1])

    def identity(self, county: str, trade: list[Any]) -> dict[str, Any]:
        """Name, code, registered type and age."""
        shop = trade[1] == "烟花爆竹零售点"
        return {
            "name": self.name(county, trade[1], shop),
            "uscc": code("92" if shop else "91", county, self.serial),
            "enterprise_type": "individual"
            if shop
            else self.random.choices(
                ["limited", "joint_stock", "sole", "foreign", "state"], [80, 8, 8, 2, 2]
            )[0],
            "established_on": date(
                1996 + int(27 * self.random.random() ** 0.7), self.random.randint(1, 12), 15
            ),
            "registered_capital": Decimal(
                self.random.choice([10, 50, 100, 200, 500, 1000, 3000, 5000, 12000])
            ),
        }

    def name(self, county: str, trade: str, shop: bool) -> str:
        """Return a name that is not taken."""
        while True:
            mark = self.random.choice(WORDS["first"]) + self.random.choice(WORDS["second"])
            name = (
                f"{WORDS['areas'][county][0]}{mark}{trade}{'' if shop or trade == '加油站' else '有限公司'}"
            )
            if name not in self.names:
                self.names.add(name)
                return name

    def trade(self, trade: list[Any]) -> dict[str, Any]:
        """What it makes, from what, and what is dangerous about it."""
        sub_category, _word, industry, products, materials, tag, _weight = trade
        tags = [tag] if tag and self.random.random() < 0.6 else []
        if self.random.random() < 0.15 and "confined_space" not in tags:
            tags.append("confined_space")
        return {
            "sub_category": sub_category,
            "industry_code": industry,
            "main_products": products,
            "raw_materials": materials,
            "business_scope": f"{products}的生产、销售及相关服务（依法须经批准的项目，经相关部门批准后方可开展经营活动）。",
            "risk_tags": tags,
        }

    def size(self, employees: int) -> dict[str, Any]:
        """People, money and land that fit each other."""
        revenue = int(employees * self.random.uniform(20, 90))
        size = next(name for name, most in SIZES if employees < most)
        safety = max(1, employees // 80)
        return {
            "employees": employees,
            "full_time_safety_managers": safety if employees > 100 else 0,
            "part_time_safety_managers": 0 if employees > 100 else 1,
            "registered_safety_engineers": safety // 2,
            "special_operators": employees // 12,
            "annual_revenue": Decimal(revenue),
            "fixed_assets": Decimal(int(revenue * self.random.uniform(0.3, 1.2))),
            "land_area": employees * self.random.randint(60, 240),
            "building_area": employees * self.random.randint(30, 110),
            "shift_system": self.random.choice(["白班", "两班两运转", "三班两运转", "四班三运转"]),
            "is_above_designated": revenue >= 2000,
            "size": size,
        }

    def place(self, village: Region) -> dict[str, Any]:
        """Address, and a position near the town."""
        town = village.code[:9]
        latitude, longitude = town_centre(town)
        address = f"{self.towns[town]}{self.random.choice(WORDS['roads'])}{self.random.randint(1, 320)}号"
        return {
            "production_address": address,
            "registered_address": f"山东省东营市{address}",
            "postcode": "257300" if village.code.startswith(COUNTY) else "257000",
            "latitude": Decimal(f"{latitude + self.random.gauss(0, 0.012):.6f}"),
            "longitude": Decimal(f"{longitude + self.random.gauss(0, 0.015):.6f}"),
        }

    def contacts(self) -> dict[str, Any]:
        """The people in the file; their numbers are nobody's."""
        stage = self.stage
        principal = stage.name()
        return {
            "legal_rep_name": principal,
            "legal_rep_phone": stage.phone(),
            "principal_name": principal,
            "principal_phone": stage.phone(),
            "safety_head": stage.name(),
            "contact_name": stage.name(),
            "contact_phone": stage.phone(),
            "duty_phone": f"0546-{self.random.randint(5000000, 5999999)}",
        }

    def supervision(self, village: str) -> dict[str, Any]:
        """Who supervises it, at which level, and whether it works."""
        statuses, weights = zip(*STATUSES, strict=True)
        level = self.random.choices(["town", "county", "city"], [82, 15, 3])[0]
        place = {"town": village[:9], "county": village[:6], "city": CITY}[level]
        return {
            "supervising_organisation": self.stage.organisations.get(place),
            "competent_department": self.stage.organisations["市工业和信息化局"],
            "supervision_level": level,
            "operating_status": self.random.choices(statuses, weights)[0],
            "status_since": localdate(self.stage.begin) - timedelta(days=self.random.randint(10, 900)),
        }


SIZES = (("micro", 20), ("small", 300), ("medium", 1000), ("large", 10**9))
STATUSES = (
    ("normal", 90),
    ("trial", 1),
    ("construction", 2),
    ("suspended_self", 4),
    ("seasonal", 1),
    ("closed", 1),
    ("lost", 1),
)


def code(kind: str, county: str, serial: int) -> str:
    """Return a unified social credit code in which both check digits are right."""
    # The zones' licences are issued by the city's registration authority.
    authority = county if county < "370570" else "370500"
    organisation = f"MA{serial:06d}"
    values = [int(sign, 36) for sign in organisation]
    check = 11 - sum(value * weight for value, weight in zip(values, ORGANISATION_WEIGHTS, strict=True)) % 11
    body = f"{kind}{authority}{organisation}{'0X'[check == 10] if check > 9 else check}"
    return body + uscc.calc_check_digit(body)


def town_centre(town: str) -> tuple[float, float]:
    """Return where a town lies, near enough; without a known position, around its county's."""
    if town in WORDS["towns"]:
        return tuple(WORDS["towns"][town])
    _area, latitude, longitude = WORDS["areas"][town[:6]]
    around = Random(town)  # noqa: S311 - the same place at every run, nothing secret
    spread = 0.02 if town[:6] >= "370570" else 0.09
    return latitude + around.uniform(-spread, spread), longitude + around.uniform(-spread, spread)


def choose_late_comers(stage: Stage, plots: Iterable[Enterprise]) -> set[int]:
    """Pick those that came after the start: the published number of each district, scaled like the district."""
    late: set[int] = set()
    by_county = defaultdict(list)
    for enterprise in plots:
        by_county[enterprise.region_id[:6]].append(enterprise)
    for county, members in by_county.items():
        number = round(LATE_COMERS[county] * len(members) / DISTRICTS[county])
        late.update(id(enterprise) for enterprise in members[:number])
    return late


def write(stage: Stage, enterprises: list[Enterprise]) -> None:
    """Write files and audit entries as an import does: in sets, each row on record."""
    at, by = stage.begin, stage.people[Role.CITY, CITY][-1]
    for enterprise in enterprises:
        enterprise.created_at = enterprise.updated_at = at
    identity.mask(enterprises)
    with acting(by, "enterprises.import", at):
        Enterprise.objects.bulk_create(enterprises, batch_size=1000)
    identity.keep(enterprises)
    kind = ContentType.objects.get_for_model(Enterprise)
    Entry.objects.bulk_create(
        [
            Entry(
                at=at,
                actor=by,
                actor_name=by.name,
                post_title=PRINTED[Role.CITY][1],
                verb="enterprises.import",
                target_type=kind,
                target_id=enterprise.pk,
                target_label=enterprise.name,
                region=enterprise.region_id,
            )
            for enterprise in enterprises
        ],
        batch_size=1000,
    )


def appoint_safety_officers(stage: Stage) -> None:
    """Give accounts to the safety officers of some enterprises, that of `enterprise` in Dawang first."""
    working = [enterprise for enterprise in stage.enterprises if enterprise.operating_status == "normal"]
    ours = next(
        e for e in working if e.region_id.startswith(TOWN) and e.regulatory_category == "industry_trade"
    )
    number = max(12, int(len(working) * SAFETY_OFFICERS))
    others = stage.random.sample([e for e in working if e is not ours], min(number, len(working) - 1))
    name, title = PRINTED[Role.ENTERPRISE]
    recruits = [officer(ours, "enterprise", title, name)]
    recruits += [officer(enterprise, enterprise.uscc, "安全管理员") for enterprise in others]
    users = enlist(stage, recruits)
    stage.safety_officers = {e.pk: user for e, user in zip([ours, *others], users, strict=True)}


def officer(enterprise: Enterprise, username: str, title: str, name: str = "") -> Recruit:
    """Return the safety officer of the enterprise."""
    name = name or enterprise.safety_head
    return Recruit(Role.ENTERPRISE, username, title, name, post={"enterprise_id": enterprise.pk})


def appoint_grid_workers(stage: Stage) -> None:
    """Give each town a grid worker, in the grid that has most enterprises with accounts; `grid` is in Dawang."""
    watched = Counter(e.grid_id for e in stage.enterprises if e.pk in stage.safety_officers)
    busiest: dict[str, str] = {}
    for grid, _number in watched.most_common():
        busiest.setdefault(grid[:9], grid)
    name, title = PRINTED[Role.GRID]
    recruits = []
    for town, grid in sorted(busiest.items()):
        ours = town == TOWN
        recruits.append(
            Recruit(
                Role.GRID,
                "grid" if ours else f"{town}-11",
                title,
                name if ours else "",
                place=grid[:12],
                post={"grid_code": grid, "organisation": stage.organisations[town]},
            )
        )
    stage.grid_workers = dict(zip(sorted(busiest.values()), enlist(stage, recruits), strict=True))
