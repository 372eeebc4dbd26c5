"""The kinds of visit: who may make one, and what it is in law. One engine reads this table.

Only certified officers of a body with enforcement power carry out an administrative inspection (国办发〔2024〕54号,
handbook §0.2 rule 5). A patrol of a grid worker or a look by an expert gathers facts and reports; the kind of a visit is
set when it is made and never changes, so that none of them can become an inspection afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from hazards.choices import Source
from inspections import acts
from inspections.acts import Act
from inspections.choices import Purpose

REGULATORS = frozenset({Role.CITY, Role.COUNTY, Role.TOWN, Role.OFFICER, Role.DEPT})


class VisitKind(TextChoices):
    """Every kind of look at a site."""

    SELF_CHECK = "self_check", _("Self-check")
    INSPECTION = "inspection", _("Administrative inspection")
    ENFORCEMENT = "enforcement", _("Enforcement visit")
    JOINT = "joint", _("Joint inspection")
    SUPERVISION = "supervision", _("Supervision of government")
    GOVERNMENT_PATROL = "gov_patrol", _("Government patrol")
    GRID_PATROL = "grid_patrol", _("Grid patrol")
    EXPERT = "expert", _("Expert visit")


@dataclass(frozen=True)
class Kind:
    """What a kind of visit asks for and what it counts as.

    `makers` carry it out; `planners` may plan it for others.
    `certified` says that officers with a valid enforcement certificate take part, as many as the law wants
    (OFFICERS_MIN, APL 42); `administrative` says that it is an inspection in law: it stands in inspection counts, under
    the yearly cap unless the trigger is a case (`capped`), and may lead to documents. `signed` asks for the signatures
    of both sides on site. `on_site` says that being there must be shown, by position or photo. `act` is what it is called.
    """

    code: str
    act: Act
    makers: frozenset[str]
    source: str
    planners: frozenset[str] = frozenset()
    target: str = Purpose.ENTERPRISE
    certified: bool = False
    administrative: bool = False
    capped: bool = False
    signed: bool = False
    on_site: bool = True

    @property
    def planned_by(self) -> frozenset[str]:
        """The roles that may plan such a visit."""
        return self.makers | self.planners

    @property
    def label(self) -> str:
        """The kind in words."""
        return VisitKind(self.code).label


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            VisitKind.SELF_CHECK,
            acts.SELF_CHECK,
            frozenset({Role.ENTERPRISE}),
            Source.SELF_CHECK,
            on_site=False,
        ),
        Kind(
            VisitKind.INSPECTION,
            acts.INSPECTION,
            REGULATORS,
            Source.INSPECTION,
            certified=True,
            administrative=True,
            capped=True,
            signed=True,
        ),
        Kind(
            VisitKind.ENFORCEMENT,
            acts.INSPECTION,
            REGULATORS - {Role.TOWN},
            Source.INSPECTION,
            certified=True,
            administrative=True,
            signed=True,
        ),
        Kind(
            VisitKind.JOINT,
            acts.INSPECTION,
            REGULATORS,
            Source.INSPECTION,
            certified=True,
            administrative=True,
            capped=True,
            signed=True,
        ),
        Kind(
            VisitKind.SUPERVISION,
            acts.SUPERVISION,
            frozenset({Role.CITY, Role.COUNTY, Role.LEADER}),
            Source.SUPERVISION,
            target=Purpose.GOVERNMENT,
            on_site=False,
        ),
        Kind(VisitKind.GOVERNMENT_PATROL, acts.PATROL, REGULATORS, Source.GOVERNMENT_PATROL),
        Kind(
            VisitKind.GRID_PATROL,
            acts.PATROL,
            frozenset({Role.GRID}),
            Source.PATROL,
            planners=frozenset({Role.TOWN}),
        ),
        Kind(
            VisitKind.EXPERT,
            acts.EXPERT,
            frozenset({Role.EXPERT, Role.AGENCY}),
            Source.EXPERT,
            planners=REGULATORS,
        ),
    )
}
ADMINISTRATIVE = tuple(code for code, kind in KINDS.items() if kind.administrative)
ON_GOVERNMENT = tuple(code for code, kind in KINDS.items() if kind.target == Purpose.GOVERNMENT)


def act_among(codes: Iterable[str]) -> Act:
    """Return what the kinds are all called, or the common word where they are called differently."""
    found = {KINDS[code].act for code in codes}
    return found.pop() if len(found) == 1 else acts.VISIT
