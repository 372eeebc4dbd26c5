"""Entering, correcting and removing rows of a ledger: put on record, inside the person's posts, once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import may
from audit.context import acting
from audit.services import record
from enterprises.ledgers import clocks, rules
from enterprises.ledgers.declaration import Ledger
from enterprises.ledgers.registry import of_row
from enterprises.ledgers.scans import scans_added
from enterprises.models import Enterprise, LedgerRow, Licence
from enterprises.truth.permits import compare_licence


def add_row(
    enterprise: Enterprise,
    ledger: Ledger,
    *,
    facts: Mapping[str, Any],
    scans: Sequence[int] = (),
    by: User,
    at: datetime,
) -> LedgerRow:
    """Enter a row with the scans of its paper, given as files that wait; the same row sent twice is entered once.

    Raises Enterprise.DoesNotExist out of scope, PermissionDenied without the post for it, ValidationError with a
    sentence beside each field.
    """
    with transaction.atomic(), acting(by, "enterprises.add_row", at):
        owner = _held(enterprise, by)
        known = {name: facts[name] for name in ledger.keys if name in facts}
        twin = ledger.model.objects.filter(enterprise=owner, **known).first()
        if twin and not _changed(twin, facts):
            scans_added(twin, scans, by=by)
            return twin
        row = ledger.model(enterprise=owner, created_at=at, updated_at=at, **facts)
        _write(row, at)
        added = scans_added(row, scans, by=by)
        record(by, "enterprises.add_row", row, at=at, data={**_about(row), **added})
        _compare(row, ["address"], at)
    return row


def change_row(
    row: LedgerRow, *, facts: Mapping[str, Any], scans: Sequence[int] = (), by: User, at: datetime
) -> LedgerRow:
    """Correct a row, or add scans to it; only what really differs is written and put on record. Raises as `add_row`."""
    with transaction.atomic(), acting(by, "enterprises.change_row", at):
        held = _held_row(row, by)
        changed = _changed(held, facts)
        if not changed and not scans:
            return held
        for name in changed:
            setattr(held, name, facts[name])
        held.updated_at = at
        _write(held, at)
        data = {**_about(held), "fields": changed, **scans_added(held, scans, by=by)}
        record(by, "enterprises.change_row", held, at=at, data=data)
        _compare(held, changed, at)
    return held


def remove_row(row: LedgerRow, *, reason: str, by: User, at: datetime) -> None:
    """Take a row out of the ledger; what it said stays in the history. Raises as `add_row` does."""
    with transaction.atomic(), acting(by, "enterprises.remove_row", at):
        held = _held_row(row, by)
        record(by, "enterprises.remove_row", held, at=at, reason=reason, data=_about(held))
        clocks.forget(held, at=at)
        held.delete()


def _held(enterprise: Enterprise, by: User) -> Enterprise:
    """Lock the enterprise, so that two people do not enter the same row, and see that its file is still kept."""
    owner = Enterprise.objects.visible_to(by).select_for_update(of=("self",)).get(pk=enterprise.pk)
    if not may(by, "enterprises.keep_ledgers", owner):
        raise PermissionDenied
    if owner.is_ended:
        raise ValidationError(
            _("%(status)s: nothing is entered in this file any more.")
            % {"status": owner.get_operating_status_display()}
        )
    return owner


def _held_row(row: LedgerRow, by: User) -> LedgerRow:
    owner = _held(row.enterprise, by)
    held = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    held.enterprise = owner
    return held


def _changed(row: LedgerRow, facts: Mapping[str, Any]) -> list[str]:
    return sorted(name for name, value in facts.items() if getattr(row, name) != value)


def _write(row: LedgerRow, at: datetime) -> None:
    rules.check(row, today=localdate(at))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        # An import has put the same row there in between.
        raise ValidationError(_("This row is in the ledger already.")) from error
    clocks.follow(row, at=at)


def _compare(row: LedgerRow, changed: Sequence[str], at: datetime) -> None:
    """See whether a licence that is new, or names another place now, says where the file says."""
    if isinstance(row, Licence) and "address" in changed:
        compare_licence(row, at=at)


def _about(row: LedgerRow) -> dict[str, Any]:
    return {"ledger": of_row(row).code, "enterprise": row.enterprise_id}
