"""What the matrix asks about visits: an inspection under way in Dawang, by the two officers of the county."""

from typing import Any

from inspections.models import Visit
from inspections.visits.paperwork import InspectionRecordFacts, Officer, RecordedProblem, Signed
from inspections.visits.views.verbs import VIEWS
from tests.factories.hazards import FACTS
from tests.factories.inspections import make_edition, under_way
from tests.people import AT, People

ONE_VISIT = ["inspections:visit", *(f"inspections:{name}" for name in VIEWS)]
ON_SITE = [
    f"inspections:{name}"
    for name in ("check", "answer_rest", "find_hazard", "confirm_visit_facts", "sign", "refuse_signature")
]


def make_visit(people: People, enterprise: Any, at: Any = AT) -> Visit:
    """Make an inspection under way, with checklist."""
    return under_way(people, enterprise, make_edition(2), at=at)


def addresses(visit: Visit) -> dict[str, dict[str, Any]]:
    """Return what the addresses of the visit are asked with."""
    item = visit.editions.get().lines.first().item_id
    return {
        **dict.fromkeys((*ONE_VISIT, *ON_SITE), {"pk": visit.pk}),
        "inspections:answer": {"pk": visit.pk, "item": item},
    }


RECORD = InspectionRecordFacts(
    agency="广饶县应急管理局",
    party="广饶砚池木业有限公司",
    uscc="91370523MA00000011",
    address="大王镇工业路北12号",
    principal="高砚平",
    kind="行政检查",
    begun="2026年3月10日10时00分",
    ended="2026年3月10日11时30分",
    officers=(Officer("马会芳", "15050001"), Officer("丁一鸣", "15050002")),
    helpers=("沈听澜",),
    checklists=("粉尘涉爆企业检查表",),
    asked=36,
    checked=30,
    problems=(
        RecordedProblem(FACTS["description"], "砂光车间", "《安全生产法》第四十一条第二款", False, ""),
        RecordedProblem("灭火器倒放<&>🔥", "", "", False, "当场改正"),
    ),
    nothing_found=False,
    summary="企业能够配合检查",
    signed=(Signed("陆春生", "安全主任", "", ""), Signed("高砚平", "主要负责人", "对第二项有异议", "孙晓燕")),
    backfilled=False,
    date="2026年3月10日",
)
