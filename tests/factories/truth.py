"""Change requests and conflicts for the tests, made by the services."""

from typing import Any

from accounts.models import User
from enterprises.models import ChangeRequest, Conflict, Enterprise
from enterprises.services import change, report_conflict
from tests.people import AT


def make_change_request(enterprise: Enterprise, by: User, at: Any = AT, **facts: Any) -> ChangeRequest:
    """Let the enterprise ask for key facts to be changed; its address by default."""
    change(enterprise, facts=facts or {"production_address": "大王镇创业路8号"}, by=by, at=at)
    return ChangeRequest.objects.get(enterprise=enterprise, asked_at=at)


def make_conflict(enterprise: Enterprise, by: User | None = None, at: Any = AT, **more: Any) -> Conflict:
    """Report that an inspection found another address."""
    said = {"field": "production_address", "seen": "大王镇潍高路21号", "source": "inspection", **more}
    return report_conflict(enterprise, by=by, at=at, **said)
