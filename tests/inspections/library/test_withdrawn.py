"""A checklist withdrawn, or an item retired, while somebody stands on site with it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from inspections import services as verbs
from inspections.library.selectors import editions_for
from inspections.models import Answer, CheckItem
from tests.factories.inspections import confirm_facts, planned, ready, sign_all, under_way
from tests.factories.library import items_of, publish, published, reword
from tests.people import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def withdraw(edition, people):
    return verbs.withdraw_edition(edition, reason="标准已经废止", by=people.legal, at=AT)


def test_a_visit_that_began_with_it_finds_answers_and_ends_with_it(people, enterprise):
    edition = published(people, items=2)
    first, second = items_of(edition)
    visit = under_way(people, enterprise, edition)
    withdraw(edition, people)

    verbs.answer(visit, first.pk, result="pass", by=people.officer, at=AT)
    verbs.find_hazard(visit, item=second, facts={"place": "仓库"}, by=people.officer, at=AT)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)
    done = verbs.finish_visit(visit, outcome="found", by=people.officer, at=LATER)

    assert (done.item_count, done.failed_count, done.hazard_count) == (2, 1, 1)
    assert Answer.objects.exclude(result="not_checked").count() == 2


def test_its_sheet_still_shows_what_it_asked(people, enterprise, sign_in):
    edition = published(people, items=1)
    (old,) = items_of(edition)
    visit = under_way(people, enterprise, edition)
    following = verbs.draft_edition(edition.checklist, by=people.city, at=AT)
    reword(following, old, people, content="换了说法的一项")
    publish(following, people)

    page = sign_in(people.officer).get(reverse("inspections:check", args=[visit.pk])).content.decode()

    assert old.content in page
    assert "换了说法的一项" not in page


def test_a_planned_visit_keeps_the_edition_with_which_it_was_planned(people, enterprise):
    edition = published(people, items=2)
    visit = planned(people, enterprise, edition)
    withdraw(edition, people)

    assert verbs.start_visit(visit, by=people.officer, at=AT).item_count == 2


def test_no_new_visit_begins_with_it(people, enterprise):
    edition = withdraw(published(people), people)

    with pytest.raises(ValidationError, match="is not in use"):
        planned(people, enterprise, edition)
    assert edition not in editions_for(enterprise, AT.date())


def test_what_was_finished_with_it_reads_as_it_did(people, enterprise):
    edition = published(people, items=1)
    visit = ready(people, enterprise, edition)
    verbs.finish_visit(visit, outcome="nothing", by=people.officer, at=LATER)
    asked = items_of(edition)[0].content
    withdraw(edition, people)

    assert [answer.item.content for answer in visit.answers.all()] == [asked]


def test_its_items_stay_in_the_library_until_they_are_replaced(people):
    edition = withdraw(published(people, items=2), people)

    assert set(CheckItem.objects.in_library()) == set(items_of(edition))
