"""A page asks the database as often for thirty rows as for one, and no more often than is written down.

`UPDATE=1 make test app=matrix` writes the numbers anew; they are read in review.
"""

import json
import os
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
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

pytestmark = pytest.mark.django_db

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
    "inbox:home?part=numbers": "town",
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
    "enterprises:detail?part=below": "town",
    "enterprises:detail?whole=shown": "town",
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
# Pages of one record, which is the world's.
KEYED = {
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
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# The page of one file holds all that every part of the product knows about it.
FILE_BUDGET = 25


def asked(browser, url: str) -> int:
    """Return how many questions the page asks, once the process is warm."""
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
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


def address(world, name: str) -> str:
    """Return where a page stands; a part of a page is a page of its own."""
    name, _mark, query = name.partition("?")
    own = world.address()
    values = own.get(name, own.get(name.partition(":")[0], {}))
    given = LEDGER_PARTS.get(name, ("pk",) if name in KEYED else ())
    url = reverse(name, kwargs={part: values[part] for part in given})
    return url + ("?q=砚池" if name == "listings:search" else f"?{query}")


def counted(scene) -> dict[str, int]:
    """Return how many questions each page asks, everybody in a browser of their own."""
    browsers: dict[str, Client] = {}
    for person in set(PAGES.values()):
        browsers[person] = Client()
        browsers[person].force_login(getattr(scene.people, person), backend=BACKEND)
    return {name: asked(browsers[person], address(scene.world, name)) for name, person in PAGES.items()}


@pytest.fixture(scope="module")
def counts(laid, django_db_blocker):
    """The numbers for one row and those for thirty: all pages of a world that is filled once, and emptied again."""
    with transaction.atomic():
        for_one = counted(laid)
        fill(laid.people, deepcopy(laid.world))
        for_many = counted(laid)
        transaction.set_rollback(True)
    if os.environ.get("UPDATE"):
        PINNED.write_text(json.dumps(dict(sorted(for_many.items())), indent=2) + "\n")
    return for_one, for_many


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_asks_as_often_for_thirty_rows_as_for_one(name, counts):
    for_one, for_many = counts

    assert for_many[name] <= for_one[name]
    assert name.partition("?")[0] not in LISTS or for_many[name] <= LIST_BUDGET
    assert for_many[name] <= FILE_BUDGET
    assert for_many[name] == json.loads(PINNED.read_text()).get(name), "UPDATE=1 writes a new number"
