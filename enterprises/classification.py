"""Classes of enterprises that no column holds: they follow from what is on file (handbook §3.1, §3.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from enterprises.choices import RegulatoryCategory, RiskTag
from enterprises.models import Chemical, Enterprise, ProductionProcess, Standardisation
from enterprises.sources.measures import with_sources

# Producers, traders, storers of dangerous goods, mines, smelting, construction, transport (AWSL 24, 27).
DANGEROUS = frozenset(
    {RegulatoryCategory.HAZCHEM, RegulatoryCategory.FIREWORKS, RegulatoryCategory.NON_COAL_MINE}
)
BUILDING_AND_TRANSPORT = frozenset({"建筑施工", "交通运输"})
# Shandong counts dust and ammonia among the high-risk units, too (SD 19).
PROVINCIAL_RISKS = frozenset({RiskTag.DUST, RiskTag.AMMONIA})


class KeyPoint(TextChoices):
    """What makes an enterprise one of 两重点一重大."""

    PROCESS = "process", _("key process")
    CHEMICAL = "chemical", _("key chemical")
    SOURCE = "source", _("major hazard source")


def works_with_danger(row: Enterprise) -> bool:
    """Say whether the law counts its trade among the dangerous ones, whatever its size."""
    building = (
        row.regulatory_category == RegulatoryCategory.CONSTRUCTION_OTHER
        and row.sub_category in BUILDING_AND_TRANSPORT
    )
    return row.regulatory_category in DANGEROUS or building or RiskTag.MOLTEN_METAL in row.risk_tags


def is_high_risk(row: Enterprise) -> bool:
    """Say whether it is a high-risk unit (高危生产经营单位)."""
    return works_with_danger(row) or bool(PROVINCIAL_RISKS & set(row.risk_tags))


def high_risk() -> Q:
    """Return `is_high_risk` as a condition on enterprises."""
    building = Q(
        regulatory_category=RegulatoryCategory.CONSTRUCTION_OTHER, sub_category__in=BUILDING_AND_TRANSPORT
    )
    tags = sorted({RiskTag.MOLTEN_METAL, *PROVINCIAL_RISKS})
    return Q(regulatory_category__in=DANGEROUS) | building | Q(risk_tags__overlap=tags)


def with_key_points(rows: QuerySet, points: Iterable[str]) -> QuerySet:
    """Keep enterprises that have any of the key points on file."""
    found = Q()
    if KeyPoint.PROCESS in points:
        found |= Q(_of(ProductionProcess, is_key=True))
    if KeyPoint.CHEMICAL in points:
        found |= Q(_of(Chemical, is_key=True))
    if KeyPoint.SOURCE in points:
        found |= Q(pk__in=with_sources(rows.order_by()).values("pk"))
    return rows.filter(found)


def graded(rows: QuerySet, grade: str, on: date) -> QuerySet:
    """Keep enterprises whose standardisation has the grade and is valid on the day."""
    return rows.filter(_of(Standardisation, grade=grade, valid_from__lte=on, valid_to__gte=on))


def _of(ledger: type[Model], **conditions: object) -> Exists:
    return Exists(ledger.objects.filter(enterprise=OuterRef("pk"), **conditions))
