"""The staffing rules that a file can be held against by itself (handbook §3.6).

They judge the file, not the enterprise: what the file does not say is asked for, not found wanting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from enterprises.choices import RiskTag
from enterprises.classification import DANGEROUS, is_high_risk, works_with_danger
from enterprises.models import Enterprise, Insurance, SafetyInstitution, SafetyPerson
from enterprises.truth.selectors import edit_url
from rulebook.services import Citation, RuleNotFound, cite, parameter

PROVINCE = "37"


@dataclass(frozen=True)
class Staff:
    """What the file says about the people: numbers of the form, positions and bodies of the ledgers."""

    enterprise: Enterprise
    on: date
    positions: frozenset[str]
    bodies: frozenset[str]
    insured: bool

    def number(self, code: str) -> int:
        """Return a number of the rulebook where the enterprise lies."""
        return int(parameter(code, on=self.on, region=self.enterprise.region_id).amount)

    @property
    def works_with_danger(self) -> bool:
        """Say whether the law asks for a full-time manager whatever its size."""
        return works_with_danger(self.enterprise)

    @property
    def is_high_risk(self) -> bool:
        """Say whether the province counts it among the high-risk units."""
        return is_high_risk(self.enterprise)

    def ledger(self, code: str) -> str:
        """Return the address of a ledger of the enterprise."""
        return reverse("enterprises:ledger", args=[self.enterprise.pk, code])


@dataclass(frozen=True)
class Check:
    """One rule held against the file: whether the file meets it, and where what is missing is entered."""

    rule: str
    is_met: bool
    url: str
    citation: Citation | None


def checks(enterprise: Enterprise, *, on: date) -> list[Check]:
    """Return the rules that apply to the enterprise on the day, with the answer of its file; three questions."""
    staff = read(enterprise, on)
    local = [safety_director, committee, liability] if enterprise.region_id.startswith(PROVINCE) else []
    found = [rule(staff) for rule in (managers, engineer, examined, head_count, *local)]
    return [check for check in found if check is not None]


def read(enterprise: Enterprise, on: date) -> Staff:
    """Read what the ledgers say about the people."""
    persons = SafetyPerson.objects.filter(enterprise=enterprise).exclude(valid_to__lt=on)
    policies = Insurance.objects.filter(enterprise=enterprise, kind="liability", valid_from__lte=on)
    return Staff(
        enterprise,
        on,
        frozenset(persons.values_list("position", flat=True)),
        frozenset(SafetyInstitution.objects.filter(enterprise=enterprise).values_list("kind", flat=True)),
        policies.exclude(valid_to__lt=on).exists(),
    )


def managers(staff: Staff) -> Check:
    """A safety body or a full-time manager; with few employees and no danger a part-time one will do (AWSL 24)."""
    row = staff.enterprise
    full = bool(row.full_time_safety_managers or {"full_time", "director"} & staff.positions)
    body = bool({"department", "team"} & staff.bodies)
    if staff.works_with_danger or row.employees > staff.number("STAFFING_FULL_TIME_OVER"):
        sentence = _("A safety body or a full-time safety manager")
        return Check(
            sentence, full or body, edit_url(row, "full_time_safety_managers"), law(staff, "AWSL", 24)
        )
    part = bool(row.part_time_safety_managers or "part_time" in staff.positions)
    sentence = _("A full-time or a part-time safety manager")
    return Check(
        sentence, full or body or part, edit_url(row, "part_time_safety_managers"), law(staff, "AWSL", 24)
    )


def engineer(staff: Staff) -> Check | None:
    """A registered safety engineer where dangerous goods are made or stored, in mines and smelting (AWSL 27)."""
    row = staff.enterprise
    if row.regulatory_category not in DANGEROUS and "molten_metal" not in row.risk_tags:
        return None
    met = bool(row.registered_safety_engineers or "engineer" in staff.positions)
    url = edit_url(row, "registered_safety_engineers")
    return Check(_("A registered safety engineer"), met, url, law(staff, "AWSL", 27))


def examined(staff: Staff) -> Check | None:
    """Principals and managers who passed the authority's examination (AWSL 27)."""
    if not staff.works_with_danger:
        return None
    met = "principal" in staff.positions and bool({"full_time", "director"} & staff.positions)
    sentence = _("Principal and safety managers with a valid certificate of the examination")
    return Check(sentence, met, staff.ledger("persons"), law(staff, "AWSL", 27))


def head_count(staff: Staff) -> Check | None:
    """How many work at once where the file calls the enterprise labour-intensive: that is what the word rests on."""
    row = staff.enterprise
    if RiskTag.LABOUR_INTENSIVE not in row.risk_tags:
        return None
    sentence = _("The most people on one shift, of a labour-intensive enterprise")
    return Check(sentence, bool(row.shift_people), edit_url(row, "shift_people"), None)


def safety_director(staff: Staff) -> Check | None:
    """A safety director from a size on (Shandong, article 21)."""
    return from_size_on(
        staff,
        "SAFETY_DIRECTOR",
        21,
        _("A safety director"),
        edit_url(staff.enterprise, "safety_director"),
        lambda: bool(staff.enterprise.safety_director) or "director" in staff.positions,
    )


def committee(staff: Staff) -> Check | None:
    """A safety committee from a size on (Shandong, article 22)."""
    return from_size_on(
        staff,
        "SAFETY_COMMITTEE",
        22,
        _("A safety committee"),
        staff.ledger("institutions"),
        lambda: "committee" in staff.bodies,
    )


def from_size_on(
    staff: Staff, code: str, article: int, sentence: str, url: str, is_met: Callable[[], bool]
) -> Check | None:
    """Return a rule of the province that holds from a number of employees on."""
    kind = "HIGH_RISK" if staff.is_high_risk else "OTHER"
    if staff.enterprise.employees < staff.number(f"{code}_{kind}"):
        return None
    return Check(sentence, is_met(), url, law(staff, "SD", article))


def liability(staff: Staff) -> Check | None:
    """Safety liability insurance in the sectors of high risk (Shandong, article 24)."""
    if not staff.works_with_danger:
        return None
    sentence = _("Work safety liability insurance")
    return Check(sentence, staff.insured, staff.ledger("insurance"), law(staff, "SD", 24))


def law(staff: Staff, short_id: str, article: int) -> Any:
    """Return the article as a link, or nothing where its text is not loaded."""
    try:
        return cite(short_id, article, on=staff.on)
    except RuleNotFound:
        return None
