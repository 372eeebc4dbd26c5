"""On the page of an enterprise every ledger stands once: with what it holds, or by its name alone."""

import pytest
from django.urls import reverse

from enterprises.ledgers import LEDGERS
from tests.factories.enterprises import make_enterprise
from tests.factories.ledgers import make_row


@pytest.mark.parametrize("category", ["industry_trade", "hazchem"])
def test_each_ledger_is_linked_once_whether_it_is_asked_for_or_not(people, sign_in, category):
    enterprise = make_enterprise(regulatory_category=category)
    make_row("drills", enterprise)

    page = sign_in(people.county).get(enterprise.get_absolute_url()).content.decode()

    found = {
        each.code: page.count(f'"{reverse("enterprises:ledger", args=[enterprise.pk, each.code])}"')
        for each in LEDGERS
    }
    assert found == dict.fromkeys(found, 1)


def test_a_ledger_that_is_not_asked_for_shows_what_was_entered_all_the_same(people, enterprise, sign_in):
    make_row("chemicals", enterprise)
    make_row("chemicals", enterprise, name="丙酮")

    (line,) = sign_in(people.town).get(enterprise.get_absolute_url()).context["other_ledgers"]

    assert "2" in line.value


def test_an_empty_ledger_shows_no_number(people, enterprise, sign_in):
    (line,) = sign_in(people.town).get(enterprise.get_absolute_url()).context["other_ledgers"]

    assert line.value == ""
