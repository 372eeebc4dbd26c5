"""Which checklists are proposed to an enterprise."""

from datetime import timedelta

import pytest

from inspections import services as verbs
from inspections.library.selectors import editions_for, editions_on
from tests.factories.library import draft, publish, published


def codes(rows) -> list[str]:
    return [edition.checklist.code for edition in rows]


@pytest.fixture
def today(at):
    return at.date()


def test_a_checklist_without_conditions_fits_everybody(people, enterprise, other_enterprise, today):
    published(people, code="all")

    assert codes(editions_for(enterprise, today)) == codes(editions_for(other_enterprise, today)) == ["all"]


def test_a_checklist_of_an_industry_fits_that_industry(people, enterprise, other_enterprise, today):
    published(people, code="chem", categories=["hazchem", "fireworks"])

    assert codes(editions_for(other_enterprise, today)) == ["chem"]
    assert codes(editions_for(enterprise, today)) == []


def test_a_sub_category_narrows_it(people, other_enterprise, today):
    published(people, code="station", categories=["hazchem"], sub_categories=["加油站"])
    assert codes(editions_for(other_enterprise, today)) == []

    other_enterprise.sub_category = "加油站"
    assert codes(editions_for(other_enterprise, today)) == ["station"]


def test_a_risk_is_asked_for_where_the_enterprise_has_it(people, enterprise, today):
    published(people, code="dust", categories=["industry_trade"], risk_tags=["dust", "spraying"])
    assert codes(editions_for(enterprise, today)) == []

    enterprise.risk_tags = ["crowded", "dust"]
    assert codes(editions_for(enterprise, today)) == ["dust"]


def test_a_checklist_for_government_is_never_proposed_to_an_enterprise(people, enterprise, today):
    published(people, code="towns", purpose="government")

    assert codes(editions_for(enterprise, today)) == []
    assert codes(editions_on(today, "government")) == ["towns"]


def test_a_draft_is_not_proposed(people, enterprise, today):
    draft(people)

    assert codes(editions_for(enterprise, today)) == []


def test_each_day_has_the_edition_of_that_day(people, enterprise, at, today):
    first = published(people)
    second = verbs.draft_edition(first.checklist, by=people.city, at=at)
    publish(second, people, at=at + timedelta(days=10))

    numbers = {
        day: [each.number for each in editions_for(enterprise, today + timedelta(days=day))]
        for day in (-1, 0, 9, 10)
    }
    assert numbers == {-1: [], 0: [1], 9: [1], 10: [2]}


def test_a_withdrawn_edition_is_no_longer_proposed(people, enterprise, at, today):
    edition = published(people)
    verbs.withdraw_edition(edition, reason="不再使用", by=people.legal, at=at + timedelta(days=1))

    assert codes(editions_for(enterprise, today)) == [edition.checklist.code]
    assert codes(editions_for(enterprise, today + timedelta(days=1))) == []
