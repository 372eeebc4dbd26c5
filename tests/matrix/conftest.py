"""The world of the matrix tests, made once for all tests of a module: to make it takes longer than to ask most pages."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from enterprises.models import Enterprise
from tests.matrix.world import World, make_world
from tests.people import People
from tests.standing import standing


@dataclass(frozen=True)
class Scene:
    """The standing people, their enterprises, and one record of every kind."""

    enterprise: Enterprise
    other_enterprise: Enterprise
    people: People
    world: World


@pytest.fixture(scope="module")
def laid(request, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Scene]:
    """The scene in a transaction that outlives the tests: each of them works in a savepoint of it."""
    request.module.is_laid = True
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("world"))
    lasting = transaction.atomic()
    # As the transactions of Django's own test cases: what must be outermost may run inside it.
    lasting._from_testcase = True
    with django_db_blocker.unblock(), files, lasting:
        yield lay()
        transaction.set_rollback(True)


def lay() -> Scene:
    """Put the standing rows back, and make one record of every kind."""
    rows = standing()
    rows.places.put_back()
    enterprise, other = rows.enterprise.put_back(), rows.other_enterprise.put_back()
    people = rows.people.put_back()
    return Scene(enterprise, other, people, make_world(people, enterprise))


@pytest.fixture
def scene(laid, db) -> Scene:
    """A copy for this test, which may change it."""
    return deepcopy(laid)


@pytest.fixture
def world(scene) -> World:
    """One record of every kind."""
    return scene.world


def beside(request: pytest.FixtureRequest, name: str) -> Any:
    """Return what stands in the world, where one stands or is asked for; else what every other test is given."""
    if "world" not in request.fixturenames and not getattr(request.module, "is_laid", False):
        return request.getfixturevalue(name)
    return getattr(request.getfixturevalue("scene"), name, None)


@pytest.fixture
def places(db, request) -> None:
    """The divisions; in the world they stand already."""
    beside(request, "places")


@pytest.fixture
def enterprise(db, request) -> Enterprise:
    """The enterprise in Dawang."""
    return beside(request, "enterprise")


@pytest.fixture
def other_enterprise(db, request) -> Enterprise:
    """The chemical enterprise in another county."""
    return beside(request, "other_enterprise")


@pytest.fixture
def people(db, request) -> People:
    """Everybody."""
    return beside(request, "people")
