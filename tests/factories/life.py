"""The life of files for the tests: evidence, stops, transfers, all by the services."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from enterprises import services
from enterprises.life.status import Evidence
from enterprises.models import Enterprise, MergeRecord, Transfer
from regions.models import Region
from tests.factories.enterprises import make_enterprise
from tests.factories.hazards import make_photo
from tests.people import AT, People

SEEN = date(2026, 3, 10)
STOP = {"kind": "self", "stop_on": SEEN, "reason": "订单不足，全线停产"}


def proof(by: User, *, at: datetime = AT, number: str = "", photos: int = 1, **facts: Any) -> Evidence:
    """Return evidence with photos that this person has just taken."""
    files = [make_photo(by, at=at, purpose="status") for _photo in range(photos)]
    values = {"seen_on": at.date(), "note": "大门上锁，设备断电", "document_number": number, **facts}
    return Evidence(files=files, **values)


def asked_to_stop(people: People, enterprise: Enterprise, *, at: datetime = AT, **facts: Any) -> Enterprise:
    """An enterprise that reported a stop."""
    return services.ask_to_stop(enterprise, **{**STOP, **facts}, by=people.enterprise, at=at)


def stopped(people: People, enterprise: Enterprise, *, at: datetime = AT) -> Enterprise:
    """An enterprise whose stop the town has seen, two hours after it was reported."""
    asked_to_stop(people, enterprise, at=at)
    later = at + timedelta(hours=2)
    return services.verify_stop(enterprise, evidence=proof(people.town, at=later), by=people.town, at=later)


def ordered(people: People, enterprise: Enterprise, *, at: datetime = AT) -> Enterprise:
    """An enterprise that was ordered to stop."""
    evidence = proof(people.county, at=at, number="（广）应急停〔2026〕1号")
    return services.suspend_ordered(enterprise, evidence=evidence, by=people.county, at=at)


def offered(people: People, enterprise: Enterprise, *, to: str = "370522", at: datetime = AT) -> Transfer:
    """A file that Guangrao offers to another district."""
    place = Region.objects.get(pk=to)
    services.ask_transfer(enterprise, to_region=place, reason="厂区搬迁", by=people.county, at=at)
    return Transfer.objects.get(enterprise=enterprise, state="asked")


def merged(people: People, enterprise: Enterprise, *, at: datetime = AT) -> MergeRecord:
    """A double that was merged into the file."""
    double = make_enterprise(enterprise.region_id, name="广饶砚池木业公司")
    return services.merge(enterprise, double, reason="同一厂区，一照两档", by=people.county, at=at)


def offered_to_guangrao(people: People, *, at: datetime = AT) -> Transfer:
    """A file of Lijin that Lijin offers to Guangrao."""
    row = make_enterprise("370522001001", name="利津棠川木业有限公司")
    place = Region.objects.get(pk="370523")
    services.ask_transfer(row, to_region=place, reason="厂区搬迁", by=people.other_county, at=at)
    return Transfer.objects.get(enterprise=row)
