"""A page asks the database as often for thirty rows as for one, and no more often than is written down.

`UPDATE=1 make test app=matrix` writes the numbers anew; they are read in review.
"""

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enterprises.models import ChangeRequest
from hazards import services
from tests.factories.enterprises import make_enterprise
from tests.factories.hazards import reported
from tests.factories.inbox import make_delivery, make_message
from tests.factories.inspections import patrolled
from tests.factories.ledgers import make_row
from tests.factories.life import offered
from tests.factories.sources import recorded
from tests.factories.truth import make_conflict
from tests.matrix import of_figures, of_library, of_self_checks, of_supervision
from tests.people import AT

PINNED = Path(__file__).with_name("query_counts.json")
MANY = 30
LIST_BUDGET = 12
PAGES = {
    **of_self_checks.PAGES,
    **of_figures.PAGES,
    "inspections:visits": "town",
    "inspections:visit": "county",
    "inspections:check": "officer",
    "inspections:orders": "county",
    "inspections:order": "town",
    "hazards:listings": "county",
    "hazards:major_ledger": "county",
    "inbox:home": "town",
    "enterprises:list": "town",
    "enterprises:map": "town",
    "enterprises:registrations": "town",
    "enterprises:ledger": "town",
    "enterprises:ledger_list": "town",
    "hazards:list": "town",
    "inbox:messages": "town",
    "inbox:sms_log": "county",
    "listings:search": "town",
    "analytics:overview": "county",
    "rulebook:index": "town",
    "rulebook:numbers": "town",
    "hazards:detail": "town",
    "enterprises:detail": "town",
    "enterprises:sources": "county",
    "enterprises:source": "county",
    "enterprises:quality_of": "town",
    "enterprises:quality": "town",
    "enterprises:quality_districts": "county",
    "enterprises:changes": "town",
    "enterprises:conflicts": "town",
    "enterprises:transfers": "county",
    "hazards:report": "enterprise",
    "hazards:accept_report": "town",
    "paperwork:document": "town",
    "inspections:library": "town",
    "inspections:checklists": "town",
    "inspections:checklist": "city",
    "inspections:edition": "town",
    "inspections:item": "town",
    "inspections:reference_reviews": "city",
    "rulebook:article": "town",
}
LISTS = {
    "inspections:orders",
    "hazards:listings",
    "hazards:major_ledger",
    *of_self_checks.LISTS,
    *of_figures.LISTS,
    "inspections:visits",
    "inbox:home",
    "enterprises:sources",
    "enterprises:list",
    "enterprises:map",
    "enterprises:registrations",
    "enterprises:ledger",
    "enterprises:ledger_list",
    "hazards:list",
    "inbox:messages",
    "inbox:sms_log",
    "enterprises:quality",
    "enterprises:changes",
    "enterprises:conflicts",
    "enterprises:transfers",
    "inspections:library",
    "inspections:checklists",
    "inspections:reference_reviews",
}
# What an address of a ledger is asked with.
LEDGER_PARTS = {
    "enterprises:ledger": ("pk", "code"),
    "enterprises:ledger_list": ("code",),
    "rulebook:article": ("short_id", "key"),
}
# The page of one file holds all that every part of the product knows about it.
FILE_BUDGET = 25


@pytest.fixture(scope="module")
def counts():
    """The numbers that were written down, and those of this run."""
    found: dict[str, int] = {}
    yield found
    if os.environ.get("UPDATE") and len(found) == len(PAGES):
        PINNED.write_text(json.dumps(dict(sorted(found.items())), indent=2) + "\n")


def asked(browser, url: str) -> int:
    """Return how many questions the page asks, once the process is warm."""
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = browser.get(url)
    assert answer.status_code == 200
    return len([query for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def ask_by_hand(enterprise, by) -> None:
    """Let an enterprise ask for another name, in whose name nobody has an account."""
    ChangeRequest.objects.create(
        enterprise=enterprise,
        before={"name": enterprise.name},
        after={"name": "广饶听松木业有限公司"},
        asked_by=by,
        asked_at=AT,
        state="submitted",
        state_since=AT,
    )


def fill(people, world) -> None:
    """Put thirty rows where there was one."""
    for serial in range(MANY):
        enterprise = make_enterprise(name=f"广饶砚池木业第{serial}分公司")
        hazard = reported(enterprise, people.town, source="inspection")
        recorded(enterprise, people.county)
        services.urge(hazard, by=people.town, at=world.hazard.reported_at)
        reported(world.enterprise, people.town, source="inspection", description=f"积尘{serial}")
        make_conflict(enterprise, people.officer)
        make_conflict(world.enterprise, people.officer, seen=f"大王镇潍高路{serial}号")
        ask_by_hand(enterprise, people.enterprise)
        offered(people, enterprise)
        make_row("drills", enterprise)
        make_row("drills", world.enterprise, topic=f"演练{serial}")
        make_message(people.town)
        make_delivery()
        patrolled(people, world.enterprise)
    of_library.fill(people, world.edition, world.review, MANY)
    of_self_checks.fill(world, people, MANY)
    of_figures.fill(world, MANY)
    of_supervision.fill(people, world.enterprise, MANY)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_asks_as_often_for_thirty_rows_as_for_one(name, world, people, sign_in, counts):
    own = world.address()
    values = own.get(name, own.get(name.partition(":")[0], {}))
    needs_pk = name in {
        "hazards:detail",
        "enterprises:detail",
        "enterprises:source",
        "enterprises:quality_of",
        "hazards:accept_report",
        "paperwork:document",
        "inspections:visit",
        "inspections:check",
        *of_supervision.KEYED,
        *of_library.KEYED,
        *of_self_checks.KEYED,
        *of_figures.KEYED,
    }
    given = LEDGER_PARTS.get(name, ("pk",) if needs_pk else ())
    url = reverse(name, kwargs={part: values[part] for part in given})
    url += "?q=砚池" if name == "listings:search" else ""
    browser = sign_in(getattr(people, PAGES[name]))

    for_one = asked(browser, url)
    fill(people, world)
    for_many = asked(browser, url)

    counts[name] = for_many
    assert for_many <= for_one
    assert name not in LISTS or for_many <= LIST_BUDGET
    assert for_many <= FILE_BUDGET
    if not os.environ.get("UPDATE"):
        assert for_many == json.loads(PINNED.read_text()).get(name), "UPDATE=1 writes a new number"
