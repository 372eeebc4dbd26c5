"""What business saw against what the file says: reporting it, and resolving it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from enterprises.codes import clean_industry
from enterprises.groups import BY_CODE, GROUP_OF, groups_of
from enterprises.identity import ID_NO
from enterprises.models import Conflict, Enterprise, FactSource, SeenBy
from enterprises.phones import clean_phone
from enterprises.truth.facts import confirm_many, doubt, lift_doubt, source_of
from enterprises.truth.tables import CONFLICT
from enterprises.truth.writing import differing, holding, write
from lifecycle.services import begin, perform

# Fields that a town may set right at once from what was seen; the status has verbs of its own, the code a request.
WRITABLE = (
    "name",
    "production_address",
    "registered_address",
    "legal_rep_name",
    "legal_rep_phone",
    "principal_name",
    "principal_phone",
    "safety_deputy",
    "safety_deputy_phone",
    "safety_director",
    "safety_director_phone",
    "safety_head",
    "contact_name",
    "contact_phone",
    "emergency_contact_name",
    "emergency_contact_phone",
    "duty_phone",
    "industry_code",
    "main_products",
    "raw_materials",
)
LONGEST = 300


def report_conflict(
    enterprise: Enterprise,
    *,
    field: str,
    seen: str,
    source: str,
    reference: str = "",
    reference_url: str = "",
    by: User | None,
    at: datetime,
) -> Conflict:
    """Say that something else was seen than the file says; `by` is None for what no person reported.

    `field` is a field of the enterprise or the code of a group, `seen` what was found, in words; `reference` names the
    record behind it and `reference_url` opens it. While the same is open, it is reported once: the open conflict comes
    back. The group counts as stale until the conflict is resolved. Raises LookupError for an unknown field,
    ValueError for an unknown source, Enterprise.DoesNotExist out of scope, and ValidationError when the file says the
    same.
    """
    group = field if field in BY_CODE else GROUP_OF[field]
    with transaction.atomic():
        visible = Enterprise.objects.all() if by is None else Enterprise.objects.visible_to(by)
        row = visible.select_for_update(of=("self",)).get(pk=enterprise.pk)
        seen = seen.strip()[:LONGEST]
        found = Conflict.objects.filter(enterprise=row, field=field, seen=seen, state="open").first()
        if found:
            return found
        declared = declared_words(row, field)
        if declared == seen or not seen:
            raise ValidationError(_("The file says the same."))
        conflict = Conflict(
            enterprise=row,
            field=field,
            group=group,
            declared=declared,
            seen=seen,
            source=SeenBy(source),
            reference=reference[:200],
            reference_url=reference_url,
            reported_by=by,
            reported_at=at,
        )
        begin(CONFLICT, "report_conflict", conflict, by=by, at=at, data={"field": field, "source": source})
        doubt(row, group, why=seen, at=at, by=by)
    return conflict


def declared_words(enterprise: Enterprise, field: str) -> str:
    """Return what the file says, in words; nothing for a whole group."""
    if field in BY_CODE:
        return ""
    display = getattr(enterprise, f"get_{field}_display", None)
    value = display() if display else getattr(enterprise, field)
    return "" if value is None else str(value)[:LONGEST]


def take_seen(
    conflict: Conflict, *, value: str = "", note: str = "", by: User, at: datetime, version: int | None = None
) -> Conflict:
    """Resolve for what was seen: the field takes `value`, and its group counts as confirmed on site.

    A field that has verbs of its own, or a whole group, stays in doubt until it is corrected there. Raises
    ValidationError when the value does not fit the field.
    """
    with (
        holding(conflict.enterprise_id) as enterprise,
        perform(CONFLICT, "take_seen", conflict, by=by, at=at, reason=note, version=version) as row,
    ):
        close(row, by=by, at=at, note=note)
        if row.field in WRITABLE:
            facts = {row.field: cleaned(row.field, value)}
            if differing(enterprise, facts):
                write(enterprise, facts, at=at)
            row.enterprise = enterprise
            settle_group(row, by=by, at=at)
    return row


def cleaned(field: str, value: str) -> str:
    """Return the value as the field takes it; raise ValidationError on `value` if it does not."""
    try:
        if field.endswith("_phone"):
            return clean_phone(value, mobile=field == "contact_phone")
        if field == "industry_code":
            return clean_industry(value)
        return Enterprise._meta.get_field(field).clean(value.strip(), None)
    except ValidationError as error:
        raise ValidationError({"value": error.messages}) from error


def keep_declared(
    conflict: Conflict, *, reason: str, by: User, at: datetime, version: int | None = None
) -> Conflict:
    """Resolve for the file, saying how that was found out; its group counts as confirmed on site."""
    with (
        holding(conflict.enterprise_id),
        perform(CONFLICT, "keep_declared", conflict, by=by, at=at, reason=reason, version=version) as row,
    ):
        close(row, by=by, at=at, note=reason)
        settle_group(row, by=by, at=at)
    return row


def dismiss_conflict(
    conflict: Conflict, *, reason: str, by: User, at: datetime, version: int | None = None
) -> Conflict:
    """Say that it was no conflict at all; the group counts again as it did before."""
    with (
        holding(conflict.enterprise_id),
        perform(CONFLICT, "dismiss_conflict", conflict, by=by, at=at, reason=reason, version=version) as row,
    ):
        close(row, by=by, at=at, note=reason)
        if not is_disputed(row):
            lift_doubt(row.enterprise, row.group, at=at)
    return row


def close(row: Conflict, *, by: User | None, at: datetime, note: str) -> None:
    """Write who resolved it and how."""
    row.resolved_by, row.resolved_at, row.note = by, at, note[:500]


def settle_group(row: Conflict, *, by: User, at: datetime) -> None:
    """Count the group as confirmed by the person on site, unless another conflict about it is open."""
    if not is_disputed(row):
        note = row.note or str(CONFLICT.state("resolved_seen").label)
        confirm_many(
            [row.enterprise_id],
            [row.group],
            by=by,
            at=at,
            source=FactSource.ON_SITE,
            note=note,
            region=row.region_id,
        )


def is_disputed(row: Conflict) -> bool:
    """Say whether another conflict about the same group is open."""
    others = Conflict.objects.filter(enterprise=row.enterprise_id, group=row.group, state="open")
    return others.exclude(pk=row.pk).exists()


def confirm_undisputed(
    enterprise: Enterprise,
    groups: Iterable[str],
    *,
    by: User | None,
    at: datetime,
    source: str,
    note: str = "",
) -> list[str]:
    """Count groups of one file as confirmed, but for those about which a conflict is open; return which.

    The caller holds the row, and has asked for the permission.
    """
    open_ones = Conflict.objects.filter(enterprise=enterprise, state="open")
    disputed = set(open_ones.values_list("group", flat=True))
    free = [code for code in groups if code not in disputed]
    if free:
        region = enterprise.region_id
        confirm_many([enterprise.pk], free, by=by, at=at, source=source, note=note, region=region)
    return free


def after_change(
    enterprise: Enterprise, fields: Iterable[str], *, by: User, at: datetime, source: str = ""
) -> None:
    """See what a correction means for the truth of the file.

    Conflicts about what was corrected are overtaken, and a group of which something was written just now is confirmed,
    unless something else in it is disputed.
    """
    names = [name.removesuffix("_id") for name in fields]
    held: dict[str, Any] = {}
    for conflict in Conflict.objects.filter(enterprise=enterprise, state="open"):
        if conflict.field in names:
            with perform(CONFLICT, "outdate_conflict", conflict, by=None, at=at) as row:
                close(row, by=by, at=at, note="")
        else:
            held[conflict.group] = conflict
    groups = [code for code in groups_of(names) if BY_CODE[code].is_in_form and code not in held]
    if groups:
        source = source or source_of(enterprise, by)
        confirm_many([enterprise.pk], groups, by=by, at=at, source=source, region=enterprise.region_id)
    doubt_old_number(enterprise, names, by=by, at=at)


def doubt_old_number(enterprise: Enterprise, names: Collection[str], *, by: User, at: datetime) -> None:
    """Put the contacts in doubt where another person stands for the enterprise, but the ID number stayed as it was.

    It may be a name put right: whoever compared it says with one tap that all is correct.
    """
    if "legal_rep_name" not in names or ID_NO in names or not enterprise.legal_rep_id_no:
        return
    with translation.override(settings.LANGUAGE_CODE):
        why = _("The name of the legal representative has changed and the ID number has not")
        doubt(enterprise, GROUP_OF[ID_NO], why=why, at=at, by=by)
