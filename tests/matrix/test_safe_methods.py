"""Looking changes nothing: no GET writes a row, at any address, in any state."""

import pytest
from django.db import connection
from django.urls import reverse

from inspections.models import SelfCheckList
from lifecycle import registry
from tests.matrix.addresses import addressed

# A session is kept alive by looking, and an export is put on record.
NOT_LOOKED_AT = {"django_session", "usersessions_usersession"}
# These leave by GET what an administrator must see: a download of recovery codes.
BY_HAND = [
    (table, verb)
    for table in registry.tables()
    if table.app_label != "lamps"
    for verb in table.verbs
    if not verb.by_clock and not verb.makes
]


# The database counts by itself what a transaction writes, even what it takes back; the test is one transaction.
WRITTEN = """
SELECT relname,
       pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)
  FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
"""


def snapshot() -> dict[str, int]:
    """Return for each table how many rows were written, changed or deleted so far."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return {table: count for table, count in cursor.fetchall() if table not in NOT_LOOKED_AT}


def test_a_write_is_seen(enterprise):
    before = snapshot()
    type(enterprise).objects.filter(pk=enterprise.pk).update(version=9)
    after = snapshot()
    assert {table for table in after if after[table] != before[table]} >= {"enterprises_enterprise"}


@pytest.mark.parametrize("person", ["town", "county", "enterprise", "admin", "grid"])
def test_looking_at_every_address_writes_nothing(person, world, people, sign_in):
    browser = sign_in(getattr(people, person))
    changed = {}
    for name, url in addressed(world).items():
        if url is None:
            continue
        before = snapshot()
        browser.get(url)
        if (after := snapshot()) != before:
            changed[name] = {table for table in after if after[table] != before.get(table)}

    assert changed == {}


@pytest.mark.parametrize(("table", "verb"), BY_HAND, ids=[verb.name for _table, verb in BY_HAND])
def test_looking_at_the_page_of_a_verb_writes_nothing_in_any_state(table, verb, world, people, sign_in):
    record = next(each for each in vars(world).values() if type(each)._meta.label == table.model)
    # Of some records, as of self-check lists, only one of an enterprise may be in a state.
    SelfCheckList.objects.filter(pk=world.list_in_use.pk).update(state="superseded")
    for person in (people.county, people.enterprise):
        browser = sign_in(person)
        for state in table.states:
            type(record).objects.filter(pk=record.pk).update(**{record.state_field: state.code})
            before = snapshot()
            browser.get(reverse(f"{table.app_label}:{verb.name}", args=[record.pk]))
            assert snapshot() == before
