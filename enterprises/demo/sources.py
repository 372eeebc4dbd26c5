"""The demo city's major hazard sources: 235 enterprises with 310, as published for Dongying in 2017; the rest made up.

Most are on file from the first day, written in sets; a few grow through the services while the city plays, so that
every state is there today. The dice are their own: what is made here changes nothing else of the city.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from accounts.demo import CITY, COUNTY, PRINTED, Stage
from accounts.models import User
from accounts.roles import Role
from attachments.services import receive
from audit.context import acting
from audit.models import Entry
from deadlines.almanac import working_days
from deadlines.calendar import WorkingDays, due_moment_after
from deadlines.models import Deadline
from deadlines.rules import Rule, find
from deadlines.schedule import plan
from enterprises.choices import ENDED
from enterprises.demo.base import DISTRICTS
from enterprises.models import Enterprise, SourceCalculation, SourceCopy, SourceSubstance, SourceUnit
from enterprises.sources import services
from enterprises.sources.copies.services import open_source_copies, send_source_copy
from enterprises.sources.copies.work import SENDERS
from enterprises.sources.gb18218 import Amount, Result, compute
from enterprises.sources.lifecycle import REASSESS
from enterprises.sources.materials import BY_CODE, MATERIALS
from enterprises.sources.periods import period_of
from enterprises.sources.services.calculation import calculation_of, copy_result, substances_of
from enterprises.sources.services.filing import morning, next_review, propose_number
from enterprises.sources.tables import edition_on
from rulebook.services import parameter

KINDS = json.loads((Path(__file__).parent.parent / "data" / "demo_sources.json").read_text(encoding="utf-8"))
ENTERPRISES, SOURCES = 235, 310
QUARTER = 3
RESIDENTS = ((0, 0), (1, 29), (30, 49), (50, 99), (100, 420))
RESIDENT_WEIGHTS = (52, 22, 12, 9, 5)
PLACES = ("厂区东北角", "厂区北侧", "厂区西侧罐区", "二车间北", "生产区中部", "厂区东南角")
AGENCIES = ("东营海岸安全技术服务有限公司", "山东滨河安全评价有限公司", "东营卫蓝安全科技有限公司")
# (where the story stands today, how many days ago it began)
GROWING = (
    ("submitted", 20),
    ("assessed", 16),
    ("identified", 9),
    ("returned", 34),
    ("cancel_asked", 110),
    ("changed", 90),
    ("assessed", 38),
    ("filed", 70),
    ("identified", 40),
    ("submitted", 26),
    ("assessed", 24),
    ("identified", 21),
)
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Draft:
    """A unit before it is written."""

    unit: SourceUnit
    amounts: list[Amount]
    result: Result


def prepare_sources(stage: Stage) -> None:
    """Put the city's sources on file, and keep those whose stories are still to be played."""
    dice = Random("major hazard sources")  # noqa: S311 - a demo, nothing secret
    homes = choose_homes(stage, dice)
    units = share_units(stage, homes)
    growing = grow_at(stage, units)
    drafts = [
        draft(stage, enterprise, serial, dice)
        for enterprise, number in units.items()
        for serial in range(number - (enterprise in growing))
    ]
    write(stage, drafts)
    start_clocks(drafts)


def share(stage: Stage, published: int) -> int:
    """Scale a published number to the size of this city."""
    return round(published * sum(stage.counts.values()) / sum(DISTRICTS.values()))


def choose_homes(stage: Stage, dice: Random) -> list[Enterprise]:
    """Choose the enterprises that have sources: chemical ones that make, store or use; the larger the likelier."""
    fitting = [
        enterprise
        for enterprise in stage.enterprises
        if enterprise.sub_category in KINDS
        and enterprise.regulatory_category == "hazchem"
        and enterprise.operating_status not in ENDED
    ]
    fitting.sort(key=lambda enterprise: dice.random() / (1 + enterprise.employees))
    return fitting[: share(stage, ENTERPRISES)]


def share_units(stage: Stage, homes: list[Enterprise]) -> dict[Enterprise, int]:
    """Give each enterprise one unit, and the further ones to those that come first, three at most."""
    units = Counter(homes)
    further = share(stage, SOURCES) - len(homes) if homes else 0
    for turn in range(further):
        units[homes[turn % len(homes)]] += 1
    return dict(units)


def grow_at(stage: Stage, units: dict[Enterprise, int]) -> dict[Enterprise, tuple[str, int]]:
    """Choose where stories are played: at enterprises with an account and a further unit."""
    cast = [e for e, number in units.items() if number > 1 and e.pk in stage.safety_officers]
    # First where the sign-ins look.
    cast.sort(key=lambda enterprise: not enterprise.region_id.startswith(COUNTY))
    return dict(zip(cast, GROWING, strict=False))


def draft(stage: Stage, enterprise: Enterprise, serial: int, dice: Random) -> Draft:
    """Make up one unit that is on file."""
    kinds = KINDS[enterprise.sub_category]
    start = dice.randrange(len(kinds)) if serial == 0 else enterprise.pk + serial
    facts, amounts = make_up(enterprise, kinds[start % len(kinds)], dice)
    unit = SourceUnit(enterprise=enterprise, created_at=stage.begin, updated_at=stage.begin, **facts)
    if serial:
        unit.name = f"{unit.name}（{serial + 1}号单元）"
    result = compute(edition_on(localdate(stage.begin)), amounts, unit.residents_500m)
    copy_result(unit, result, at=stage.begin)
    put_on_file(stage, unit, dice)
    return Draft(unit, amounts, result)


def make_up(enterprise: Enterprise, kind: list[Any], dice: Random) -> tuple[dict[str, Any], list[Amount]]:
    """Return the facts and the amounts of a unit of this kind."""
    name, unit_kind, key_process, contents = kind
    least, most = dice.choices(RESIDENTS, RESIDENT_WEIGHTS)[0]
    facts = {
        "name": name,
        "kind": unit_kind,
        "place": dice.choice(PLACES),
        "is_key_process": key_process,
        "residents_500m": dice.randint(least, most),
        "in_chemical_park": enterprise.region_id.startswith(("370572", "370571")) or dice.random() < 0.3,
        "boundary_distance": dice.randint(20, 240),
        "people_in_unit": dice.randint(1, 18),
        "commissioned_on": enterprise.established_on,
        "monitor_points": dice.randint(6, 64),
        "videos": dice.randint(2, 16),
        "principal_name": enterprise.principal_name,
        "principal_phone": enterprise.principal_phone,
        "technical_name": enterprise.safety_head,
        "technical_phone": enterprise.legal_rep_phone,
        "operation_name": enterprise.contact_name,
        "operation_phone": enterprise.contact_phone,
        "latitude": enterprise.latitude,
        "longitude": enterprise.longitude,
    }
    return facts, [amount(row, dice) for row in contents]


def amount(row: list[Any], dice: Random) -> Amount:
    """Make up how much there is: of table 1 by number, or by name and category."""
    *_head, least, most = row
    quantity = (
        Decimal(f"{dice.uniform(least, most):.1f}") if most < 100 else Decimal(dice.randint(least, most))
    )
    # The smallest amount of the range is at the threshold, so rounding must not fall below it.
    quantity = max(quantity, Decimal(str(least)))
    if isinstance(row[0], int):
        return Amount(quantity, row[0])
    return Amount(quantity, None, row[0], (row[1],))


def put_on_file(stage: Stage, unit: SourceUnit, dice: Random) -> None:
    """Say when it was assessed and filed; one in twenty runs out while the city plays."""
    ago = dice.randint(800, 1080) if dice.random() < 1 / 20 else dice.randint(20, 760)
    unit.assessed_on = localdate(stage.begin) - timedelta(days=ago)
    unit.assessment_agency = dice.choice(AGENCIES)
    unit.next_review_on = next_review(unit, unit.assessed_on)
    unit.filed_on = unit.assessed_on + timedelta(days=dice.randint(3, 14))
    unit.state, unit.state_since, unit.version = "filed", morning(unit.filed_on), 1


def write(stage: Stage, drafts: list[Draft]) -> None:
    """Write units, substances, calculations and audit entries in sets."""
    by, at = stage.people[Role.CITY, CITY][-1], stage.begin
    serials: Counter[tuple[str, int]] = Counter()
    for each in drafts:
        county, year = each.unit.region_id[:6], each.unit.filed_on.year
        serials[county, year] += 1
        each.unit.filing_number = f"BA{county}〔{year}〕{serials[county, year]:03d}"
    with acting(by, "enterprises.record_source", at):
        SourceUnit.objects.bulk_create([each.unit for each in drafts])
        SourceSubstance.objects.bulk_create(
            [row for each in drafts for row in substances_of(each.unit, each.result, each.amounts)]
        )
    SourceCalculation.objects.bulk_create(
        [calculation_of(each.unit, each.result, reason="", by=by, at=at) for each in drafts]
    )
    kind = ContentType.objects.get_for_model(SourceUnit)
    Entry.objects.bulk_create([entry_of(each.unit, kind, by, at) for each in drafts])


def entry_of(unit: SourceUnit, kind: ContentType, by: User, at: datetime) -> Entry:
    """Return the audit entry of a unit that was taken over from paper."""
    return Entry(
        at=at,
        actor=by,
        actor_name=by.name,
        post_title=PRINTED[Role.CITY][1],
        verb="enterprises.record_source",
        target_type=kind,
        target_id=unit.pk,
        target_label=str(unit)[:200],
        region=unit.region_id,
    )


def start_clocks(drafts: list[Draft]) -> None:
    """Start the three years of each assessment: what `deadlines.start` writes, in one statement."""
    rule, calendar, kind = find(REASSESS), working_days(), ContentType.objects.get_for_model(SourceUnit)
    number = parameter("MHS_REASSESS", on=min(each.unit.assessed_on for each in drafts)) if drafts else None
    Deadline.objects.bulk_create([clock_of(each.unit, rule, number, calendar, kind) for each in drafts])


def clock_of(unit: SourceUnit, rule: Rule, number: Any, calendar: WorkingDays, kind: ContentType) -> Deadline:
    """Return the clock of one unit, with all that will happen around its last day."""
    since, n = morning(unit.assessed_on), int(number.amount)
    due_at = due_moment_after(since, n, number.unit, calendar, moves_off_holiday=rule.moves_off_holiday)
    ladder = [(step.level, step.after) for step in rule.ladder]
    steps = plan(
        due_at, number.unit, since=since, warn_before=rule.warn_before, ladder=ladder, calendar=calendar
    )
    return Deadline(
        target_type=kind,
        target_id=unit.pk,
        rule=rule.code,
        label=str(unit)[:200],
        region_id=unit.region_id,
        industry=unit.enterprise.regulatory_category,
        enterprise_id=unit.enterprise_id,
        grid_code=unit.enterprise.grid_id or "",
        started_at=since,
        due_at=due_at,
        n=n,
        unit=number.unit,
        basis=number,
        steps=[step.frozen() for step in steps],
        next_at=steps[0].at,
    )


def source_stories(stage: Stage) -> Iterator[tuple[datetime, Iterator[datetime]]]:
    """Give the units that are entered, assessed and filed while the city plays."""
    dice = Random("growing sources")  # noqa: S311 - a demo, nothing secret
    homes = choose_homes(stage, Random("major hazard sources"))  # noqa: S311 - the same choice again
    for enterprise, (until, ago) in grow_at(stage, share_units(stage, homes)).items():
        start = max(stage.now - timedelta(days=ago, hours=dice.randint(1, 5)), stage.begin)
        by = stage.safety_officers[enterprise.pk]
        yield (
            start,
            grow(
                Growth(stage, enterprise, by, dice.choice(KINDS[enterprise.sub_category]), dice), until, start
            ),
        )


@dataclass
class Growth:
    """What a story needs: the enterprise, its safety officer, the kind of unit, its dice."""

    stage: Stage
    enterprise: Enterprise
    by: User
    kind: list[Any]
    dice: Random

    def bureau(self) -> User:
        """Return somebody of the county bureau."""
        return self.stage.people[Role.COUNTY, self.enterprise.region_id[:6]][0]

    def paper(self, code: str, at: datetime) -> int:
        """Receive a paper and return its id."""
        material = BY_CODE.get(code)
        name = f"{material.label if material else '申请报告'}.pdf"
        upload = SimpleUploadedFile(name, PAPER, "application/pdf")
        purpose = material.purpose if material else "mhs_cancel"
        return receive(upload, by=self.by, at=at, purpose=purpose).pk


def grow(told: Growth, until: str, at: datetime) -> Iterator[datetime]:
    """Enter a unit, have it assessed, file it: as far as the story has come today."""
    facts, amounts = make_up(told.enterprise, told.kind, told.dice)
    facts["name"] = f"{facts['name']}（新建）"
    unit = services.record_source(told.enterprise, facts=facts, substances=amounts, by=told.by, at=at)
    if until == "identified":
        return
    at = yield at + timedelta(days=8, hours=2)
    unit = services.assess_source(
        unit,
        assessed_on=localdate(at) - timedelta(days=2),
        agency=told.dice.choice(AGENCIES),
        report=[told.paper("assessment", at)],
        by=told.by,
        at=at,
    )
    if until == "assessed":
        add_materials(told, unit, at, most=told.dice.randint(3, 8))
        return
    at = yield at + timedelta(days=5)
    add_materials(told, unit, at)
    unit = services.submit_source_filing(unit, by=told.by, at=at)
    if until == "submitted":
        return
    at = yield at + timedelta(days=6)
    yield from decide(told, unit, until, at)


def decide(told: Growth, unit: SourceUnit, until: str, at: datetime) -> Iterator[datetime]:
    """Let the bureau return the filing or put it on file, and what comes after."""
    if until == "returned":
        reason = "平面布置图与现场不符，未标注新建储罐；请更正后重新提交。"
        services.return_source_filing(unit, reason=reason, by=told.bureau(), at=at)
        return
    number = propose_number(unit, on=localdate(at))
    unit = services.file_source(unit, number=number, by=told.bureau(), at=at)
    if until == "filed":
        return
    at = yield at + timedelta(days=30)
    if until == "cancel_asked":
        report = [told.paper("cancel", at)]
        reason = "储罐已清空、清洗并拆除，不再储存危险化学品，申请核销。"
        services.request_source_cancel(unit, reason=reason, report=report, by=told.by, at=at)
        return
    more = [
        Amount(a.quantity * 2, a.number, a.name, a.categories)
        for a in make_up(told.enterprise, told.kind, told.dice)[1]
    ]
    services.recalculate_source(
        unit, facts={}, substances=more, reason="罐区扩建，设计最大量增加", by=told.by, at=at
    )


def add_materials(told: Growth, unit: SourceUnit, at: datetime, most: int = len(MATERIALS)) -> None:
    """Add the materials of the filing, or the first of them."""
    for material in [m for m in MATERIALS if m.required and m.code != "assessment"][:most]:
        files = [told.paper(material.code, at)]
        services.add_source_material(unit, material=material.code, files=files, by=told.by, at=at)


def copy_stories(stage: Stage) -> Iterator[tuple[datetime, Iterator[datetime]]]:
    """Give the filings that go upward: those of the time before the city plays, and those of the quarter before today."""
    latest = morning(period_of(localdate(stage.now), QUARTER)[0]) + timedelta(hours=9)
    yield stage.begin + timedelta(days=1), send_upward(stage, stage.begin + timedelta(days=1))
    if stage.begin + timedelta(days=90) < latest < stage.now:
        yield latest, send_upward(stage, latest, but_last=True)


def send_upward(stage: Stage, at: datetime, *, but_last: bool = False) -> Iterator[datetime]:
    """Let the copies fall due, and have them sent in the days after, all or all but the last."""
    open_source_copies(at=at)
    due = list(SourceCopy.objects.filter(state="due").order_by("level", "region_id"))
    for copy in due[:-1] if but_last else due:
        at = yield at + timedelta(hours=5)
        send_source_copy(copy, by=stage.people[SENDERS[copy.level], copy.region_id][0], at=at)
