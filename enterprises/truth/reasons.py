"""Why a file has its score: each lost point with the place where it is won back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import may
from enterprises.forms import BLOCKS
from enterprises.groups import MANDATORY, asked_of
from enterprises.ledgers import of_group
from enterprises.models import Enterprise, FactGroup, QualityScore
from enterprises.truth.score import weights
from enterprises.truth.selectors import edit_url
from enterprises.truth.writing import field_of

EDITED = frozenset(name for _code, _label, names in BLOCKS for name in names)


@dataclass(frozen=True)
class Lost:
    """Points that the file lacks: how many of a hundred, what for, why, and where they are won back."""

    points: int
    label: Any
    why: str
    url: str
    # The first ones open the block that is to be confirmed, the second the field that is to be filled.
    fields: tuple[tuple[Any, str], ...] = ()


def lost_points(enterprise: Enterprise, user: User, *, at: datetime) -> list[Lost]:
    """Return what the score lacks, the most first: stale groups with their fields, and empty mandatory fields."""
    held = getattr(enterprise, "quality", None)
    if held is None:
        return []
    today = localdate(at)
    fills_in = may(user, "enterprises.change", enterprise)
    found = [
        *stale_groups(enterprise, held, today),
        *empty_fields(enterprise, held, today, fills_in=fills_in),
    ]
    return sorted(found, key=lambda lost: -lost.points)


def stale_groups(enterprise: Enterprise, held: QualityScore, today: Any) -> list[Lost]:
    """Return the groups that do not count, each with what it weighs."""
    known = weights(on=today, region=enterprise.region_id)
    asked = asked_of(enterprise)
    whole = sum(known.groups[group.code] for group in asked) or 1
    standing = {row.group: row for row in FactGroup.objects.filter(enterprise=enterprise)}
    return [
        Lost(
            round(known.share * known.groups[group.code] / whole),
            group.label,
            why_stale(standing.get(group.code), today),
            f"{enterprise.get_absolute_url()}#g-{group.code}",
            fields_behind(enterprise, group),
        )
        for group in asked
        if group.code in held.stale
    ]


def why_stale(row: FactGroup | None, today: Any) -> str:
    """Say why a group does not count."""
    if row is None or row.stale_on is None and not row.doubt:
        return _("Nobody has confirmed this yet.")
    if row.doubt:
        return _("In doubt: %(why)s") % {"why": row.doubt}
    days = (today - row.stale_on).days + 1
    return _("Stale for %(n)d days.") % {"n": days}


def fields_behind(enterprise: Enterprise, group: Any) -> tuple[tuple[Any, str], ...]:
    """Return the fields of a group, or its ledgers, each with its address; both where most of it is in the ledgers."""
    own = [
        (field_of(name).verbose_name, edit_url(enterprise, name)) for name in group.fields if name in EDITED
    ]
    ledgers = [
        (ledger.title, reverse("enterprises:ledger", args=[enterprise.pk, ledger.code]))
        for ledger in of_group(group.code)
    ]
    return (*own, *ledgers) if group.in_ledgers else tuple(own or ledgers)


def empty_fields(enterprise: Enterprise, held: QualityScore, today: Any, *, fills_in: bool) -> list[Lost]:
    """Return the mandatory fields that are empty; each leads whom may fill it in to where that is done."""
    share = 100 - weights(on=today, region=enterprise.region_id).share
    points = round(share / len(MANDATORY))
    return [
        Lost(
            points,
            field_of(name).verbose_name,
            _("Not filled in."),
            edit_url(enterprise, name) if fills_in else "",
        )
        for name in held.missing
    ]
