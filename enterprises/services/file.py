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
from enterprises import identity
from enterprises.choices import OPENING
from enterprises.models import Enterprise, FactSource
from enterprises.terms import check_term
from enterprises.truth.conflicts import after_change
from enterprises.truth.facts import FILLED_BY_FORM, confirm_many
from enterprises.truth.requests import must_ask, request_change
from enterprises.truth.writing import KEY_FACTS, differing, write


def register(*, facts: Mapping[str, Any], by: User, at: datetime) -> Enterprise:
    """Open the file of an enterprise in a place that the person's post covers.

    Raises PermissionDenied out of place, ValidationError when the code already has a file, and for a business term that
    ends before it begins.
    """
    if facts.get("operating_status", "normal") not in OPENING:
        raise ValidationError(
            {"operating_status": _("A file is opened at work, in trial, or under construction.")}
        )
    check_term(facts.get("business_term_from"), facts.get("business_term_to"))
    stamps = {"created_at": at, "updated_at": at, "status_since": localdate(at)}
    enterprise = Enterprise(**stamps, **identity.masked(facts))
    try:
        with transaction.atomic(), acting(by, "enterprises.register", at):
            enterprise.save(force_insert=True)
            identity.keep(enterprise, facts)
            # After the insert, because the columns by which a post covers a record are made by the database.
            if not may(by, "enterprises.register", enterprise):
                raise PermissionDenied
            record(by, "enterprises.register", enterprise, at=at)
            confirm_many(
                [enterprise.pk],
                FILLED_BY_FORM,
                by=by,
                at=at,
                source=FactSource.REGISTRATION,
                region=enterprise.region_id,
            )
    except IntegrityError as error:
        raise ValidationError({"uscc": _("An enterprise with this code is already on file.")}) from error
    return enterprise


def change(
    enterprise: Enterprise,
    *,
    facts: Mapping[str, Any],
    reason: str = "",
    source: str = "",
    by: User,
    at: datetime,
) -> Enterprise:
    """Correct fields of the file; only what really differs is written and put on record.

    Key facts that the enterprise itself changes go to the regulator as a change request; everything else holds at once
    and counts as confirmed, by `source` or else by the person's own side. Raises Enterprise.DoesNotExist out of scope and
    PermissionDenied without the post for it.
    """
    with transaction.atomic(), acting(by, "enterprises.change", at):
        row = Enterprise.objects.visible_to(by).select_for_update(of=("self",)).get(pk=enterprise.pk)
        if not may(by, "enterprises.change", row):
            raise PermissionDenied
        changed = differing(row, facts)
        if "operating_status" in changed:
            raise ValidationError(
                {"operating_status": _("The status changes by its own steps, with what proves it.")}
            )
        asked = [name for name in changed if name in KEY_FACTS] if must_ask(row, by) else []
        if asked:
            request_change(row, facts={name: facts[name] for name in asked}, reason=reason, by=by, at=at)
        if direct := [name for name in changed if name not in asked]:
            write(row, {name: facts[name] for name in direct}, at=at)
            record(by, "enterprises.change", row, at=at, reason=reason, data={"fields": direct})
            after_change(row, direct, by=by, at=at, source=source)
    return row
