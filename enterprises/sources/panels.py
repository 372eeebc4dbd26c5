"""What the major hazard sources show on the page of an enterprise."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import may
from enterprises.models import Enterprise, SourceUnit
from enterprises.sources.selectors import in_figures
from listings.panels import Panel


def units_of(enterprise: Enterprise, user: User) -> list[SourceUnit]:
    """Return the units of the enterprise, sources before what is none: read once for tab and section."""
    kept = enterprise.__dict__.setdefault("_panels", {})
    if "sources" not in kept:
        rows = SourceUnit.objects.visible_to(user).filter(enterprise=enterprise)
        kept["sources"] = sorted(rows, key=lambda unit: (unit.grade or 9, unit.pk))
        for unit in kept["sources"]:
            unit.enterprise = enterprise
            in_figures(unit)
    return kept["sources"]


def sources_of_enterprise(enterprise: Enterprise, user: User) -> dict[str, Any]:
    """Return the units, and where another is entered."""
    may_enter = not enterprise.is_ended and may(user, "enterprises.record_source", enterprise)
    return {
        "units": units_of(enterprise, user),
        "new_url": reverse("enterprises:source_new", args=[enterprise.pk]) if may_enter else "",
    }


def applies(enterprise: Enterprise, user: User) -> bool:
    """Show the section where there is a unit, or where dangerous chemicals are to be expected."""
    return enterprise.regulatory_category == "hazchem" or bool(units_of(enterprise, user))


SOURCE_PANELS = [
    Panel(
        model="enterprises.Enterprise",
        code="sources",
        label=_("Major hazard sources"),
        template="enterprises/sources/_panel.html",
        context=sources_of_enterprise,
        count=lambda enterprise, user: sum(unit.is_source for unit in units_of(enterprise, user)),
        order=20,
        permission="enterprises.view_source",
        applies=applies,
    )
]
