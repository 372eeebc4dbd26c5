"""Showing a number that the file masks: who may, why, and the record of it (handbook §2.4, §16.2)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import may
from audit.services import record
from enterprises import identity, phones
from enterprises.models import Enterprise

UNMASK = "enterprises.unmask"
SEE_ID_NO = "enterprises.see_id_no"
MASKED = frozenset({identity.ID_NO, *phones.PERSONAL})


def unmask(enterprise: Enterprise, fact: str, *, reason: str, by: User, at: datetime) -> str:
    """Return a masked number of the file whole, once it is on record who asked for it and why.

    The record names the fact and never the number. Raises LookupError for a fact that is not masked,
    Enterprise.DoesNotExist out of scope, PermissionDenied without the post for it, ValidationError without a reason.
    """
    if fact not in MASKED:
        raise LookupError(fact)
    row = Enterprise.objects.visible_to(by).get(pk=enterprise.pk)
    if not may(by, UNMASK, row):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say what the number is needed for.")})
    with transaction.atomic():
        record(by, UNMASK, row, at=at, reason=reason, data={"field": fact})
    return identity.number_of(row) if fact == identity.ID_NO else getattr(row, fact)
