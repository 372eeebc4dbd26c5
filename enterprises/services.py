"""Every write to an enterprise's file that matters."""

from collections.abc import Mapping
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
from enterprises.models import Enterprise


def register(*, facts: Mapping[str, Any], by: User, at: datetime) -> Enterprise:
    """Open the file of an enterprise in a place that the person's post covers.

    Raises PermissionDenied out of place, ValidationError when the code already has a file.
    """
    enterprise = Enterprise(created_at=at, updated_at=at, status_since=localdate(at), **facts)
    try:
        with transaction.atomic(), acting(by, "enterprises.register", at):
            enterprise.save(force_insert=True)
            # After the insert, because the columns by which a post covers a record are made by the database.
            if not may(by, "enterprises.register", enterprise):
                raise PermissionDenied
            record(by, "enterprises.register", enterprise, at=at)
    except IntegrityError as error:
        raise ValidationError({"uscc": _("An enterprise with this code is already on file.")}) from error
    return enterprise


def change(enterprise: Enterprise, *, facts: Mapping[str, Any], by: User, at: datetime) -> Enterprise:
    """Correct fields of the file; only what really differs is written and put on record.

    Raises Enterprise.DoesNotExist out of scope and PermissionDenied without the post for it.
    """
    with transaction.atomic(), acting(by, "enterprises.change", at):
        row = Enterprise.objects.visible_to(by).select_for_update(of=("self",)).get(pk=enterprise.pk)
        if not may(by, "enterprises.change", row):
            raise PermissionDenied
        changed = sorted(name for name, value in facts.items() if getattr(row, name) != value)
        if not changed:
            return row
        for name in changed:
            setattr(row, name, facts[name])
        if "operating_status" in changed:
            row.status_since = localdate(at)
        row.updated_at = at
        row.save()
        record(by, "enterprises.change", row, at=at, data={"fields": changed})
    return row
