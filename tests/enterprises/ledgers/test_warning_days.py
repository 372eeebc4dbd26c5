"""How long before its end a paper warns is a number of the rulebook, which a city may set for itself."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from deadlines.services import running
from enterprises.ledgers import find
from enterprises.ledgers.clocks import VALIDITY, start
from enterprises.ledgers.services import add_row
from enterprises.models import Licence
from rulebook.models import Parameter
from rulebook.services import RuleNotFound
from tests.factories.ledgers import facts_of, make_row, papers

LAST_DAY = date(2026, 12, 31)


def licence(enterprise, people, at, **given):
    facts = facts_of(find("licences"), valid_from=date(2024, 1, 1), valid_to=LAST_DAY, **given)
    return add_row(enterprise, find("licences"), facts=facts, by=people.enterprise, at=at)


def warned_on(row):
    """Return the days before the end on which people are warned."""
    steps = running(row, VALIDITY).steps
    return [
        (LAST_DAY - date.fromisoformat(step["at"][:10])).days for step in steps if step["kind"] == "warned"
    ]


def city_rule():
    """The city wants to be warned half a year before."""
    Parameter.objects.create(
        code="LICENCE_WARN_FIRST",
        name="证照到期第一次提醒",
        value="180",
        unit="day",
        jurisdiction="3705",
        basis="东营市规定",
        mark="D",
        effective_from=date(2026, 1, 1),
    )


def test_people_are_warned_ninety_sixty_and_thirty_days_before(people, enterprise, at):
    assert warned_on(licence(enterprise, people, at)) == [90, 60, 30]


def test_a_city_that_set_another_number_is_warned_by_its_own(people, enterprise, at):
    city_rule()

    assert warned_on(licence(enterprise, people, at)) == [180, 60, 30]


def test_clocks_of_a_set_ask_for_the_numbers_once(people, enterprise, at, django_assert_max_num_queries):
    city_rule()
    rows = [
        make_row(
            "licences", enterprise, number=f"鲁{serial}", kind="other", title=f"证{serial}", valid_to=LAST_DAY
        )
        for serial in range(5)
    ]

    with django_assert_max_num_queries(6):
        start([(row, LAST_DAY) for row in rows], at=at)

    assert {tuple(warned_on(row)) for row in rows} == {(180, 60, 30)}


def test_without_a_number_in_the_rulebook_no_clock_is_guessed(people, enterprise, at):
    Parameter.objects.filter(code="LICENCE_WARN_SECOND").update(withdrawn_at=at)

    with pytest.raises(RuleNotFound):
        licence(enterprise, people, at)


def test_the_list_says_ends_soon_by_the_same_number(people, enterprise, sign_in):
    today = timezone.localdate()
    make_row("licences", enterprise, **papers(today - timedelta(days=200), 200 + 120))
    row = Licence.objects.get()
    url = reverse("enterprises:ledger_list", args=["licences"])

    later = sign_in(people.town).get(url, {"ends": "soon"}).content.decode()
    city_rule()
    soon = sign_in(people.town).get(url, {"ends": "soon"}).content.decode()

    assert row.get_absolute_url() in soon
    assert f"{(row.valid_to - today).days}" in soon
    assert row.get_absolute_url() not in later
