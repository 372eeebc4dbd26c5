"""What happened in a ledger of one enterprise: rows entered, corrected and removed, however it was done."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from audit.history import Deed, deeds_among
from audit.models import Entry
from audit.templatetags.audit_tags import Line
from enterprises.ledgers.declaration import Ledger
from enterprises.models import Enterprise

SHOWN = 20


def lines_of(ledger: Ledger, enterprise: Enterprise) -> list[Line]:
    """Return the last acts on the ledger's rows, newest first: at most three queries."""
    deeds = deeds_among(ledger.model, SHOWN, enterprise_id=enterprise.pk)
    ids = {deed.version.user_id for deed in deeds if deed.version.user_id}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    reasons = reasons_of(ledger, enterprise) if any(deed.kind == "delete" for deed in deeds) else {}
    return [line(deed, names, reasons) for deed in deeds if deed.kind != "update" or deed.version.changes]


def reasons_of(ledger: Ledger, enterprise: Enterprise) -> dict[Any, str]:
    """Return why rows were removed, by the moment of the act."""
    about = {"ledger": ledger.code, "enterprise": enterprise.pk}
    rows = Entry.objects.filter(
        verb="enterprises.remove_row", region=enterprise.region_id, data__contains=about
    )
    return dict(rows.order_by("-at").values_list("at", "reason")[:SHOWN])


def line(deed: Deed, names: dict[int, str], reasons: dict[Any, str]) -> Line:
    """Return the line of the timeline."""
    version = deed.version
    said = {
        "insert": _("Entered: %(row)s"),
        "update": _("Corrected: %(row)s"),
        "delete": _("Removed: %(row)s"),
    }[deed.kind]
    who = names.get(version.user_id) or _("the system, by the clock")
    reason = reasons.get(version.at, "") if deed.kind == "delete" else ""
    return Line(version.at, said % {"row": deed.label}, who, reason, version.changes)
