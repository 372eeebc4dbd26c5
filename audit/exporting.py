"""The record as a file: for people as a table, for machines with the links of the chain."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit.models import Entry, Seal
from audit.phrases import phrase_of
from audit.sealing import canonical

CHUNK = 2000
# A cell that begins so is a formula to a spreadsheet program.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# Spreadsheet programs take a file for UTF-8 only with this at its beginning.
MARK = "\ufeff"


class _Line:
    """Gives back what is written to it: the writer of the library only knows files."""

    def write(self, text: str) -> str:
        return text


def rows_as_csv(entries: QuerySet[Entry]) -> Iterator[str]:
    """Give the lines of a table one by one, so that a record of any length needs the same memory."""
    writer = csv.writer(_Line())
    yield MARK + writer.writerow(
        [
            _("Time"),
            _("Person"),
            _("Post"),
            _("On behalf of"),
            _("Act"),
            _("Record"),
            _("Division"),
            _("Reason"),
            _("Address"),
        ]
    )
    for entry in entries.iterator(chunk_size=CHUNK):
        yield writer.writerow([_cell(value) for value in _row(entry)])


def links_as_json(*, after: int = 0) -> Iterator[str]:
    """Give the links of the chain after the one of that number, with their entries, a line of JSON for each.

    The hash of a line is the sha-256 of `previous` followed by `entry`, so that a copy can be checked by itself.
    """
    for link in Seal.objects.filter(seq__gt=after).select_related("entry").order_by("seq").iterator(CHUNK):
        facts = {"seq": link.seq, "previous": link.previous_hash, "hash": link.hash}
        yield json.dumps({**facts, "entry": canonical(link.entry)}, ensure_ascii=False)


def _row(entry: Entry) -> list[Any]:
    return [
        f"{localtime(entry.at):%Y-%m-%d %H:%M:%S}",
        entry.actor_name,
        entry.post_title,
        entry.on_behalf_of.name if entry.on_behalf_of else "",
        phrase_of(entry.verb),
        entry.target_label,
        entry.region,
        entry.reason,
        entry.ip,
    ]


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
