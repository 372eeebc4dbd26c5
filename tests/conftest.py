"""Fixtures that every test may ask for: the people, their enterprises, the moment."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from enterprises.models import Enterprise
from rulebook.models import Parameter
from tests.emptying import leave_the_ground
from tests.people import AT, People
from tests.staging import STAGE, Stage, lasting, put_up
from tests.standing import standing

JOURNEYS = Path(__file__).parent / "journeys"


@pytest.fixture
def at() -> datetime:
    """The moment at which the tests take place: Tuesday, 10 March 2026, ten in the morning."""
    return AT


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The law and the calendar stand in every test database, as they do in every installation."""
    with django_db_blocker.unblock():
        load_law()
        standing()
        leave_the_ground()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the journeys, the longest of all: at the end nobody waits for a worker that is on one."""
    items.sort(key=lambda item: JOURNEYS not in item.path.parents)


def load_law() -> None:
    """Load the rulebook and the working days, where the database is no copy of a template that holds them."""
    if not Parameter.objects.exists():
        call_command("load_rulebook", verbosity=0)
        call_command("load_working_days", verbosity=0)


@pytest.fixture(scope="module")
def stage(request, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Stage]:
    """The people and enterprises once for all tests of a module, to which its own fixtures add what they share."""
    with django_db_blocker.unblock(), lasting(tmp_path_factory.mktemp("stage")):
        request.node.stash[STAGE] = put_up()
        yield request.node.stash[STAGE]


@pytest.fixture
def on_stage(request, db) -> Stage | None:
    """This test's copy of what stands for its whole module, if anything does; the test may change it."""
    return deepcopy(request.node.getparent(pytest.Module).stash.get(STAGE, None))


@pytest.fixture
def places(on_stage) -> None:
    """The divisions of a small Dongying."""
    if on_stage is None:
        standing().places.put_back()


@pytest.fixture
def enterprise(on_stage, places) -> Enterprise:
    """The enterprise in Dawang where `people.enterprise` is safety officer."""
    return on_stage.enterprise if on_stage else standing().enterprise.put_back()


@pytest.fixture
def other_enterprise(on_stage, places) -> Enterprise:
    """A chemical enterprise in another county."""
    return on_stage.other_enterprise if on_stage else standing().other_enterprise.put_back()


@pytest.fixture
def people(on_stage, enterprise, other_enterprise) -> People:
    """Everybody."""
    return on_stage.people if on_stage else standing().people.put_back()


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """Return a browser in which the person is signed in."""

    def _sign_in(user: User) -> Client:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _sign_in
