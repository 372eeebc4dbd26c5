"""Rows of the ledgers and major hazard sources, as the API gives them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from enterprises.api.schemas import Division, PageQuery, text
from enterprises.ledgers.registry import BY_CODE
from enterprises.models import SourceSubstance, SourceUnit
from enterprises.models.sources import Grade
from enterprises.sources.lifecycle import SOURCE

LedgerCode = Literal[tuple(BY_CODE)]
State = Literal[tuple(state.code for state in SOURCE.states)]
GradeNumber = Annotated[int, Field(ge=min(Grade.values), le=max(Grade.values))]
Value = str | int | bool | list[str] | None


class LedgerField(Schema):
    """A field of a ledger, with what it is called."""

    name: str
    label: str


class LedgerEntry(Schema):
    """One row: its values by the names of the fields; amounts and days as texts, personal numbers masked."""

    id: int
    values: dict[str, Value]
    updated_at: datetime


class LedgerPage(Schema):
    """Rows of one ledger of one enterprise in the order in which they were changed, and the mark of the next page."""

    ledger: str
    title: str
    fields: list[LedgerField]
    rows: list[LedgerEntry]
    next: str | None


class SourceQuery(PageQuery):
    """The conditions of the list of major hazard sources."""

    place: Division | None = Field(None, description="Division code of 4, 6, 9 or 12 digits")
    uscc: text(18) | None = Field(None, description="Unified social credit code of the enterprise")
    grade: list[GradeNumber] = Field([], description="Grade 1 (the highest) to 4; several may be given")
    state: list[State] = Field([], description="State; several may be given")
    standing: bool | None = Field(
        None, description="At or above the threshold and not deregistered; false: all others"
    )


class Substance(Schema):
    """What is present in a unit at most, in tonnes; `number` is that of table 1."""

    number: int | None
    name: str
    categories: list[str]
    quantity: Decimal


class SourceRow(Schema):
    """A unit of identification, which is a major hazard source where it has a grade."""

    id: int
    uscc: str
    enterprise_name: str
    division: str
    name: str
    kind: str
    place: str
    longitude: float | None
    latitude: float | None
    state: str
    grade: int | None
    s_value: Decimal | None
    r_value: Decimal | None
    calculated_at: datetime | None
    residents_500m: int
    in_chemical_park: bool
    is_key_process: bool
    commissioned_on: date | None
    monitor_points: int
    videos: int
    principal_name: str
    technical_name: str
    operation_name: str
    assessed_on: date | None
    assessment_agency: str
    next_review_on: date | None
    filing_number: str
    filed_on: date | None
    substances: list[Substance]
    updated_at: datetime

    @staticmethod
    def resolve_uscc(row: SourceUnit) -> str:
        """Give the code of the enterprise."""
        return row.enterprise.uscc

    @staticmethod
    def resolve_enterprise_name(row: SourceUnit) -> str:
        """Give the name of the enterprise."""
        return row.enterprise.name

    @staticmethod
    def resolve_division(row: SourceUnit) -> str:
        """Give the code of the division in which the enterprise lies."""
        return row.enterprise.region_id

    @staticmethod
    def resolve_substances(row: SourceUnit) -> list[SourceSubstance]:
        """Give what was fetched with the row."""
        return list(row.substances.all())


class SourcePage(Schema):
    """Units in the order in which they were changed, and where the next page begins; null at the end."""

    rows: list[SourceRow]
    next: str | None


def plain_value(value: Any) -> Value:
    """Return a value as JSON holds it: days and amounts as texts, so that no amount passes through a float."""
    if isinstance(value, bool | int | str | None):
        return value
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return value.isoformat() if isinstance(value, date) else str(value)
