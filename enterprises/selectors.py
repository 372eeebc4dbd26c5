"""Reads of an enterprise's file that feed a page."""

from typing import Any

from accounts.masking import mask_name, mask_phone
from enterprises.choices import RiskTag
from enterprises.models import Enterprise

SHOWN_BLOCKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "unit",
        (
            "former_name",
            "enterprise_type",
            "registered_capital",
            "established_on",
            "business_scope",
            "parent_group",
        ),
    ),
    ("place", ("registered_address", "production_address", "grid", "latitude", "longitude")),
    (
        "people",
        (
            "legal_rep_name",
            "principal_name",
            "principal_phone",
            "safety_head",
            "contact_name",
            "contact_phone",
            "duty_phone",
            "employees",
            "full_time_safety_managers",
            "part_time_safety_managers",
        ),
    ),
    ("industry", ("industry_code", "main_products", "raw_materials", "size", "is_above_designated")),
    ("status", ("status_since", "supervising_organisation", "competent_department", "supervision_level")),
)


def shown_blocks(enterprise: Enterprise, labels: dict[str, Any]) -> list[tuple[Any, list[tuple[Any, Any]]]]:
    """Return the blocks of the file as (title, [(label, value)]), personal numbers masked (PIPL 51)."""
    return [
        (labels[code], [(label_of(enterprise, name), shown_value(enterprise, name)) for name in names])
        for code, names in SHOWN_BLOCKS
    ]


def label_of(enterprise: Enterprise, name: str) -> Any:
    """Return the field's label."""
    return enterprise._meta.get_field(name).verbose_name


def shown_value(enterprise: Enterprise, name: str) -> Any:
    """Return the field's value in words."""
    value = getattr(enterprise, name)
    if name.endswith("_phone"):
        return mask_phone(value)
    if name == "legal_rep_name":
        return mask_name(value)
    display = getattr(enterprise, f"get_{name}_display", None)
    return display() if display else value


def risk_labels(enterprise: Enterprise) -> list[Any]:
    """Return the special risks in words."""
    return [RiskTag(code).label for code in enterprise.risk_tags]
