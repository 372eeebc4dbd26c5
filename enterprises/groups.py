"""The groups of facts in a file: what is confirmed together, for how long that counts, and how much it weighs.

Ages and weights are platform defaults in the rulebook (handbook §3.7), so a city may set its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from rulebook.places import Places, whole
from rulebook.services import RuleNotFound

if TYPE_CHECKING:
    from enterprises.models import Enterprise


@dataclass(frozen=True)
class FieldGroup:
    """Facts that are confirmed together.

    `fields` are fields of the enterprise; groups without any live in the ledgers. `age` and `weight` are codes of the
    rulebook. `asks` are the regulatory categories that are asked for it; empty: all of them. `check` is the clock by
    which the town verifies the group once it is stale, where the handbook asks that of it. `in_ledgers` says that most
    of the group stands in ledgers: who fills in its few fields has not looked at those, and confirms nothing.
    """

    code: str
    label: Any
    fields: tuple[str, ...]
    age: str
    weight: str
    asks: frozenset[str] = frozenset()
    check: str = ""
    in_ledgers: bool = False

    @property
    def is_in_form(self) -> bool:
        """Say whether the form of the file shows the group, so that whoever sends it answers for the group."""
        return bool(self.fields) and not self.in_ledgers

    def is_asked_of(self, enterprise: Enterprise) -> bool:
        """Say whether the enterprise must keep the group."""
        return not self.asks or enterprise.regulatory_category in self.asks


GROUPS: tuple[FieldGroup, ...] = (
    FieldGroup(
        "status",
        _("Unit and status"),
        (
            "name",
            "uscc",
            "former_name",
            "enterprise_type",
            "registered_capital",
            "established_on",
            "business_term_from",
            "business_term_to",
            "business_scope",
            "operating_status",
            "status_since",
            "parent_group",
            "supervision_level",
            "supervising_organisation",
            "competent_department",
        ),
        "STALE_STATUS",
        "WEIGHT_STATUS",
        check="enterprises.verify_status",
    ),
    FieldGroup(
        "contact",
        _("People and contact"),
        (
            "legal_rep_name",
            "legal_rep_phone",
            "legal_rep_id_no",
            "principal_name",
            "principal_phone",
            "safety_deputy",
            "safety_deputy_phone",
            "safety_director",
            "safety_director_phone",
            "safety_head",
            "contact_name",
            "contact_phone",
            "duty_phone",
        ),
        "STALE_CONTACT",
        "WEIGHT_CONTACT",
        check="enterprises.verify_contact",
    ),
    FieldGroup(
        "place",
        _("Address and grid"),
        ("registered_address", "production_address", "postcode", "region", "grid", "longitude", "latitude"),
        "STALE_PLACE",
        "WEIGHT_PLACE",
    ),
    FieldGroup(
        "industry",
        _("Industry and process"),
        (
            "industry_code",
            "regulatory_category",
            "sub_category",
            "main_products",
            "raw_materials",
            "process_description",
            "risk_tags",
        ),
        "STALE_INDUSTRY",
        "WEIGHT_INDUSTRY",
    ),
    FieldGroup(
        "staff",
        _("Staff"),
        (
            "employees",
            "shift_people",
            "shift_system",
            "full_time_safety_managers",
            "part_time_safety_managers",
            "registered_safety_engineers",
            "special_operators",
            "annual_revenue",
            "fixed_assets",
            "land_area",
            "building_area",
            "is_above_designated",
            "size",
        ),
        "STALE_STAFF_REVENUE",
        "WEIGHT_STAFF",
    ),
    FieldGroup(
        "chemicals",
        _("Hazardous chemicals and stocks"),
        (),
        "STALE_CHEMICALS",
        "WEIGHT_CHEMICALS",
        frozenset({"hazchem", "fireworks"}),
    ),
    FieldGroup("safety", _("Safety management ledgers"), (), "STALE_SAFETY", "WEIGHT_SAFETY"),
    FieldGroup("licences", _("Licences and qualifications"), (), "STALE_LICENCES", "WEIGHT_LICENCES"),
    FieldGroup("equipment", _("Equipment and installations"), (), "STALE_EQUIPMENT", "WEIGHT_EQUIPMENT"),
    FieldGroup("health", _("Occupational health"), (), "STALE_HEALTH", "WEIGHT_HEALTH"),
    FieldGroup(
        "emergency",
        _("Emergency response"),
        (
            "emergency_contact_name",
            "emergency_contact_phone",
            "nearest_hospital",
            "hospital_distance",
            "hospital_tel",
        ),
        "STALE_EMERGENCY_RESOURCES",
        "WEIGHT_EMERGENCY",
        in_ledgers=True,
    ),
)
BY_CODE = {group.code: group for group in GROUPS}
CHOICES = [(group.code, group.label) for group in GROUPS]
CHECKED = {group.code: group.check for group in GROUPS if group.check}
GROUP_OF = {name: group.code for group in GROUPS for name in group.fields}

# Stopped enterprises are looked at again every month.
STOPPED_AGE = "STALE_STATUS_SUSPENDED"

# The minimum of handbook §3.2 and the starred facts of §3.1 that a file can lack. The legal representative's ID number is
# starred, too, but not asked for here: it is the newest fact of all, and every file in the city would lose points at once.
MANDATORY = (
    "name",
    "uscc",
    "region",
    "regulatory_category",
    "industry_code",
    "supervising_organisation",
    "principal_name",
    "principal_phone",
    "contact_name",
    "contact_phone",
    "operating_status",
    "legal_rep_name",
    "production_address",
    "grid",
    "employees",
)


def asked_of(enterprise: Enterprise) -> list[FieldGroup]:
    """Return the groups that the enterprise must keep."""
    return [group for group in GROUPS if group.is_asked_of(enterprise)]


def groups_of(fields: Iterable[str]) -> list[str]:
    """Return the groups in which the fields lie, in the order of the page."""
    names = {name.removesuffix("_id") for name in fields}
    return [group.code for group in GROUPS if names & set(group.fields)]


def numbers(codes: Iterable[str], *, on: date, region: str = "") -> dict[str, int]:
    """Return many numbers of the rulebook by one question, each of the most specific place; raise RuleNotFound."""
    wanted = set(codes)
    places = Places(wanted, on)
    if missing := {code for code in wanted if not places.known[code]}:
        raise RuleNotFound(f"The rulebook holds no {', '.join(sorted(missing))} on {on:%Y-%m-%d}.")
    return {code: whole(places.of(code, region)) for code in wanted}


def max_ages(groups: Iterable[str], *, on: date, region: str = "") -> dict[str, tuple[int, int]]:
    """Return for how many days a confirmation of each group counts: at work, and while the enterprise stands still."""
    chosen = [BY_CODE[code] for code in groups]
    known = numbers({STOPPED_AGE, *(group.age for group in chosen)}, on=on, region=region)
    return {
        group.code: (known[group.age], known[STOPPED_AGE if group.code == "status" else group.age])
        for group in chosen
    }
