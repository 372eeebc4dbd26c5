"""The demo city's ledgers: papers, people, plans and drills of many enterprises, every ledger of some; all made up.

Written in sets on the first day, as an import does. The dice are their own: what is made here changes nothing else.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db.models import DateField, DateTimeField
from django.utils.timezone import localdate, make_aware

from accounts.demo import CITY, Stage
from accounts.roles import Role
from audit.context import acting
from audit.services import record
from enterprises.choices import ENDED
from enterprises.ledgers import LEDGERS, Ledger, clocks, find
from enterprises.models import Enterprise, LedgerRow

SAMPLES = json.loads(
    (Path(__file__).parent.parent / "data" / "demo_ledgers.json").read_text(encoding="utf-8")
)
# Ledgers that only some enterprises have: by industry, or by special risk.
BY_INDUSTRY = {"processes": "hazchem", "chemicals": "hazchem"}
BY_RISK = {
    "dust_sites": "dust",
    "casting_wells": "deep_well_casting",
    "ammonia_systems": "ammonia",
    "confined_spaces": "confined_space",
}
# No dice are cast for these: kept by all whom they fit, and by enterprises with every ledger alone.
OF_ALL = frozenset({"casting_wells"})
OF_FEW = frozenset({"work_permits", "penalties", "protective_equipment"})
LICENCES = {
    "hazchem": ("hazchem_trade", "东危化经〔{year}〕{serial:06d}", "东营市应急管理局", 3),
    "fireworks": ("fireworks_trade", "（鲁E）YHPF〔{year}〕{serial:06d}", "县（区）应急管理局", 3),
    "non_coal_mine": (
        "safety_production",
        "（鲁）FM安许证字〔{year}〕05-{serial:04d}",
        "山东省应急管理厅",
        3,
    ),
}
# What the share of enterprises is that have it.
STANDARDISED, INSURED, CERTIFIED, DRILLED, PLANNED = 0.22, 0.25, 0.25, 0.15, 0.2
# A paper ends between these days from today; few have ended, or will soon.
ENDS = ((0.04, (-60, -1)), (0.12, (1, 90)), (1.0, (95, 960)))
TOLD_WITHIN = timedelta(days=45)


def prepare_ledgers(stage: Stage) -> None:
    """Fill the ledgers on the first day, and start the clocks of papers that end soon."""
    dice = Random("ledgers")  # noqa: S311 - the same rows at every run, nothing secret
    first, today = localdate(stage.begin), localdate(stage.now)
    active = [each for each in stage.enterprises if each.operating_status not in ENDED]
    full = {each.pk for each in active if each.pk in stage.safety_officers and dice.random() < 0.15}
    full.update(list(stage.safety_officers)[:1])
    rows: dict[str, list[LedgerRow]] = {ledger.code: [] for ledger in LEDGERS}
    for serial, enterprise in enumerate(active):
        for row in rows_of(enterprise, serial, dice, first, today, full=enterprise.pk in full):
            rows[row.CODE].append(row)
    by = stage.people[Role.CITY, CITY][-1]
    with acting(by, "enterprises.import_ledgers", stage.begin):
        for code, made in rows.items():
            write(find(code), made, stage, by)
    start_clocks(rows, stage, today)


def write(ledger: Ledger, made: list[LedgerRow], stage: Stage, by: Any) -> None:
    """Write the rows of a ledger in one statement, on record as one import."""
    for row in made:
        row.created_at = row.updated_at = stage.begin
    ledger.model.objects.bulk_create(made, batch_size=2000)
    data = {"new": len(made), "file": f"{ledger.code}.xlsx"}
    record(by, "enterprises.import_ledgers", None, at=stage.begin, data=data)


def start_clocks(rows: dict[str, list[LedgerRow]], stage: Stage, today: date) -> None:
    """Start the clocks that warn while the city plays; the nightly task starts the others."""
    for code, made in rows.items():
        if find(code).warns:
            soon = [
                (row, row.valid_to) for row in made if row.valid_to and ends_soon(row.valid_to, stage, today)
            ]
            clocks.start(soon, at=stage.begin)


def ends_soon(day: date, stage: Stage, today: date) -> bool:
    """Say whether a paper ends after the first day, and not long after today."""
    return localdate(stage.begin) <= day <= today + TOLD_WITHIN


def rows_of(
    enterprise: Enterprise, serial: int, dice: Random, first: date, today: date, *, full: bool
) -> Iterator[LedgerRow]:
    """Give the rows of one enterprise: its papers and people, and of some every ledger that fits them."""
    yield from papers_of(enterprise, serial, dice, today, full=full)
    if full or dice.random() < CERTIFIED:
        yield person_of(enterprise, serial, dice, first, today)
    for code in SAMPLES:
        share = {"drills": DRILLED, "plans": PLANNED}.get(code, 0)
        if not fits(code, enterprise):
            continue
        if full or code in OF_ALL or code not in OF_FEW and dice.random() < share:
            wanted = SAMPLES[code] if full else SAMPLES[code][:1]
            yield from (sample(find(code), enterprise, facts, first, serial) for facts in wanted)


def fits(code: str, enterprise: Enterprise) -> bool:
    """Say whether an enterprise of this industry and these risks has such a ledger."""
    if code in BY_INDUSTRY:
        return enterprise.regulatory_category == BY_INDUSTRY[code]
    return code not in BY_RISK or BY_RISK[code] in enterprise.risk_tags


def sample(
    ledger: Ledger, enterprise: Enterprise, facts: dict[str, Any], first: date, serial: int
) -> LedgerRow:
    """Return a row from its sample: days count from the first day, hours from its beginning, years from its year."""
    values = dict(facts)
    midnight = make_aware(datetime.combine(first, time()))
    for each in ledger.fields:
        if isinstance(each, DateTimeField):
            values[each.name] = midnight + timedelta(hours=values[each.name])
        elif isinstance(each, DateField) and isinstance(values.get(each.name), int):
            values[each.name] = first + timedelta(days=values[each.name])
    if "year" in values:
        values["year"] += first.year - 1
    if ledger.code == "special_equipment":
        values["code"] = f"3705{serial:05d}{values['kind'][:3].upper()}"
    if values.get("filing_no"):
        values["filing_no"] += f"{serial:04d}"
    if values.get("document_no"):
        year = str(values.get("decided_on", first).year)
        values["document_no"] = values["document_no"].replace("{year}", year) + f"{serial:03d}号"
    return ledger.model(enterprise=enterprise, **values)


def last_day(dice: Random, today: date) -> date:
    """Return the last day of a paper."""
    cast = dice.random()
    low, high = next(span for share, span in ENDS if cast <= share)
    return today + timedelta(days=dice.randint(low, high))


def span(dice: Random, today: date, years: int) -> dict[str, date]:
    """Return the days of a paper of so many years."""
    last = last_day(dice, today)
    return {"valid_from": last - timedelta(days=365 * years - 1), "valid_to": last}


def papers_of(
    enterprise: Enterprise, serial: int, dice: Random, today: date, *, full: bool
) -> Iterator[LedgerRow]:
    """Give licence, standardisation and insurance, as the industry has them."""
    made = {ledger.code: ledger.model for ledger in LEDGERS}
    if enterprise.regulatory_category in LICENCES:
        kind, pattern, issuer, years = LICENCES[enterprise.regulatory_category]
        days = span(dice, today, years)
        number = pattern.format(year=days["valid_from"].year, serial=serial + 1)
        yield made["licences"](enterprise=enterprise, kind=kind, number=number, issuer=issuer, **days)
    if full or dice.random() < STANDARDISED:
        days = span(dice, today, 3)
        number = f"鲁AQBⅢ{days['valid_from'].year}{serial + 1:05d}"
        yield made["standardisation"](
            enterprise=enterprise, certificate_no=number, issuer="山东省安全生产协会", **days
        )
    if full or dice.random() < INSURED:
        yield made["insurance"](
            enterprise=enterprise,
            insurer=dice.choice(("人保财险东营分公司", "平安产险东营中心支公司", "太平洋产险东营中心支公司")),
            policy_no=f"PZAQ3705{serial + 1:07d}",
            insured=max(enterprise.employees, 1),
            cover="50.00",
            **span(dice, today, 1),
        )


def person_of(enterprise: Enterprise, serial: int, dice: Random, first: date, today: date) -> LedgerRow:
    """Return the head of safety with the certificate."""
    return find("persons").model(
        enterprise=enterprise,
        name=enterprise.safety_head or enterprise.principal_name,
        since=first - timedelta(days=dice.randint(100, 1500)),
        phone=enterprise.contact_phone,
        certificate_kind="安全生产知识和管理能力考核合格证",
        certificate_no=f"3705A{serial + 1:06d}",
        issuer="东营市应急管理局",
        **span(dice, today, 3),
    )
