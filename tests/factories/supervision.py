"""Supervisions of government for the tests, made through the services so that their histories are lawful."""

from datetime import date, timedelta

from accounts.models import Organisation
from inspections import services
from inspections.models import Edition, GovernmentFinding, GovernmentOrder, Visit
from tests.factories.inspections import make_edition
from tests.people import AT, People

PROBLEM = {
    "text": "未按季度研究安全生产工作",
    "basis": "《安全生产法》第九条",
    "requirement": "每季度专题研究",
}
DUE = date(2026, 3, 25)


def town_office(people: People) -> Organisation:
    """The office that is looked at."""
    return people.town.organisation


def government_list(n: int = 2) -> Edition:
    """A checklist for government bodies, in use."""
    return make_edition(n, title="镇街安全监管督导检查表", purpose="government")


def begun(people: People, edition: Edition | None = None, **about: object) -> Visit:
    """A supervision of the town by the county, under way."""
    facts = {"editions": [edition] if edition else [], "by": people.county, "at": AT, **about}
    return services.supervise(town_office(people), now=True, **facts)


def problem(visit: Visit, people: People, **more: object) -> GovernmentFinding:
    """A problem of the town."""
    return services.find_problem(visit, **{"facts": PROBLEM, "by": people.county, "at": AT, **more})


def finished_supervision(people: People, problems: int = 1) -> Visit:
    """A supervision that found problems."""
    visit = begun(people)
    for _each in range(problems):
        problem(visit, people)
    return services.finish_visit(visit, outcome="found", by=people.county, at=AT + timedelta(hours=1))


def ordered(people: People, problems: int = 1) -> GovernmentOrder:
    """An order to the town."""
    visit = finished_supervision(people, problems)
    return services.issue_order(
        visit, due_on=DUE, requirements="逐项整改，举一反三", by=people.county, at=AT + timedelta(hours=2)
    )


def replied(people: People, problems: int = 1) -> GovernmentOrder:
    """An order to which the town has replied."""
    order = ordered(people, problems)
    answers = dict.fromkeys(order.visit.government_findings.values_list("pk", flat=True), "已召开专题会议")
    return services.reply_order(
        order, reply="全部整改完毕", replies=answers, by=people.town, at=AT + timedelta(days=3)
    )
