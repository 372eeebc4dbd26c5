"""What self-checks show on the page of an enterprise: the list in use, and whether checks are made."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.models import Enterprise
from inspections.models import SelfCheckList
from inspections.self_checks.clock import known_cycle, with_days
from inspections.self_checks.selectors import SHOWN_CHECKS, checks_by
from listings.panels import Panel


def self_checks_of(enterprise: Enterprise, user: User) -> dict[str, Any]:
    """Return the list in use, the one in work, and the newest checks."""
    lists = SelfCheckList.objects.visible_to(user).filter(enterprise=enterprise).exclude(state="superseded")
    rows = {row.state: row for row in with_days(lists, timezone.localdate())}
    in_use = rows.get("accepted")
    return {
        "list": in_use,
        "cycle": known_cycle(in_use) if in_use else None,
        "in_work": rows.get("submitted") or rows.get("draft"),
        "rows": list(checks_by(in_use, user)[:SHOWN_CHECKS]) if in_use else [],
        "enterprise": enterprise,
    }


PANELS = [
    Panel(
        "enterprises.Enterprise",
        "self_checks",
        _("Self-checks"),
        "inspections/self_checks/_panel_enterprise.html",
        self_checks_of,
        order=32,
        permission="inspections.view_self_check_list",
    ),
]
