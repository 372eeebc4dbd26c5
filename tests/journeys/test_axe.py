"""No page keeps anyone out: axe finds nothing against WCAG 2.2 AA, on a desk and on a phone."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.factories.hazards import rectifying, reported
from tests.journeys.conftest import DESK, PHONE
from tests.matrix.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
RULES = """() => axe.run(document, {
  runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
  resultTypes: ["violations"],
}).then(found => found.violations.map(one =>
  one.id + ": " + one.nodes.map(node => node.target + " " + node.failureSummary).join(" | ")))"""
# Who looks at which pages; the records are those of the matrix tests' world.
PAGES = {
    None: ("/account/login/", "/v/", "/v/{code}/", "/no-such-page/"),
    "town": (
        "/",
        "/hazards/",
        "/hazards/?state=reported&q=zzzz",
        "/hazards/{hazard}/",
        "/hazards/{hazard}/accept_report/",
        "/hazards/{hazard}/confirm_major/",
        "/hazards/report/",
        "/enterprises/",
        "/enterprises/{enterprise}/",
        "/enterprises/{enterprise}/edit/",
        "/messages/",
        "/messages/preferences/",
        "/account/me/",
        "/analytics/",
        "/rulebook/",
        "/rulebook/numbers/",
        "/rulebook/AWSL/",
        "/rulebook/AWSL/41/",
        "/documents/{document}/",
        "/lists/search/?q=砚池",
        "/no-such-page/",
    ),
    "county": ("/sms/", "/enterprises/new/", "/enterprises/import/", "/analytics/"),
    "enterprise": ("/", "/hazards/report/", "/hazards/{hazard}/close_by_enterprise/", "/hazards/{hazard}/"),
    "auditor": ("/audit/",),
}


@pytest.fixture
def filled(people, enterprise, at, own_files) -> dict[str, object]:
    """Records in several states, so that pages are not empty."""
    world = make_world(people, enterprise, at)
    rectifying(people, enterprise)
    reported(enterprise, people.town, source="inspection", grade="major")
    return {
        "hazard": world.hazard.pk,
        "enterprise": enterprise.pk,
        "document": world.document.pk,
        "code": world.document.code,
    }


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("person", PAGES, ids=str)
def test_axe_finds_nothing(person, size, visit, filled, people):
    page = visit(getattr(people, person) if person else None, size, "/account/login/" if not person else "/")
    found = {}
    for path in PAGES[person]:
        page.goto(path.format(**filled))
        page.add_script_tag(path=AXE)
        if faults := page.evaluate(RULES):
            found[path] = faults

    assert found == {}


@pytest.mark.parametrize("person", ["town", "enterprise"])
def test_nothing_stands_beyond_the_edge_of_a_phone(person, visit, filled, people):
    page = visit(getattr(people, person), PHONE)
    wide = {}
    for path in PAGES[person]:
        page.goto(path.format(**filled))
        width = page.evaluate("() => document.documentElement.scrollWidth")
        if width > PHONE[0]:
            wide[path] = width

    assert wide == {}
