"""The scores of a district (handbook §5.7): the average of its enterprises, of the hazards they find, and of its grids.

The source states results and no full marks or weights; those stand in the rulebook as defaults of the platform
(CONDUCT_AVG_*, GRID_SCORE_*). Every part of the grids' score is an indicator of the page with both its lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.figures.indicators import BY_COLUMN
from listings.figures import Cell, Column, Figure, Row
from rulebook.places import Places

if TYPE_CHECKING:
    from inspections.figures.page import Conduct

# Weight in the rulebook → part and whole of the share that it weighs.
GRID_PARTS = {
    "GRID_SCORE_PATROL": ("stops_kept", "stops"),
    "GRID_SCORE_PRESENT": ("grid_present", "grid_patrols"),
    "GRID_SCORE_RECTIFY": ("grid_closed", "grid_found"),
}
TARGET, FULL = "CONDUCT_AVG_TARGET", "CONDUCT_AVG_FULL"
CODES = (TARGET, FULL, *GRID_PARTS)


@dataclass(frozen=True)
class Score:
    """A score of a place, and the column whose list is opened behind it."""

    code: str
    label: Any
    worth: Callable[[Counter, Places, str], float | None]
    column: str


def average_score(counts: Counter, numbers: Places, place: str) -> float | None:
    """Return the mean score of the enterprises that owe self-checks."""
    return counts["score"] / counts["required"] if counts["required"] else None


def hazard_avg_score(counts: Counter, numbers: Places, place: str) -> float | None:
    """Return what the mean number of hazards a month is worth: the full mark from the target on, below it its share."""
    if not counts["required"]:
        return None
    mean, target = counts["own_found"] / counts["required"], float(numbers.of(TARGET, place).amount)
    return float(numbers.of(FULL, place).amount) * min(mean / target, 1)


def grid_score(counts: Counter, numbers: Places, place: str) -> float | None:
    """Return the weighted shares of a hundred; what did not occur in the month weighs nothing."""
    weighed = [
        (float(numbers.of(code, place).amount), counts[part] / counts[whole])
        for code, (part, whole) in GRID_PARTS.items()
        if counts[whole]
    ]
    total = sum(weight for weight, _share in weighed)
    return 100 * sum(weight * share for weight, share in weighed) / total if total else None


SCORES = (
    Score("average_score", gettext_lazy("Average score of enterprises"), average_score, "score"),
    Score("hazard_avg_score", gettext_lazy("Score of hazards found"), hazard_avg_score, "own_found"),
    Score("grid_score", gettext_lazy("Score of the grids"), grid_score, "stops"),
)


def written(value: float | None) -> str:
    """Write a score; a dash where there is nothing to score."""
    return "—" if value is None else number_format(value, 2)


def cells(now: Conduct, numbers: Places, counts: Counter, code: str, **place: str) -> list[Cell]:
    """Write the three scores of a place, each with the list behind it."""
    return [
        Cell(written(score.worth(counts, numbers, code)), BY_COLUMN[score.column].url(now.period, **place))
        for score in SCORES
    ]


def scores(now: Conduct) -> Figure:
    """Return the scores by place, the best first, with the rank by the average score of the enterprises."""
    numbers = now.numbers

    def worth(code: str) -> float:
        value = average_score(now.places[code], numbers, code)
        return -1 if value is None else value

    order = sorted(now.order, key=worth, reverse=True)
    rows = [
        Row(
            now.names.get(code, code),
            [
                *cells(now, numbers, now.places[code], code, **{now.level: code}),
                Cell(f"{rank} / {len(order)}"),
            ],
        )
        for rank, code in enumerate(order, 1)
    ]
    total = average_score(now.total, numbers, now.place)
    return Figure(
        code="scores",
        heading=_("Average score of enterprises: %(score)s") % {"score": written(total)},
        unit=_("scores of the platform, %(month)s; the best place first")
        % {"month": f"{now.period.first:%Y-%m}"},
        kind="bars",
        head=[Column(now.place_word), *(Column(score.label) for score in SCORES), Column(_("Rank"))],
        rows=rows,
        foot=Row(_("Together"), [*cells(now, numbers, now.total, now.place), Cell("")]),
        list_url=BY_COLUMN["score"].url(now.period),
    )


def score_figures(now: Conduct) -> list[dict[str, Any]]:
    """Return the scores of the whole area that no indicator says, for the row of numbers under the title."""
    numbers = now.numbers
    return [
        {
            "value": written(score.worth(now.total, numbers, now.place)),
            "label": score.label,
            "url": BY_COLUMN[score.column].url(now.period),
        }
        for score in SCORES[1:]
    ]
