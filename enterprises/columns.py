"""The columns of the enterprise list: screen and export say the same.

Every fact of a file has one, so that the export is what the import takes; most are only shown when somebody asks.
"""

from typing import Any

from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.masking import mask_name, mask_phone
from enterprises.choices import RiskTag
from enterprises.identity import ID_NO
from enterprises.models import Enterprise
from enterprises.terms import BEGINS, ENDS, end_in_words
from listings.columns import Column, Value, display, linked
from regions.words import listed

TERM = (BEGINS, ENDS)


def further(name: str, value: Value | None = None, css: str = "") -> Column:
    """Return the column of a field that is shown on request, called as the form calls it."""
    label = capfirst(Enterprise._meta.get_field(name).verbose_name)
    needs = (name,) if value else ()
    return Column(name, label, value or name, css=css, default=False, needs=needs)


def number(name: str) -> Column:
    """Return the column of a number or an amount."""
    return further(name, css="sw-num")


def masked(name: str) -> Column:
    """Return the column of a person's number (PIPL 51)."""
    return further(name, lambda row: mask_phone(getattr(row, name)), css="sw-nowrap")


def named(name: str) -> Column:
    """Return the column of another record, whose name `EnterpriseList.prepare` has read for all rows."""
    return further(name, lambda row: row.named.get((name, getattr(row, f"{name}_id")), ""))


def tags(row: Any) -> str:
    """Return the special risks in words."""
    return listed(RiskTag(code).label for code in row.risk_tags)


COLUMNS = (
    Column(
        "name",
        _("Enterprise name"),
        "name",
        html=linked("enterprises:detail"),
        css="sw-what",
    ),
    Column("uscc", _("Code"), "uscc", css="sw-id"),
    Column("category", _("Industry"), display("regulatory_category"), css="sw-nowrap"),
    Column("sub_category", _("Sub-category"), "sub_category", css="sw-nowrap sw-desk"),
    Column("status", _("Status"), display("operating_status"), css="sw-nowrap"),
    Column("town", _("Town"), lambda row: row.town_name, css="sw-nowrap", needs=("town_code",)),
    Column("employees", _("Employees"), "employees", css="sw-num"),
    Column("contact", _("Contact"), "contact_name", css="sw-nowrap sw-desk"),
    Column(
        "phone",
        _("Mobile"),
        lambda row: mask_phone(row.contact_phone),
        css="sw-nowrap sw-desk",
        needs=("contact_phone",),
    ),
    Column("updated", _("Changed"), "updated_at", sort="updated_at", css="sw-nowrap sw-desk"),
    Column("address", _("Address"), "production_address", default=False),
    Column("principal", _("Principal"), "principal_name", default=False),
    Column("industry", _("Industry code"), "industry_code", default=False),
    Column("size", _("Size"), display("size"), default=False),
    Column("established", _("Established on"), "established_on", default=False),
    Column(
        "term", _("Business term ends"), lambda row: end_in_words(row, localdate()), default=False, needs=TERM
    ),
    Column("safety_director", _("Safety director"), "safety_director", default=False),
    Column("safety_deputy", _("Deputy in charge of safety"), "safety_deputy", default=False),
    Column("shift", _("Most people on one shift"), "shift_people", css="sw-num", default=False),
    Column("hospital", _("Nearest hospital"), "nearest_hospital", default=False),
    Column("emergency_contact", _("Emergency contact"), "emergency_contact_name", default=False),
    further("former_name"),
    further("enterprise_type", display("enterprise_type")),
    number("registered_capital"),
    further("business_term_from"),
    further("business_scope"),
    further("parent_group"),
    named("region"),
    named("grid"),
    further("registered_address"),
    further("postcode"),
    number("longitude"),
    number("latitude"),
    further("legal_rep_name", lambda row: mask_name(row.legal_rep_name)),
    masked("legal_rep_phone"),
    # Masked in the file already; whom it is hidden from finds it empty (EnterpriseList.prepare).
    further(ID_NO, css="sw-nowrap"),
    masked("principal_phone"),
    masked("safety_deputy_phone"),
    masked("safety_director_phone"),
    further("safety_head"),
    masked("duty_phone"),
    masked("emergency_contact_phone"),
    number("hospital_distance"),
    further("hospital_tel"),
    further("shift_system"),
    number("full_time_safety_managers"),
    number("part_time_safety_managers"),
    number("registered_safety_engineers"),
    number("special_operators"),
    number("annual_revenue"),
    number("fixed_assets"),
    number("land_area"),
    number("building_area"),
    further("is_above_designated"),
    further("main_products"),
    further("raw_materials"),
    further("process_description"),
    further("risk_tags", tags),
    further("status_since"),
    further("supervision_level", display("supervision_level")),
    named("supervising_organisation"),
    named("competent_department"),
    further("created_at"),
)
# Columns that name another record.
NAMED = frozenset({"region", "grid", "supervising_organisation", "competent_department"})
