"""How often one authority inspects one enterprise in a year (国办发〔2024〕54号, handbook §7.1).

Every authority publishes the most inspections of a year for each class of enterprise. The class is the colour of risk
(`inspections.risk`): a yearly plan is made by class and grade (AWSL 62), and the colour is the one grade that every
enterprise has, by the same rule for all, and by which patrols, self-checks and the random draw already go. It is the
colour of the day on which somebody asks: who lets a major hazard stand is red from then on.

The number is `INSPECTION_YEAR_CAP` of the rulebook, with the colour behind it where the division has set one for that
class alone. It is looked up where the authority is at home, not where the enterprise lies: what a county publishes binds
the county's bodies, and not the city's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from accounts.models import Organisation
from enterprises.models import Enterprise
from hazards.models import Hazard
from hazards.querysets import OPEN
from inspections.choices import NEEDS_AGREEMENT, OUTSIDE_CAP, Colour, Trigger
from inspections.kinds import KINDS, Kind
from inspections.models import Visit
from inspections.risk import risk_colour
from rulebook.models import Parameter
from rulebook.services import parameter

CODE = "INSPECTION_YEAR_CAP"
CAPPED = tuple(code for code, kind in KINDS.items() if kind.capped)


@dataclass(frozen=True)
class Quota:
    """What an authority may inspect of an enterprise in a year: the class, the number, and how many it has had."""

    colour: Colour
    number: Parameter
    used: int

    @property
    def cap(self) -> int:
        """The most inspections of the year."""
        return int(self.number.amount)

    @property
    def is_full(self) -> bool:
        """Say whether one more would be beyond the cap."""
        return self.used >= self.cap

    @property
    def basis(self) -> str:
        """What the number rests on, and whether it is law."""
        return f"{self.number.standing} · {self.number.source}"


def quota_of(
    enterprise: int, authority: Organisation | None, *, region: str, on: date, besides: int | None = None
) -> Quota:
    """Return the quota of an enterprise (its key) with an authority, in the year of the day.

    `region` is where the number is looked up for who has no organisation, `besides` a visit (its key) that is not
    counted, because it is the one that is asked about.
    """
    at_home = authority.region_id if authority else region
    rows = counted(authority, on.year).exclude(pk=besides).filter(enterprise=OuterRef("pk"))
    had = Subquery(rows.order_by().values("enterprise").annotate(n=Count("pk")).values("n"))
    facts = Enterprise.objects.filter(pk=enterprise)
    colour, used = facts.values_list(risk_colour(), Coalesce(had, 0))[0]
    number = parameter(CODE, on=on, region=at_home, subject=colour.upper())
    return Quota(Colour(colour), number, used)


def counted(authority: Organisation | None, year: int) -> QuerySet[Visit]:
    """Return the inspections of an authority that count in a year: begun, capped, and for no case.

    A joint inspection is one, of the body that leads it, however many take part.
    """
    begun = Q(state="under_way") | Q(state="finished")
    rows = Visit.objects.filter(begun, kind__in=CAPPED, organisation=authority, started_at__year=year)
    return rows.exclude(trigger__in=OUTSIDE_CAP)


def is_capped(visit: Visit) -> bool:
    """Say whether the visit stands under the cap: an inspection that no case asks for."""
    return visit.kind_of.capped and visit.trigger not in OUTSIDE_CAP and visit.enterprise_id is not None


def needs_agreement(visit: Visit) -> bool:
    """Say whether a leader must agree although the visit does not count against the cap: it follows a case.

    An enforcement visit is one by its kind; were it free, nobody would be held by the cap. To look again at what is to
    be put right needs no agreement, but something that is to be put right (`follows_nothing`).
    """
    kind = visit.kind_of
    if not kind.administrative or visit.trigger == Trigger.FOLLOW_UP:
        return False
    return not kind.capped or visit.trigger in NEEDS_AGREEMENT


def follows_nothing(kind: Kind, trigger: str, enterprise: Enterprise) -> bool:
    """Say whether an inspection calls itself a re-inspection where no hazard is open: it would only evade the cap."""
    if not kind.administrative or trigger != Trigger.FOLLOW_UP:
        return False
    return not Hazard.objects.filter(OPEN, enterprise=enterprise).exists()


def quota_for(visit: Visit, at: datetime) -> Quota | None:
    """Return the quota that the visit stands under, without itself, in the year of the moment; None for who has none."""
    if not is_capped(visit):
        return None
    return quota_of(
        visit.enterprise_id, visit.organisation, region=visit.region_id, on=localdate(at), besides=visit.pk
    )


def beyond_cap(visit: Visit, at: datetime) -> Quota | None:
    """Return the quota of the visit once it is used up."""
    quota = quota_for(visit, at)
    return quota if quota and quota.is_full else None


def wait_for_turn(visit: Visit) -> None:
    """Let inspections of one enterprise by one authority begin one after the other, to the end of the transaction.

    Two officers who begin the last one of the year at the same moment would each count without the other's.
    """
    if not is_capped(visit):
        return
    name = f"{CODE}:{visit.organisation_id}:{visit.enterprise_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 3))", [name])
