"""Writing fields of a file: the one place where corrections, approved requests and resolved conflicts do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from enterprises import identity
from enterprises.identity import ID_NO
from enterprises.models import Enterprise
from enterprises.terms import check_term

# What the enterprise may not change by itself (issue 3); the operating status has verbs of its own (handbook §3.5).
KEY_FACTS = (
    "name",
    "uscc",
    "industry_code",
    "regulatory_category",
    "legal_rep_name",
    ID_NO,
    "region_id",
    "production_address",
    "latitude",
    "longitude",
)


@contextmanager
def holding(enterprise_id: int) -> Iterator[Enterprise]:
    """Lock a file for the block. Whoever writes to a file and to its requests or conflicts locks the file first."""
    with transaction.atomic():
        yield Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise_id)


def differing(row: Enterprise, facts: Mapping[str, Any]) -> list[str]:
    """Return the names of the facts that say something else than the file."""
    return sorted(name for name, value in facts.items() if is_other(row, name, value))


def is_other(row: Enterprise, name: str, value: Any) -> bool:
    """Say whether the value of a fact is another than the file has."""
    return identity.is_other(row, value) if name == ID_NO else getattr(row, name) != value


def write(row: Enterprise, facts: Mapping[str, Any], *, at: datetime) -> None:
    """Write facts on a locked file.

    Raises ValidationError when its code belongs to another file, and for a term that ends before it begins.
    """
    for name, value in identity.masked(facts).items():
        setattr(row, name, value)
    check_term(row.business_term_from, row.business_term_to)
    if "operating_status" in facts:
        row.status_since = localdate(at)
    row.updated_at = at
    try:
        with transaction.atomic():
            row.save()
            identity.keep(row, facts)
    except IntegrityError as error:
        if "uscc" not in facts:
            raise
        raise ValidationError({"uscc": _("An enterprise with this code is already on file.")}) from error
    row.refresh_from_db(fields=["city_code", "county_code", "town_code"])


def field_of(name: str) -> Any:
    """Return the model's field of a fact, by its name or by the name of its column."""
    return Enterprise._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)


def plain(row: Enterprise, names: Iterable[str]) -> dict[str, Any]:
    """Return the facts as they stand, for the record of a request."""
    return {name: getattr(row, name) for name in names}


def parsed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts that were kept as JSON in the types of the file."""
    return {name: _target(name).to_python(value) for name, value in facts.items()}


def _target(name: str) -> Any:
    found = field_of(name)
    return found.target_field if found.is_relation else found
