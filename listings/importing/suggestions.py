"""Records on file that rows may be, though the code does not say so: found set-wise, decided by a person."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from listings.importing.checking import inside
from listings.importing.spec import GIVEN_KEY, ImportSpec
from listings.importing.sql import compared_by_hash, do, quoted
from listings.models import Decision, Job, Suggestion
from regions.scope import ScopeEntry

# Records offered for one row, and rows for which any are offered.
OFFERED, MOST = 3, 5_000
# From this rank on, name and place agree: what may be accepted without looking at each.
SURE = 3
FIND = """
INSERT INTO listings_suggestion (job_id, row_no, found_id, found_key, rank, said, filed, decision, is_applied)
SELECT %(job)s, row_no, found_id, found_key, rank, said, shown, '', false FROM (
    SELECT twin.*, row_number() OVER (PARTITION BY row_no ORDER BY rank DESC, found_id) AS place
    FROM ({twins}) twin
) ranked WHERE place <= %(offered)s ORDER BY row_no LIMIT %(most)s
ON CONFLICT (job_id, row_no, found_id) DO UPDATE
SET rank = EXCLUDED.rank, said = EXCLUDED.said, filed = EXCLUDED.filed
"""


def find(job: int, table: str, spec: ImportSpec, entries: tuple[ScopeEntry, ...]) -> None:
    """Look for records that rows without a known code may be; what was decided before stays decided."""
    Suggestion.objects.filter(job=job, decision=Decision.OPEN).delete()
    covered, params = inside("filed", spec, entries)
    params |= {"job": job, "offered": OFFERED, "most": MOST}
    with compared_by_hash():
        do(FIND.format(twins=spec.twins(table, covered)), params)


def settle(job: int, table: str, spec: ImportSpec) -> None:
    """Let rows of which a person has said so be the record on file: they take its code, and keep the one they came with."""
    key = quoted(spec.db_column(spec.key_name))
    do(
        f'UPDATE "{table}" staged SET "{GIVEN_KEY}" = {key}, {key} = chosen.found_key '  # noqa: S608
        "FROM listings_suggestion chosen WHERE chosen.job_id = %(job)s AND chosen.decision = %(same)s "
        "AND chosen.row_no = staged.row_no",
        {"job": job, "same": Decision.SAME},
    )
    Suggestion.objects.filter(job=job).exclude(decision=Decision.OPEN).update(is_applied=True)


def undecided(job: int) -> list[tuple[int, str]]:
    """Return the rows about which nobody has decided yet, each with its sentence."""
    sentence = _(
        "Perhaps the same as %(name)s (%(code)s). Decide on the page of the import, or correct the code."
    )
    first: dict[int, Suggestion] = {}
    for each in open_ones(job):
        first.setdefault(each.row_no, each)
    return [
        (row_no, sentence % {"name": each.filed.get("name", ""), "code": each.found_key})
        for row_no, each in first.items()
    ]


def open_ones(job: int) -> QuerySet[Suggestion]:
    """Return the suggestions of rows about which nobody has decided."""
    taken = Suggestion.objects.filter(job=OuterRef("job"), row_no=OuterRef("row_no"), decision=Decision.SAME)
    return Suggestion.objects.filter(~Exists(taken), job=job, decision=Decision.OPEN)


def decide(job: Job, row_no: int, found_id: int | None) -> None:
    """Keep a person's word: the row is this record, or with None it is none of those offered."""
    rows = Suggestion.objects.filter(job=job, row_no=row_no)
    chosen = rows.filter(found_id=found_id)
    if found_id is not None and not chosen.exists():
        return
    rows.update(decision=Decision.OTHER, is_applied=False)
    chosen.update(decision=Decision.SAME)


def sure(job: Job) -> QuerySet[Suggestion]:
    """Return the open suggestions whose name and place agree, where they are the only such one of their row."""
    best = open_ones(job.pk).filter(rank__gte=SURE)
    twice = best.filter(row_no=OuterRef("row_no")).exclude(found_id=OuterRef("found_id"))
    return best.exclude(Exists(twice))


def accept_sure(job: Job) -> None:
    """Take every row whose name and place agree with exactly one record for that record."""
    chosen = list(sure(job).values_list("pk", "row_no"))
    rows = Suggestion.objects.filter(job=job, row_no__in=[row_no for _pk, row_no in chosen])
    rows.update(decision=Decision.OTHER, is_applied=False)
    rows.filter(pk__in=[pk for pk, _row_no in chosen]).update(decision=Decision.SAME)


def refuse_all(job: Job) -> None:
    """Take every row that is still open for none of those offered."""
    open_ones(job.pk).update(decision=Decision.OTHER)


def rows_of(job: Job) -> QuerySet[Suggestion]:
    """Return the numbers of the rows for which there are suggestions."""
    rows = Suggestion.objects.filter(job=job).order_by("row_no")
    return rows.values_list("row_no", flat=True).distinct()


@dataclass(frozen=True)
class Pair:
    """A row beside the records that it may be."""

    row_no: int
    said: dict[str, str]
    offered: list[Suggestion]

    @property
    def is_open(self) -> bool:
        """Say whether nobody has decided yet."""
        return all(each.decision == Decision.OPEN for each in self.offered)

    @property
    def is_other(self) -> bool:
        """Say whether a person has said that it is none of them."""
        return all(each.decision == Decision.OTHER for each in self.offered)


def pairs(job: Job, numbers: list[int]) -> list[Pair]:
    """Return the rows of these numbers with what is offered for each."""
    offered: dict[int, list[Suggestion]] = defaultdict(list)
    for each in Suggestion.objects.filter(job=job, row_no__in=numbers):
        offered[each.row_no].append(each)
    return [Pair(row_no, found[0].said, found) for row_no, found in offered.items()]


def fresh(job: Job) -> QuerySet[Suggestion]:
    """Return what was decided since the file was last checked."""
    return Suggestion.objects.filter(job=job, is_applied=False).exclude(decision=Decision.OPEN)
