"""Reads of an enterprise's file that feed a page."""

from typing import Any

from enterprises.choices import RiskTag
from enterprises.models import Enterprise


def risk_labels(enterprise: Enterprise) -> list[Any]:
    """Return the special risks in words."""
    return [RiskTag(code).label for code in enterprise.risk_tags]
