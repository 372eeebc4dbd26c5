"""The ledgers on the page of an enterprise."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.ledgers.declaration import GROUPS
from enterprises.ledgers.reading import fact, totals
from enterprises.ledgers.registry import of_group
from enterprises.models import Enterprise
from listings.panels import Panel


def ledgers_of(enterprise: Enterprise, user: User) -> dict[str, Any]:
    """Return the ledgers by group, each with its address and what it says."""
    found = totals(enterprise)
    return {
        "groups": [
            (
                label,
                [
                    (
                        ledger.title,
                        reverse("enterprises:ledger", args=[enterprise.pk, ledger.code]),
                        fact(found[ledger.code], enterprise).words if found[ledger.code].rows else "",
                    )
                    for ledger in of_group(group)
                ],
            )
            for group, label in GROUPS.items()
        ]
    }


LEDGER_PANELS = [
    Panel(
        model="enterprises.Enterprise",
        code="ledgers",
        label=_("Ledgers"),
        template="enterprises/_panel_ledgers.html",
        context=ledgers_of,
        count=lambda enterprise, user: sum(1 for total in totals(enterprise).values() if total.rows),
        order=10,
    )
]
