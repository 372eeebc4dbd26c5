"""The quality of files by county, or by town for who watches over one county alone: one grouped query."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Avg, Count, Q
from django.urls import reverse

from accounts.models import User
from enterprises.groups import BY_CODE, GROUPS, MANDATORY, FieldGroup
from enterprises.ledgers import of_group
from enterprises.models import QualityScore
from enterprises.truth.writing import field_of
from regions.selectors import names_of
from regions.words import listed

LOW = 60
COUNTY, TOWN = 6, 9


@dataclass(frozen=True)
class Cell:
    """A number and the list of exactly the files behind it."""

    value: int
    url: str


@dataclass(frozen=True)
class DistrictRow:
    """One district: its files, their mean score and what they lack; `url` opens what is behind the score."""

    name: Any
    code: str
    average: int
    files: Cell
    low: Cell
    contact: Cell
    status: Cell
    incomplete: Cell

    @property
    def url(self) -> str:
        """Where the fields behind the mean score stand."""
        return f"?{urlencode({'of': self.code})}#behind"


@dataclass(frozen=True)
class Behind:
    """What costs a district points: a group that does not count, or a mandatory field that is empty, in how many files.

    `holds` are the fields of the group, or its ledgers.
    """

    label: Any
    holds: str
    is_field: bool
    share: int
    files: Cell


def by_district(user: User) -> list[DistrictRow]:
    """Return the districts that the person watches over, the worst mean first."""
    rows = QualityScore.objects.visible_to(user)
    counties = rows.order_by().values("enterprise__county_code").distinct()
    level = "county" if counties[:2].count() > 1 else "town"
    path = f"enterprise__{level}_code"
    counted = (
        rows.order_by()
        .values(path)
        .annotate(
            average=Avg("score"),
            files=Count("pk"),
            low=Count("pk", filter=Q(score__lt=LOW)),
            contact=Count("pk", filter=Q(stale__contains=["contact"])),
            status=Count("pk", filter=Q(stale__contains=["status"])),
            incomplete=Count("pk", filter=Q(completeness__lt=100)),
        )
        .order_by("average", path)
    )
    found = list(counted)
    names = names_of({row[path] for row in found})
    return [district(row, level, row[path], names) for row in found]


def district(row: dict[str, Any], level: str, code: str, names: dict[str, str]) -> DistrictRow:
    """Return the row of one district with the list behind each number."""

    def cell(name: str, **conditions: Any) -> Cell:
        query = urlencode({level: code, **conditions})
        return Cell(row[name], f"{reverse('enterprises:quality')}?{query}")

    return DistrictRow(
        names.get(code, code),
        code,
        round(row["average"]),
        cell("files"),
        cell("low", below=LOW),
        cell("contact", stale="contact"),
        cell("status", stale="status"),
        cell("incomplete", incomplete="true"),
    )


def behind(user: User, code: str) -> list[Behind]:
    """Return what lies behind the mean score of a district, what most files lack first: one query.

    The code is that of a county or a town; of a place that the person does not watch over nothing is told.
    """
    level = {COUNTY: "county", TOWN: "town"}.get(len(code))
    if level is None:
        return []
    rows = QualityScore.objects.visible_to(user).filter(**{f"enterprise__{level}_code": code})
    lacks = {("stale", group.code): group.label for group in GROUPS}
    lacks |= {("missing", name): field_of(name).verbose_name for name in MANDATORY}
    counted = rows.aggregate(
        files=Count("pk"),
        **{f"{kind}_{name}": Count("pk", filter=Q(**{f"{kind}__contains": [name]})) for kind, name in lacks},
    )
    found = []
    for (kind, name), label in lacks.items():
        if number := counted[f"{kind}_{name}"]:
            url = f"{reverse('enterprises:quality')}?{urlencode({level: code, kind: name})}"
            share = round(100 * number / counted["files"])
            holds = listed(names_within(BY_CODE[name])) if kind == "stale" else ""
            found.append(Behind(label, holds, kind == "missing", share, Cell(number, url)))
    return sorted(found, key=lambda each: -each.files.value)


def names_within(group: FieldGroup) -> list[Any]:
    """Return what the fields of a group are called, or its ledgers; both where most of it is in the ledgers."""
    fields = [field_of(name).verbose_name for name in group.fields]
    ledgers = [ledger.title for ledger in of_group(group.code)]
    return [*fields, *ledgers] if group.in_ledgers else fields or ledgers
