"""Whom a doubt tells: the next level, when the town has not looked into it in time. The enterprise is asked by a person."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.selectors import people_holding
from inbox.notices import Notice, Wording
from inspections.models import Doubt

FIELDS = {"enterprise": "广饶砚池木业有限公司", "reason": "同一照片重复使用"}


def county(doubt: Doubt, event: Any) -> Iterable[User]:
    """Return the people of the county."""
    return people_holding(Role.COUNTY, doubt.region_id[:6], event.at)


def values(doubt: Doubt, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    return {"enterprise": doubt.enterprise.name, "reason": doubt.get_kind_display()}


NOTICES = [
    Notice(
        on="deadline:inspections.look_into:escalated",
        wording=Wording(
            code="inspections.doubt_neglected",
            label=_("Doubt not looked into"),
            title=_("{enterprise}: {reason}. Nobody has looked into it in time"),
            fields=FIELDS,
        ),
        audience=county,
        values=values,
        url=lambda doubt: doubt.get_absolute_url(),
    ),
]
