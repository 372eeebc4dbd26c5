"""Confirming groups of facts, and doubting them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.services import acting_post
from audit.services import record
from deadlines.sets import clocks_of, settle_set
from enterprises.choices import STOPPED
from enterprises.groups import BY_CODE, CHECKED, GROUPS, max_ages
from enterprises.models import Conflict, Enterprise, EventKind, FactGroup, FactSource, VerificationEvent
from enterprises.truth.score import refresh
from lifecycle.refusals import Refusal, VerbRefused

FILLED_BY_FORM = tuple(group.code for group in GROUPS if group.is_in_form)
WRITE = """
WITH asked AS (
    SELECT e.id AS enterprise_id, g.code, g.age, g.stopped_age, e.operating_status = ANY(%(stopped)s) AS is_stopped
    FROM enterprises_enterprise e
    CROSS JOIN unnest(%(codes)s::text[], %(ages)s::int[], %(stopped_ages)s::int[]) AS g (code, age, stopped_age)
    WHERE e.id = ANY(%(ids)s)
), said AS (
    INSERT INTO enterprises_verificationevent (enterprise_id, "group", kind, at, by_id, source, note)
    SELECT enterprise_id, code, 'confirmed', %(at)s, %(by)s, %(source)s, %(note)s FROM asked
)
INSERT INTO enterprises_factgroup
    (enterprise_id, "group", confirmed_at, by_id, source, stale_on, doubt, doubted_at)
SELECT enterprise_id, code, %(at)s, %(by)s, %(source)s,
       %(today)s::date + CASE WHEN is_stopped THEN stopped_age ELSE age END, '', NULL
FROM asked
ON CONFLICT (enterprise_id, "group") DO UPDATE SET
    confirmed_at = EXCLUDED.confirmed_at, by_id = EXCLUDED.by_id, source = EXCLUDED.source,
    stale_on = EXCLUDED.stale_on, doubt = '', doubted_at = NULL
"""


def source_of(enterprise: Enterprise, by: User | None) -> str:
    """Return from where a person's word comes: from the enterprise itself, or from the regulator."""
    post = acting_post(by, "enterprises.confirm", enterprise) or acting_post(
        by, "enterprises.change", enterprise
    )
    return FactSource.ENTERPRISE if post and post.role == Role.ENTERPRISE else FactSource.ON_SITE


@transaction.atomic
def confirm(
    enterprise: Enterprise, group: str, *, by: User, at: datetime, source: str = "", note: str = ""
) -> FactGroup:
    """Say that a group of facts is still right: one tap, nothing is typed again.

    `source` is the person's own side if not given. A second tap on the same day changes nothing. Raises
    Enterprise.DoesNotExist out of scope, PermissionDenied without the post for it, LookupError for an unknown group,
    and VerbRefused while a conflict about the group is open: that is resolved first.
    """
    if group not in BY_CODE:
        raise LookupError(group)
    row = Enterprise.objects.visible_to(by).select_for_update(of=("self",)).get(pk=enterprise.pk)
    if acting_post(by, "enterprises.confirm", row) is None:
        raise PermissionDenied
    if Conflict.objects.filter(enterprise=row, group=group, state="open").exists():
        raise VerbRefused(
            Refusal(
                _("Business has seen something else here."),
                _("Resolve the conflict first; resolving it confirms the group."),
            )
        )
    source = source or source_of(row, by)
    held = FactGroup.objects.filter(enterprise=row, group=group).first()
    if held and is_said_today(held, by, source, at):
        return held
    _write([row.pk], [group], by=by, at=at, source=source, note=note, region=row.region_id)
    refresh(on=localdate(at), enterprises=[row.pk])
    record(by, "enterprises.confirm", row, at=at, reason=note, data={"group": group, "source": source})
    return FactGroup.objects.get(enterprise=row, group=group)


def is_said_today(held: FactGroup, by: User | None, source: str, at: datetime) -> bool:
    """Say whether the very same was confirmed today already."""
    if held.doubt or held.confirmed_at is None:
        return False
    same_day = localdate(held.confirmed_at) == localdate(at)
    return same_day and held.by_id == (by.pk if by else None) and held.source == source


def confirm_many(
    enterprises: Iterable[int],
    groups: Iterable[str],
    *,
    by: User | None,
    at: datetime,
    source: str,
    note: str = "",
    region: str = "",
) -> int:
    """Confirm groups of many enterprises by one statement, as an import does; return how many enterprises.

    The caller has asked for the permission, and puts it on record as one act. Ages are those of `region`.
    """
    ids = list(enterprises)
    with transaction.atomic():
        _write(ids, list(groups), by=by, at=at, source=source, note=note, region=region)
        refresh(on=localdate(at), enterprises=ids)
    return len(ids)


def _write(
    ids: list[int],
    groups: list[str],
    *,
    by: User | None,
    at: datetime,
    source: str,
    note: str,
    region: str,
) -> None:
    """Write the events and the standing of the groups, and settle what the town was asked to verify.

    The ages are of the day of `at`.
    """
    today = localdate(at)
    ages = max_ages(groups, on=today, region=region)
    params: dict[str, Any] = {
        "ids": ids,
        "codes": groups,
        "ages": [ages[group][0] for group in groups],
        "stopped_ages": [ages[group][1] for group in groups],
        "stopped": sorted(STOPPED),
        "at": at,
        "by": by.pk if by else None,
        "source": source,
        "note": note[:300],
        "today": today,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, params)
    if checks := [CHECKED[group] for group in groups if group in CHECKED]:
        settle_set(clocks_of(Enterprise, ids, checks), at=at)


@transaction.atomic
def doubt(enterprise: Enterprise, group: str, *, why: str, at: datetime, by: User | None = None) -> FactGroup:
    """Have a group of facts count as stale, with the reason, until somebody confirms or resolves it.

    It is called by what saw something else, after that has asked for the permission.
    """
    if group not in BY_CODE:
        raise LookupError(group)
    held, _new = FactGroup.objects.update_or_create(
        enterprise=enterprise, group=group, defaults={"doubt": why[:300], "doubted_at": at}
    )
    VerificationEvent.objects.create(
        enterprise=enterprise, group=group, kind=EventKind.DOUBTED, at=at, by=by, note=why[:300]
    )
    refresh(on=localdate(at), enterprises=[enterprise.pk])
    return held


def lift_doubt(enterprise: Enterprise, group: str, *, at: datetime) -> None:
    """Let a group count again as it did before it was doubted."""
    FactGroup.objects.filter(enterprise=enterprise, group=group).update(doubt="", doubted_at=None)
    refresh(on=localdate(at), enterprises=[enterprise.pk])
