"""What the matrix asks about supervision: an order to the town of Dawang, and a supervision of it under way."""

from datetime import date
from typing import Any

from enterprises.models import Enterprise
from hazards.models import SupervisionListing
from inspections.models import GovernmentOrder, Visit
from inspections.supervision.paperwork import GovernmentOrderFacts, GovernmentProblem
from inspections.supervision.views import VIEWS
from tests.factories.hazards import reported
from tests.factories.supervision import begun, ordered, problem
from tests.people import AT, People

ON_SITE = ["inspections:find_problem", "inspections:find_hazard_nearby"]


KEYED = {"inspections:order"}


def make(people: People, enterprise: Enterprise) -> dict[str, Any]:
    """Make the order and a supervision under way, and a major hazard on the supervision list."""
    list_one(people, enterprise)
    under_way = begun(people)
    problem(under_way, people)
    return {"order": ordered(people), "supervision": under_way}


def list_one(people: People, enterprise: Enterprise) -> None:
    """Put a major hazard on the supervision list."""
    hazard = reported(enterprise, people.town, source="inspection", grade="major")
    SupervisionListing.objects.create(
        hazard=hazard,
        level="county",
        listing_body=people.county.organisation,
        deadline_on=date(2026, 6, 1),
        listed_at=AT,
    )


def fill(people: People, enterprise: Enterprise, number: int) -> None:
    """Make many orders and many listings."""
    for _each in range(number):
        ordered(people)
        list_one(people, enterprise)


def addresses(order: GovernmentOrder, under_way: Visit) -> dict[str, dict[str, Any]]:
    """Return what the addresses are asked with."""
    return {
        "inspections:order": {"pk": order.pk},
        "inspections:issue_order": {"pk": order.visit_id},
        **{f"inspections:{verb}": {"pk": order.pk} for verb in VIEWS},
        **dict.fromkeys(ON_SITE, {"pk": under_way.pk}),
        "inspections:take_back_problem": {
            "pk": under_way.pk,
            "problem": under_way.government_findings.get().pk,
        },
    }


NOTICE = GovernmentOrderFacts(
    agency="广饶县应急管理局",
    body="大王镇应急管理办公室",
    visited="2026年3月10日",
    occasion="安全生产责任落实专项督导",
    checklists=("镇街安全监管督导检查表",),
    problems=(
        GovernmentProblem("未按季度研究安全生产工作", "《安全生产法》第九条", "每季度专题研究"),
        GovernmentProblem("台账不全<&>🔥", "", ""),
    ),
    hazards=2,
    requirements="逐项整改，举一反三",
    due="2026年3月25日",
    date="2026年3月10日",
)
