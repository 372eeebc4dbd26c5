"""Every table of states: complete, matched by permissions, addresses and services, and kept in every state."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import resolve, reverse

from accounts.grants import granted_roles
from accounts.services import may
from deadlines import rules
from inspections.doubts.services import raise_doubt
from lifecycle import registry
from lifecycle.refusals import NotPermitted, Refusal, VerbRefused, WrongState
from lifecycle.services import check
from tests.factories.exchange import make_registration
from tests.factories.hazards import reported
from tests.factories.inspections import planned
from tests.factories.library import draft
from tests.factories.life import offered_to_guangrao
from tests.factories.self_checks import composed
from tests.factories.sources import make_copy, recorded
from tests.factories.supervision import ordered
from tests.factories.truth import make_change_request, make_conflict
from tests.matrix.of_figures import copied
from tests.people import AT

# The lamps are a table of the tests themselves.
TABLES = [table for table in registry.tables() if table.app_label != "lamps"]
VERBS = [(table, verb) for table in TABLES for verb in table.verbs]
BY_HAND = [(table, verb) for table, verb in VERBS if not verb.by_clock and not verb.makes]
# How a record of each table is made; a table without an entry fails.
SUBJECTS = {
    "enterprises.enterprise": lambda people, enterprise: enterprise,
    "enterprises.transfer": lambda people, enterprise: offered_to_guangrao(people),
    "enterprises.source": lambda people, enterprise: recorded(enterprise, people.enterprise),
    "enterprises.source_copy": lambda people, enterprise: make_copy(),
    "enterprises.registration": lambda people, enterprise: make_registration(enterprise, people),
    "enterprises.change_request": lambda people, enterprise: make_change_request(
        enterprise, people.enterprise
    ),
    "enterprises.conflict": lambda people, enterprise: make_conflict(enterprise, people.officer),
    "inspections.doubt": lambda people, enterprise: raise_doubt("copied_text", copied(enterprise, []), at=AT),
    "inspections.order": lambda people, enterprise: ordered(people),
    "inspections.visit": lambda people, enterprise: planned(people, enterprise),
    "hazards.hazard": lambda people, enterprise: reported(enterprise, people.town, source="inspection"),
    "inspections.self_check_list": lambda people, enterprise: composed(people, enterprise),
    "inspections.edition": lambda people, enterprise: draft(people),
}


def named(cases):
    return [f"{table.name}-{thing.name if hasattr(thing, 'name') else thing.code}" for table, thing in cases]


def each(cases):
    return pytest.mark.parametrize(("table", "verb"), cases, ids=named(cases))


def test_every_table_says_how_a_record_of_it_is_made():
    assert [table.name for table in TABLES if table.name not in SUBJECTS] == []


def test_every_open_state_names_its_deadline_or_none_on_purpose():
    forgotten = [
        f"{table.name}.{state.code}"
        for table in TABLES
        for state in table.states
        if not state.terminal
        and (state.deadline == "" or state.deadline and state.deadline not in rules.registry.rules)
    ]

    assert forgotten == []


@each(BY_HAND)
def test_a_verb_has_somebody_who_may_take_it(table, verb):
    assert granted_roles().get(table.permission(verb))


@each(BY_HAND)
def test_a_verb_has_a_page_of_its_own_name(table, verb):
    match = resolve(reverse(f"{table.app_label}:{verb.name}", args=[1]))

    assert match.func.__name__ == verb.name


@each(BY_HAND)
def test_a_verb_has_a_service_that_is_told_who_and_when(table, verb):
    service = getattr(import_module(f"{table.app_label}.services"), verb.name)

    parameters = inspect.signature(service).parameters
    assert {parameters["by"].kind, parameters["at"].kind} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_permission_of_the_app_is_used(table):
    permissions = import_module(f"{table.app_label}.permissions")
    known = {table.permission(verb) for table, verb in VERBS}
    beside = {permission for permission in permissions.GRANTS if permission not in known}

    assert {permission for permission in beside if not is_named(table.app_label, permission)} == set()


def is_named(app: str, permission: str) -> bool:
    """Say whether the app's own code asks for the permission."""
    folder = Path(import_module(app).__file__).parent
    return any(f'"{permission}"' in source for source in sources_of(folder))


def sources_of(folder: Path):
    """Give the app's code without the list of permissions itself and without migrations."""
    return (
        path.read_text()
        for path in folder.rglob("*.py")
        if path.stem != "permissions" and path.parent.name != "migrations"
    )


@pytest.fixture
def record(request, people, enterprise):
    """A record of the table in question."""
    return SUBJECTS[request.getfixturevalue("table").name](people, enterprise)


def somebody(people, table, verb, record):
    """Return a person who may take the verb on the record."""
    return next(person for person in vars(people).values() if may(person, table.permission(verb), record))


@each(BY_HAND)
def test_a_verb_is_taken_in_its_own_states_and_refused_in_every_other(table, verb, record, people, at):
    actor = somebody(people, table, verb, record)
    for state in table.states:
        record.state = state.code
        answer = asked(table, verb, record, actor, at)
        if state.code in verb.sources:
            assert not isinstance(answer, WrongState | NotPermitted), f"{verb.name} in {state.code}"
        else:
            assert isinstance(answer, VerbRefused), f"{verb.name} in {state.code}"
            assert str(answer)


@each(BY_HAND)
def test_a_guard_that_refuses_says_what_is_missing(table, verb, record, people, at):
    actor = somebody(people, table, verb, record)
    for code in verb.sources:
        record.state = code
        refusal = verb.refusal(record, actor, at)
        assert refusal is None or isinstance(refusal, Refusal) and str(refusal.missing)


@each(BY_HAND)
def test_whoever_may_not_take_a_verb_is_refused_in_every_state(table, verb, record, people, at):
    strangers = [
        person for person in vars(people).values() if not may(person, table.permission(verb), record)
    ]
    assert people.other_county in strangers
    for code in verb.sources:
        record.state = code
        for person in strangers:
            with pytest.raises(NotPermitted):
                check(table, verb, record, by=person, at=at)


@each(BY_HAND)
def test_a_verb_s_form_opens_in_its_states(table, verb, record, people, sign_in):
    browser = sign_in(somebody(people, table, verb, record))
    for code in verb.sources:
        with transaction.atomic():
            type(record)._default_manager.filter(pk=record.pk).update(**{record.state_field: code})
            answer = browser.get(reverse(f"{table.app_label}:{verb.name}", args=[record.pk]))
            transaction.set_rollback(True)
        assert (answer.status_code, "form" in answer.context) == (200, True)


def asked(table, verb, record, actor, at):
    """Return what stands against the verb, or None."""
    try:
        check(table, verb, record, by=actor, at=at)
    except VerbRefused as refused:
        return refused
    return None
