"""The administration over tables of millions of rows: nothing that is asked grows with them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import bigtables
from audit.models import Entry
from audit.services import record
from deadlines.models import Deadline, Extension
from tests.factories.inbox import make_delivery

ENTRIES, DEADLINES, DELIVERIES, USERS = (
    "/admin/audit/entry/",
    "/admin/deadlines/deadline/",
    "/admin/inbox/delivery/",
    "/admin/accounts/user/",
)
MANY = 30


def entries(people, world, count):
    Entry.objects.bulk_create(
        [
            Entry(at=world.at, actor=people.town, actor_name="孙晓燕", verb="audit.export")
            for _ in range(count)
        ]
    )


def deadlines(people, world, count):
    Deadline.objects.bulk_create(
        [
            Deadline(
                target_type_id=1,
                target_id=number,
                rule=f"rule{number}",
                started_at=world.at,
                due_at=world.at,
                region_id="370523101",
            )
            for number in range(Deadline.objects.count() + 1, Deadline.objects.count() + 1 + count)
        ]
    )


def deliveries(people, world, count):
    for _ in range(count):
        make_delivery(user=people.town)


LISTS = {ENTRIES: ("auditor", entries), DEADLINES: ("admin", deadlines), DELIVERIES: ("admin", deliveries)}


@pytest.fixture
def ask(client, people):
    """Ask for a page of the administration; return the answer and the statements it took."""

    def _ask(role, address, **query):
        client.force_login(getattr(people, role))
        client.get(address)
        with CaptureQueriesContext(connection) as said:
            answer = client.get(address, query)
        return answer, [one["sql"] for one in said.captured_queries]

    return _ask


@pytest.fixture
def world(at):
    class World:
        """The moment of the tests."""

    World.at = at
    return World


@pytest.mark.parametrize("address", LISTS)
def test_thirty_rows_cost_as_many_questions_as_one(address, ask, people, world):
    role, fill = LISTS[address]
    fill(people, world, 1)
    _answer, few = ask(role, address)
    fill(people, world, MANY - 1)
    answer, many = ask(role, address)
    assert answer.status_code == 200
    assert answer.context["cl"].result_count >= MANY
    assert len(many) == len(few)


@pytest.mark.parametrize("address", LISTS)
def test_nothing_counts_sorts_or_reads_the_whole_table(address, ask, people, world, monkeypatch):
    monkeypatch.setattr(bigtables.BigTable, "list_per_page", 2)
    role, fill = LISTS[address]
    fill(people, world, 3)
    _answer, said = ask(role, address)
    table = re.search(r"/admin/(\w+)/(\w+)/", address)
    about = [sql for sql in said if f'FROM "{table[1]}_{table[2]}"' in sql]
    assert about
    for sql in about:
        assert "LIMIT" in sql
        assert "COUNT(" not in sql
        assert "DISTINCT" not in sql
        assert "ORDER BY" not in sql or re.search(r'ORDER BY "\w+"\."id" DESC', sql)


def test_the_pages_end_at_the_cap(ask, people, world, monkeypatch):
    monkeypatch.setattr(bigtables, "COUNTED", 5)
    entries(people, world, 9)
    answer, _said = ask("auditor", ENTRIES)
    assert answer.context["cl"].result_count == 5


def test_words_are_looked_for_among_the_newest(ask, people, world, monkeypatch, at):
    record(people.town, "audit.export", None, at=at)
    found, _said = ask("auditor", ENTRIES, q="孙晓燕")
    assert found.context["cl"].result_count == 1
    monkeypatch.setattr(bigtables, "SEARCHED", 2)
    record(people.county, "audit.export", None, at=at)
    record(people.county, "audit.export", None, at=at)
    lost, _said = ask("auditor", ENTRIES, q="孙晓燕")
    assert lost.context["cl"].result_count == 0


@pytest.mark.parametrize(
    ("address", "role", "query"),
    [
        (ENTRIES, "auditor", {"verb": "audit.export"}),
        (DEADLINES, "admin", {"rule": "rule1"}),
        (DEADLINES, "admin", {"failed": "yes"}),
        (DELIVERIES, "admin", {"template_code": "testing.reported"}),
        (DELIVERIES, "admin", {"state__exact": "failed"}),
    ],
)
def test_a_filter_keeps_what_fits(address, role, query, ask, people, world):
    _role, fill = LISTS[address]
    fill(people, world, 2)
    everything, _said = ask(role, address)
    kept, _said = ask(role, address, **query)
    rows = list(kept.context["cl"].result_list)
    assert kept.status_code == 200
    assert {row.pk for row in rows} <= {row.pk for row in everything.context["cl"].result_list}
    for row in rows:
        for name, value in query.items():
            assert name == "failed" or getattr(row, name.removesuffix("__exact")) == value


def test_the_history_of_one_deadline_is_read_at_once(ask, people, world, at):
    deadlines(people, world, 1)
    row = Deadline.objects.get()

    def extend():
        Extension.objects.create(
            deadline=row,
            due_before=at,
            due_after=at + timedelta(days=1),
            at=at,
            reason="等待配件",
            by=people.town,
        )

    extend()
    page, few = ask("admin", f"{DEADLINES}{row.pk}/change/")
    for _ in range(5):
        extend()
    _page, many = ask("admin", f"{DEADLINES}{row.pk}/change/")
    assert page.status_code == 200
    assert len(many) == len(few)


@pytest.mark.parametrize("address", [f"{USERS}add/", USERS])
def test_people_are_kept_without_a_list_of_all_organisations_or_places(address, ask, people):
    page, said = ask("admin", address)
    assert page.status_code == 200
    assert not [sql for sql in said if re.match(r'SELECT "(regions_region|accounts_organisation)"', sql)]


def test_posts_are_given_without_a_list_of_all_places(ask, people):
    page, said = ask("security", f"{USERS}{people.town.pk}/change/")
    assert page.status_code == 200
    listed = [sql for sql in said if 'FROM "regions_region"' in sql and "WHERE" not in sql]
    assert not listed
