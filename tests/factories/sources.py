"""Major hazard sources for the tests, made through the services so that their histories are lawful."""

from datetime import date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from attachments.services import receive
from enterprises.models import Enterprise, SourceCopy, SourceUnit
from enterprises.sources import services
from enterprises.sources.copies.lifecycle import SOURCE_COPY
from enterprises.sources.gb18218 import Amount
from enterprises.sources.materials import MATERIALS
from lifecycle.services import begin
from tests.factories.hazards import photo_file
from tests.people import AT

FACTS = {
    "name": "液氨罐区",
    "kind": "storage",
    "place": "厂区东北角",
    "residents_500m": 80,
    "principal_name": "高砚平",
    "principal_phone": "13605460001",
    "technical_name": "丁一舟",
    "technical_phone": "13605460003",
    "operation_name": "魏守田",
    "operation_phone": "13605460004",
}
AMMONIA, CHLORINE = 1, 12


def tonnes(quantity: str, number: int | None = AMMONIA, **more: object) -> Amount:
    """Return an amount of a substance, liquid ammonia unless another is named."""
    return Amount(Decimal(quantity), number, **more)


def recorded(
    enterprise: Enterprise, by: User, *amounts: Amount, at: datetime = AT, **facts: object
) -> SourceUnit:
    """A unit that was entered and calculated: 12 t of ammonia, which makes a source of grade 4."""
    given = list(amounts) or [tonnes("12")]
    return services.record_source(enterprise, facts={**FACTS, **facts}, substances=given, by=by, at=at)


def assessed(
    enterprise: Enterprise,
    by: User,
    *amounts: Amount,
    at: datetime = AT,
    on: date = date(2026, 3, 5),
    **facts,
) -> SourceUnit:
    """A source whose assessment report was entered."""
    unit = recorded(enterprise, by, *amounts, at=at, **facts)
    report = [paper(by, "mhs_assessment", at)]
    return services.assess_source(unit, assessed_on=on, agency="东营海岸安评", report=report, by=by, at=at)


def with_materials(unit: SourceUnit, by: User, *, at: datetime = AT) -> SourceUnit:
    """Add every material that filing needs."""
    for material in MATERIALS:
        if material.required:
            files = [paper(by, material.purpose, at)]
            services.add_source_material(unit, material=material.code, files=files, by=by, at=at)
    unit.refresh_from_db()
    return unit


def submitted(people, enterprise: Enterprise, *, at: datetime = AT, **facts: object) -> SourceUnit:
    """A source whose filing waits for the bureau."""
    unit = with_materials(assessed(enterprise, people.enterprise, at=at, **facts), people.enterprise, at=at)
    return services.submit_source_filing(unit, by=people.enterprise, at=at)


def filed(people, enterprise: Enterprise, *, at: datetime = AT, **facts: object) -> SourceUnit:
    """A source on file."""
    unit = submitted(people, enterprise, at=at, **facts)
    return services.file_source(unit, number=f"BA370523〔2026〕{unit.pk:03d}", by=people.county, at=at)


def paper(by: User, purpose: str, at: datetime = AT) -> int:
    """Receive a file and return its id."""
    return receive(photo_file(), by=by, at=at, purpose=purpose).pk


def scan() -> SimpleUploadedFile:
    """Return a picture of a paper, as a form sends it."""
    return photo_file(name="scan.jpg")


def make_copy(
    region: str = "370523", level: str = "city", *, at: datetime = AT, **facts: object
) -> SourceCopy:
    """The filings of the last quarter of 2025, which Guangrao has to send to the city."""
    period = {"first_day": date(2025, 10, 1), "last_day": date(2025, 12, 31), **facts}
    copy = SourceCopy(region_id=region, level=level, **period)
    return begin(SOURCE_COPY, "open_source_copy", copy, by=None, at=at)
