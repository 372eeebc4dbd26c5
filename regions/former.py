"""What divisions were called before: a former code or name leads to the division of today, where that is known.

A former code wins over a division that still stands under it, because the rows of a division that is gone may wait to be
moved. A present name wins over a former one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product, takewhile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from regions.codes import prefixes
from regions.models import FormerPlace, Region
from regions.words import listed

# A division that was renamed again and again; more steps than this are a circle in the rows.
HOPS = 5


@dataclass(frozen=True)
class Former:
    """One row of what was before."""

    code: str
    name: str
    until: date | None
    successor: str
    successor_name: str
    keeps_below: bool

    @property
    def words(self) -> str:
        """What it was, as a sentence names it."""
        return f"{self.name}（{self.code}）" if self.code else self.name

    @property
    def today(self) -> str:
        """What it is, as a sentence names it."""
        return f"{self.successor_name}（{self.successor}）"

    def covers(self, code: str) -> bool:
        """Say whether a division of today was part of it under the same last digits."""
        below = self.keeps_below or not self.code
        return code == self.successor or (below and code.startswith(self.successor))


class FormerPlaces:
    """All that is known of former divisions, read at once: there are a few hundred in a province."""

    def __init__(self, rows: Iterable[Former]) -> None:
        self.rows = list(rows)
        self.by_code: dict[str, list[Former]] = defaultdict(list)
        for row in self.rows:
            if row.code:
                self.by_code[row.code].append(row)

    @classmethod
    def read(cls) -> FormerPlaces:
        """Read the table."""
        names = ("code", "name", "until", "successor_id", "successor__name", "keeps_below")
        rows = FormerPlace.objects.order_by("code", "pk").values_list(*names)
        return cls(Former(*values) for values in rows)

    def of(self, code: str) -> list[Former]:
        """Return what the narrowest former division around the code became; nothing for a code of today."""
        for part in reversed(prefixes(code)):
            if part in self.by_code:
                return self.by_code[part]
        return []

    def present(self, code: str) -> str:
        """Return the code of today: the same one, unless it is a former code.

        Raises ValidationError with a sentence where it is, and nobody knows which division is meant.
        """
        given = code
        for _hop in range(HOPS):
            found = self.of(code)
            if not found:
                break
            code = successor(found, code)
        if code != given and not Region.objects.filter(pk=code).exists():
            raise ValidationError(gone_sentence(self.of(given)[0]))
        return code

    def names(self, wanted: Iterable[str], rows: Mapping[str, str]) -> dict[str, set[str]]:
        """Return the codes among those wanted by their former names, alone and behind the wider places.

        `rows` are the present names of these and of the places around them.
        """
        found: dict[str, set[str]] = defaultdict(set)
        codes = sorted(wanted)
        for row in self.rows:
            start = bisect_left(codes, row.successor)
            for code in takewhile(row.covers, codes[start:]):
                for name in self.called(code, row, rows):
                    found[name].add(code)
        return found

    def called(self, code: str, row: Former, rows: Mapping[str, str]) -> Iterator[str]:
        """Give the names under which a division of today was known while it was, or lay in, a former one."""
        path = prefixes(code)
        place = path.index(row.successor)
        # What stood above it then may have had another name, or was another place.
        above = [self.heads(path[:place], rows)]
        if row.code:
            above.append(self.heads(prefixes(row.code)[:-1], rows))
        below = "".join(rows.get(part, "") for part in path[place + 1 :])
        for head in set().union(*above):
            yield head + row.name + below

    def heads(self, path: list[str], rows: Mapping[str, str]) -> set[str]:
        """Return what may stand before a name: the wider places, from the nearest to all of them."""
        options = [
            {rows.get(part, ""), *(row.name for row in self.rows if part in (row.successor, row.code))} - {""}
            for part in path
        ]
        found = {""}
        for start in range(len(options)):
            found |= {"".join(parts) for parts in product(*options[start:])}
        return found


def successor(found: list[Former], code: str) -> str:
    """Return the code of what a former division became, with the last digits of what lay below it."""
    row = found[0]
    if len({each.successor for each in found}) > 1:
        raise ValidationError(divided_sentence(found))
    rest = code[len(row.code) :]
    if rest and not (row.keeps_below and len(row.successor) == len(row.code)):
        raise ValidationError(gone_sentence(row))
    return row.successor + rest


def divided_sentence(found: list[Former]) -> str:
    """Say that a division became several."""
    return _("%(former)s was divided. Write one of: %(today)s.") % {
        "former": found[0].words,
        "today": listed(dict.fromkeys(row.today for row in found)),
    }


def gone_sentence(row: Former) -> str:
    """Say that a division is another one today, in which the code given means nothing."""
    return _("%(former)s is %(today)s now, and below it the codes are others. Write the present code.") % {
        "former": row.words,
        "today": row.today,
    }
