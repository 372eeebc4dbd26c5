"""What is asked and answered, field by field: the description of the API is made from this."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict, StringConstraints, ValidationInfo, field_validator

from accounts.masking import mask_name, mask_phone
from enterprises.choices import (
    SECTIONS,
    EnterpriseSize,
    EnterpriseType,
    OperatingStatus,
    RegulatoryCategory,
    RiskTag,
    SupervisionLevel,
)
from enterprises.models import Enterprise, RegistrationKind
from enterprises.terms import BACKWARD, BEGINS, NEVER
from enterprises.uscc import clean_uscc

# A text of the address or the body, and a choice among our codes.
Category = Literal[tuple(RegulatoryCategory.values)]
Status = Literal[tuple(OperatingStatus.values)]
Size = Literal[tuple(EnterpriseSize.values)]
Risk = Literal[tuple(RiskTag.values)]
RegisteredType = Literal[tuple(EnterpriseType.values)]
Level = Literal[tuple(SupervisionLevel.values)]
Section = Literal[tuple(SECTIONS)]
Kind = Literal[tuple(RegistrationKind.values)]
Division = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?$")]
# PostgreSQL keeps no NUL.
NO_NUL = r"^[^\x00]*$"
LONGEST_PAGE = 200
# Conditions that the filter of the list does not know, or knows by the places of a signed-in person.
BESIDE = {"q", "place", "changed_since", "cursor", "limit"}
LARGEST = 2**31 - 1


def text(longest: int, shortest: int = 0) -> Any:
    """Return the type of a text of so many characters."""
    return Annotated[
        str,
        StringConstraints(
            strip_whitespace=True, min_length=shortest, max_length=longest, pattern=NO_NUL, strict=True
        ),
    ]


class Problem(Schema):
    """What is wrong, in a sentence; `fields` names the places, where there are some."""

    detail: str
    fields: dict[str, str] = {}


class PageQuery(Schema):
    """Which page, of rows in the order of their last change."""

    model_config = ConfigDict(extra="forbid")

    changed_since: AwareDatetime | None = Field(
        None, description="Changed at this moment or later; with time zone"
    )
    cursor: text(400) | None = Field(None, description="`next` of the page before")
    limit: int = Field(100, ge=1, le=LONGEST_PAGE, description="Rows to a page")

    @field_validator("changed_since")
    @classmethod
    def keep_to_the_calendar(cls, moment: datetime | None) -> datetime | None:
        """Refuse moments at the ends of time, which no time zone can shift."""
        if moment and not 1900 <= moment.year <= 9000:
            raise ValueError("a year from 1900 to 9000")
        return moment


class EnterpriseQuery(PageQuery):
    """The conditions of the enterprise list, under the names that its address has."""

    q: text(60) | None = Field(None, description="Part of a name, code, person, phone or address")
    place: Division | None = Field(None, description="Division code of 4, 6, 9 or 12 digits")
    category: list[Category] = Field([], description="Regulatory category; several may be given")
    status: list[Status] = Field([], description="Operating status; several may be given")
    scale: Size | None = Field(None, description="Size of the enterprise")
    risk: list[Risk] = Field([], description="Special risk; any of several")
    section: Section | None = Field(None, description="Section of GB/T 4754")
    industry: Annotated[str, StringConstraints(pattern=r"^[0-9]{2,4}$")] | None = Field(
        None, description="Beginning of the GB/T 4754 code"
    )
    level: Level | None = Field(None, description="Level of supervision")
    type: RegisteredType | None = Field(None, description="Registered type")
    above: bool | None = Field(None, description="Above designated size")
    active: bool | None = Field(None, description="Under supervision, that is, not ended")
    employees_min: int | None = Field(None, ge=0, le=LARGEST, description="So many employees or more")
    employees_max: int | None = Field(None, ge=0, le=LARGEST, description="So many employees or fewer")

    def conditions(self) -> dict[str, Any]:
        """Return what the filter of the list reads."""
        given = self.model_dump(exclude=BESIDE, exclude_none=True)
        return {name: value for name, value in given.items() if value != []}


class EnterpriseRow(Schema):
    """An enterprise as a list gives it; personal numbers are masked."""

    uscc: str
    name: str
    former_name: str
    division: str
    division_name: str
    regulatory_category: str
    sub_category: str
    industry_code: str
    operating_status: str
    status_since: date | None
    supervision_level: str
    size: str
    employees: int
    shift_people: int | None
    is_above_designated: bool
    risk_tags: list[str]
    production_address: str
    longitude: float | None
    latitude: float | None
    contact_name: str
    contact_phone: str
    updated_at: datetime

    @staticmethod
    def resolve_division(row: Enterprise) -> str:
        """Give the code of the division."""
        return row.region_id

    @staticmethod
    def resolve_division_name(row: Enterprise) -> str:
        """Give the name of the division."""
        return row.region.name

    @staticmethod
    def resolve_contact_phone(row: Enterprise) -> str:
        """Mask the number."""
        return mask_phone(row.contact_phone)


class EnterpriseFile(EnterpriseRow):
    """One enterprise with what its file says of the licence and of its work."""

    enterprise_type: str
    registered_capital: Decimal | None
    established_on: date | None
    business_term_from: date | None
    business_term_to: date | None
    business_scope: str
    registered_address: str
    postcode: str
    legal_rep_name: str
    principal_name: str
    principal_phone: str
    main_products: str
    raw_materials: str
    parent_group: str

    @staticmethod
    def resolve_legal_rep_name(row: Enterprise) -> str:
        """Mask the name."""
        return mask_name(row.legal_rep_name)

    @staticmethod
    def resolve_principal_phone(row: Enterprise) -> str:
        """Mask the number."""
        return mask_phone(row.principal_phone)


class EnterprisePage(Schema):
    """Rows in the order in which they were changed, and where the next page begins; null at the end."""

    rows: list[EnterpriseRow]
    next: str | None


class RegistrationIn(Schema):
    """One notice of the market regulator; what it does not know it leaves out."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind = Field(description="What happened at the registry")
    uscc: text(40, 1) = Field(description="Unified social credit code; the check character is tested")
    name: text(120, 1) = Field(description="Name as it stands on the licence now")
    division: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}([0-9]{3}([0-9]{3})?)?$")] = Field(
        description="Division code of 6, 9 or 12 digits; a former code leads to the division of today"
    )
    event_on: date = Field(description="Day at the registry")
    notice_no: text(60) = Field("", description="Number of the notice at the sender")
    legal_rep_name: text(40) = Field("", description="Legal representative")
    registered_address: text(200) = Field("", description="Registered address")
    business_scope: text(2000) = Field("", description="Business scope")
    enterprise_type: RegisteredType | Literal[""] = Field("", description="Registered type")
    registered_capital: Decimal | None = Field(
        None, ge=0, max_digits=14, decimal_places=2, description="10,000 yuan"
    )
    established_on: date | None = Field(None, description="Established on")
    business_term_from: date | None = Field(None, description="First day of the business term")
    business_term_to: date | None = Field(
        None, description="Last day of the business term; left out where it is long-term"
    )
    industry_code: Annotated[str, StringConstraints(pattern=r"^([0-9]{4})?$")] = Field(
        "", description="Four digits of GB/T 4754"
    )

    @field_validator("business_term_to")
    @classmethod
    def end_a_term(cls, ends: date | None, info: ValidationInfo) -> date | None:
        """Refuse an end before the beginning, and one whose beginning is not given; a day that never comes is none."""
        begins = info.data.get(BEGINS)
        if ends and not begins:
            raise ValueError(_("Give the first day of the business term, too."))
        if ends and ends < begins:
            raise ValueError(str(BACKWARD))
        return None if ends == NEVER else ends

    @field_validator("uscc")
    @classmethod
    def check(cls, code: str) -> str:
        """Return the code in its plain form."""
        try:
            return clean_uscc(code)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error


class RegistrationOut(Schema):
    """What became of a notice: `waiting` for a person and why, or taken over, and which facts changed."""

    id: int
    state: str
    why: str
    applied: list[str]
    enterprise: str | None
    received_at: datetime

    @staticmethod
    def resolve_enterprise(row: Any) -> str | None:
        """Give the code of the file it speaks of, if there is one."""
        return row.uscc if row.enterprise_id else None
