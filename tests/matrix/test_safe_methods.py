"""Looking changes nothing: no GET writes a row, at any address, in any state."""

import pytest
from django.apps import apps
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


def snapshot() -> dict[str, tuple[int, int]]:
    """Return for each table how many rows it has and when they were written."""
    names = sorted(
        {model._meta.db_table for model in apps.get_models(include_auto_created=True) if managed(model)}
    )
    parts = [
        f"SELECT '{name}', count(*), coalesce(sum(xmin::text::bigint), 0) FROM \"{name}\"" for name in names
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {name: (count, written) for name, count, written in cursor.fetchall()}


def managed(model) -> bool:
    meta = model._meta
    return meta.managed and not meta.proxy and meta.db_table not in NOT_LOOKED_AT


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
    for state in table.states:
        type(record).objects.filter(pk=record.pk).update(**{record.state_field: state.code})
        for person in (people.county, people.enterprise):
            browser = sign_in(person)
            before = snapshot()
            browser.get(reverse(f"{table.app_label}:{verb.name}", args=[record.pk]))
            assert snapshot() == before
