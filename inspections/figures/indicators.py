"""The indicators of 两化 (handbook §5.7): what each divides by what, and the lists behind both numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hazards.choices import FOUND_BY_ENTERPRISE, Source
from hazards.measures import between, due_params
from hazards.measures import listed as hazards
from hazards.periods import Period
from inspections.kinds import KINDS, ON_GOVERNMENT, VisitKind
from inspections.models import Tier

Params = Mapping[str, Any]
OWN = sorted(map(str, FOUND_BY_ENTERPRISE))
OTHERS = [source for source in Source.values if source not in OWN]
GRID = VisitKind.GRID_PATROL.value
LOOKS = [code for code in KINDS if code not in (VisitKind.SELF_CHECK, *ON_GOVERNMENT)]


def listed(name: str, params: Params) -> str:
    """Return the address of one of our lists under these parameters."""
    return f"{reverse(f'inspections:{name}')}?{urlencode(params, doseq=True)}"


def standings(params: Params) -> str:
    """Return the list of enterprises with their standing."""
    return listed("standings", params)


def visits(params: Params) -> str:
    """Return the list of visits."""
    return listed("visits", params)


@dataclass(frozen=True)
class Count:
    """One number of a month: its column, and the list of exactly the rows counted."""

    column: str
    label: Any
    address: Callable[[Params], str]
    params: Callable[[Period], dict[str, Any]]

    def url(self, period: Period, **place: Any) -> str:
        """Return the list behind it, narrowed to a place."""
        return self.address({**self.params(period), **place})


def stops(params: Params) -> str:
    """Return the list of the stops of patrols."""
    return listed("patrols", params)


def owing(column: str, label: Any, **params: Any) -> Count:
    """Return a number of enterprises that owe self-checks."""
    return Count(column, label, standings, lambda period: {"owes": "true", **params})


def found(column: str, label: Any, **params: Any) -> Count:
    """Return a number of hazards found in the month."""
    return Count(
        column, label, hazards, lambda period: {"counted": "true", **params, **between("found", period)}
    )


def made(column: str, label: Any, **params: Any) -> Count:
    """Return a number of visits finished in the month."""
    return Count(
        column, label, visits, lambda period: {"state": "finished", **params, **between("finished", period)}
    )


COUNTS = (
    owing("required", _("Enterprises that owe self-checks")),
    owing("compiled", _("List compiled"), compiled="true"),
    owing("accepted", _("List accepted"), list="accepted"),
    owing("phones", _("Phone bound"), phone="true"),
    Count(
        "inspected",
        _("Inspected this month"),
        standings,
        lambda period: {"owes": "true", "inspected_after": period.first},
    ),
    # The sum behind the average; the list shows each score.
    owing("score", _("Sum of their scores")),
    *(owing(f"tier_{tier.value}", tier.label, tier=tier.value) for tier in Tier),
    Count("open", _("Open"), hazards, lambda period: {"open": "true"}),
    Count("overdue", _("Overdue"), hazards, lambda period: {"overdue": "true"}),
    found("own_found", _("Found by enterprises"), source=OWN, unique="true"),
    found("found", _("Found")),
    found("closed", _("Of these closed"), state="closed"),
    found("seen_by_others", _("Found by others"), source=OTHERS),
    found("not_reported", _("Of these not reported by the enterprise"), source=OTHERS, self_reported="false"),
    made("visits", _("Visits by others"), kind=LOOKS),
    made("backfilled", _("Back-filled"), kind=LOOKS, backfilled="true"),
    made("inspections", _("Inspections"), inspections="true"),
    Count("lapsed", _("Ran over their day"), hazards, lambda period: due_params(period, "late")),
    Count(
        "cleared",
        _("Of these cleared"),
        hazards,
        lambda period: {**due_params(period, "late"), "overdue": "false"},
    ),
    Count("stops", _("Stops of the grids"), stops, lambda period: {"kind": GRID}),
    Count("stops_kept", _("Not overdue"), stops, lambda period: {"kind": GRID, "late": "false"}),
    made("grid_patrols", _("Patrols of the grids"), kind=GRID),
    made("grid_present", _("Not back-filled"), kind=GRID, backfilled="false"),
    found("grid_found", _("Found by the grids"), source=Source.PATROL),
    found("grid_closed", _("Of these closed"), source=Source.PATROL, state="closed"),
    made("facts", _("Facts confirmed on site"), inspections="true", facts="true"),
)
BY_COLUMN = {count.column: count for count in COUNTS}


@dataclass(frozen=True)
class Indicator:
    """A share, or where `mean` is set a mean number: the second column divided by the first.

    `low` says that a small number is the good one; `goal` names the parameter of the rulebook that sets the mark,
    in `unit`.
    """

    code: str
    label: Any
    base: str
    part: str
    mean: bool = False
    low: bool = False
    goal: str = ""
    unit: str = "%"


INDICATORS = (
    Indicator("list_compile_rate", _("Lists compiled"), "required", "compiled"),
    Indicator("list_accept_rate", _("Lists accepted"), "compiled", "accepted"),
    Indicator(
        "hazard_avg_month",
        _("Hazards per enterprise this month"),
        "required",
        "own_found",
        mean=True,
        goal="CONDUCT_AVG_TARGET",
        unit="",
    ),
    Indicator(
        "average_score",
        _("Average score of enterprises"),
        "required",
        "score",
        mean=True,
        goal="CONDUCT_AWARD",
        unit="",
    ),
    Indicator("rectify_rate", _("Rectified of what was found this month"), "found", "closed"),
    Indicator("overdue_rate", _("Overdue of what is open"), "open", "overdue", low=True),
    Indicator("cleared_rate", _("Cleared of what ran over its day this month"), "lapsed", "cleared"),
    Indicator(
        "inspection_coverage",
        _("Inspection coverage this month"),
        "required",
        "inspected",
        goal="COVERAGE_MONTH",
    ),
    Indicator("phone_binding_rate", _("Phones bound"), "required", "phones"),
    Indicator("tier4_share", _("Enterprises of the fourth tier"), "required", "tier_4", low=True),
    Indicator(
        "not_reported_share",
        _("Found by others, not by the enterprise"),
        "seen_by_others",
        "not_reported",
        low=True,
    ),
    Indicator("backfilled_share", _("Visits back-filled"), "visits", "backfilled", low=True),
    Indicator("grid_rectify_rate", _("Rectified of what grids found"), "grid_found", "grid_closed"),
    Indicator("grid_patrol_rate", _("Stops of the grids not overdue"), "stops", "stops_kept"),
    Indicator("grid_present_rate", _("Patrols of the grids made on site"), "grid_patrols", "grid_present"),
    Indicator("facts_rate", _("Facts confirmed at inspections"), "inspections", "facts"),
)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
