"""The ledgers on paper, a section for each group and a head for each ledger."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from attachments.models import Attachment
from enterprises.ledgers import GROUPS, Ledger, counts, of_group
from enterprises.ledgers.columns import columns_of
from enterprises.ledgers.scans import scans_of
from enterprises.onefile.facts import groups, standing
from enterprises.onefile.section import FileSection, Reader, rest, table
from paperwork.reports.blocks import Block, Heading, Remark
from regions.words import listed


def writer(group: str) -> Callable[[Reader], list[Block]]:
    """Return what writes the ledgers of a group."""

    def write(reader: Reader) -> list[Block]:
        numbers = counts(reader.enterprise)
        empty = [str(ledger.title) for ledger in of_group(group) if not numbers[ledger.code]]
        asked = groups(reader).get(group)
        written: list[Block] = [Remark(standing(asked))] if asked else []
        for ledger in of_group(group):
            if numbers[ledger.code]:
                written += [Heading(str(ledger.title), 2), *rows_of(ledger, reader, numbers[ledger.code])]
        # What nobody entered belongs in the file too: it is seen that it was looked for.
        return (
            [*written, Remark(_("Nothing entered: %(ledgers)s") % {"ledgers": listed(empty)})]
            if empty
            else written
        )

    return write


def rows_of(ledger: Ledger, reader: Reader, number: int) -> list[Block]:
    """Return the rows of a ledger, the last entered first, with the names of their scans."""
    most = reader.room.take(number)
    rows = list(ledger.model.objects.filter(enterprise=reader.enterprise).order_by("-pk")[:most])
    found = scans_of(rows) if ledger.scanned else {}
    notes = {pk: names(files) for pk, files in found.items()}
    return [table(columns_of(ledger), rows, notes), *rest(len(rows), number, ledger.title)]


def names(files: Iterable[Attachment]) -> str:
    """Return the names of files in one line."""
    return _("Files: %(names)s") % {"names": listed(file.original_name for file in files)}


SECTIONS = [
    FileSection(f"ledgers-{group}", label, writer(group), order=20 + place)
    for place, (group, label) in enumerate(GROUPS.items())
]
