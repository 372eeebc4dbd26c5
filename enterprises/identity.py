"""The legal representative's ID number of a file: kept encrypted and apart, shown with its middle left out.

In facts and forms it goes by the name of the field that shows it (`ID_NO`), and is whole there; what is written into a
file, a change request or the record of a merge is masked or encrypted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.masking import mask_id_no
from enterprises.id_numbers import SHAPE, clean_id_no
from enterprises.models import Enterprise, LegalRepIdentity
from listings.importing.parsers import NOTHING, written
from listings.importing.spec import Parse, Run
from listings.importing.sql import do

ID_NO = "legal_rep_id_no"
SECRET = LegalRepIdentity._meta.get_field("id_no")


def seal(number: str) -> str:
    """Return the number encrypted; nothing stays nothing. The same number never gives the same text twice."""
    return SECRET.get_prep_value(number) or ""


def opened(sealed: str) -> str:
    """Return the number that was encrypted; raises InvalidToken for a text of another key."""
    return SECRET.f.decrypt(sealed.encode()).decode() if sealed else ""


def shown(value: str) -> str:
    """Return the masked number of what is masked already, or encrypted."""
    return value if "*" in value else mask_id_no(opened(value))


def number_of(enterprise: Enterprise) -> str:
    """Return the whole number; a file that shows none is not asked for one."""
    if not enterprise.legal_rep_id_no:
        return ""
    kept = LegalRepIdentity.objects.filter(enterprise=enterprise).first()
    return kept.id_no if kept else ""


def is_other(enterprise: Enterprise, number: str) -> bool:
    """Say whether the number is another than the file has."""
    return enterprise.legal_rep_id_no != mask_id_no(number) or number_of(enterprise) != number


def masked(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts as they are written into the file's own row."""
    return {name: mask_id_no(value) if name == ID_NO else value for name, value in facts.items()}


def sealed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts as they may be kept in a record about the file."""
    return {name: seal(value) if name == ID_NO else value for name, value in facts.items()}


def whole(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts from such a record as they are to be written."""
    return {name: opened(value) if name == ID_NO else value for name, value in facts.items()}


def keep(enterprise: Enterprise, facts: Mapping[str, Any]) -> None:
    """Keep the whole number, if the facts name one, of a file whose row is written; an empty one is forgotten.

    Raises ValueError for what is no whole number: a masked one would be lost for good.
    """
    if ID_NO not in facts:
        return
    number = facts[ID_NO]
    if not number:
        LegalRepIdentity.objects.filter(enterprise=enterprise).delete()
        return
    if not SHAPE.fullmatch(number):
        raise ValueError("Only a whole ID number can be kept.")
    LegalRepIdentity.objects.update_or_create(enterprise=enterprise, defaults={"id_no": number})


def settle(enterprise: Enterprise) -> None:
    """Let the file show the number that is kept for it, as after its row came back from another file."""
    kept = LegalRepIdentity.objects.filter(enterprise=enterprise).first()
    says = mask_id_no(kept.id_no) if kept else ""
    if enterprise.legal_rep_id_no != says:
        enterprise.legal_rep_id_no = says
        enterprise.save(update_fields=[ID_NO])


# ── from a workbook ──


def cell(run: Run) -> Parse:
    """Return the parser of a cell with the number: masked, a space, and encrypted, so that none is staged in clear."""

    def parse(raw: Any) -> str | None:
        words = written(raw)
        if words in NOTHING:
            return None
        if not isinstance(raw, str):
            raise ValidationError(
                _("A number cell keeps 15 digits only. Make the cell a text and type it anew.")
            )
        number = clean_id_no(words, today=run.today)
        return f"{mask_id_no(number)} {seal(number)}"

    return parse


def keep_imported(table: str, at: datetime) -> None:
    """Keep the encrypted numbers of the staged rows that were written at this moment, by one statement."""
    do(
        f"""
        INSERT INTO "{LegalRepIdentity._meta.db_table}" AS kept (enterprise_id, id_no)
        SELECT filed.id, split_part(staged.{ID_NO}, ' ', 2)
        FROM "{table}" staged JOIN "{Enterprise._meta.db_table}" filed ON filed.uscc = staged.uscc
        WHERE staged.{ID_NO} IS NOT NULL AND filed.updated_at = %(at)s
        ON CONFLICT (enterprise_id) DO UPDATE SET id_no = EXCLUDED.id_no
        """,  # noqa: S608 - names come from the models, values are parameters
        {"at": at},
    )
