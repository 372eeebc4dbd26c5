"""Every address × every person: what each is answered stands in a table, and nothing is missing from it."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.matrix.access import ACCESS
from tests.matrix.addresses import addressed, patterns
from tests.matrix.answers import EVERYBODY, SIGN_IN, VISITOR

# What the administrators' pages hold, and which of the three keepers may look at it.
ADMIN_ONLY = {"admin", "security", "auditor"}
# They lead on to a page that asks to sign in.
LEADS_ON = {"mfa_index"}


def test_every_address_has_an_entry_and_every_entry_an_address():
    known = {name for name, _pattern in patterns()}

    assert known - set(ACCESS) == set(), "say in tests/matrix/access.py who gets what at these addresses"
    assert set(ACCESS) - known == set()


def test_every_address_can_be_asked(world):
    assert [name for name, url in addressed(world).items() if url is None] == []


def asked(world) -> list[tuple[str, str]]:
    """Return the addresses that can be asked; the test above says which cannot."""
    return [(name, url) for name, url in addressed(world).items() if url]


@pytest.mark.parametrize("person", [*sorted(EVERYBODY), VISITOR])
def test_each_person_is_answered_as_the_table_says(person, world, people, client):
    if person != VISITOR:
        client.force_login(
            getattr(people, person), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    wrong = {}
    for name, url in asked(world):
        with transaction.atomic():
            answer = client.get(url)
            transaction.set_rollback(True)
        owed = ACCESS[name].of(person) if name in ACCESS else None
        if answer.status_code != owed:
            wrong[name] = (answer.status_code, "and not", owed)
        elif (
            person == VISITOR
            and name not in LEADS_ON
            and answer.status_code == SIGN_IN
            and reverse("account_login") not in answer.url
        ):
            wrong[name] = answer.url

    assert wrong == {}


@pytest.mark.parametrize("person", sorted(EVERYBODY))
def test_the_administration_opens_for_its_keepers_alone(person, people, sign_in):
    answer = sign_in(getattr(people, person)).get(reverse("admin:index"))

    assert answer.status_code == (200 if person in {*ADMIN_ONLY, "legal"} else 302)


def test_another_region_s_id_is_not_found_at_any_address(world, people, sign_in):
    browser = sign_in(people.other_county)
    about_the_record = [
        url for name, url in asked(world) if f"/{world.hazard.pk}/" in url and name.startswith("hazards:")
    ]

    for url in about_the_record:
        assert browser.post(url, {"reason": "x", "version": "1"}).status_code in {404, 405}
