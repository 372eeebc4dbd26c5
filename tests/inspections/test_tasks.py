"""What the worker is asked to do every night does what its name says, by the clock of the moment."""

from datetime import timedelta

import pytest
import time_machine

from deadlines.models import Deadline
from inspections import tasks
from inspections.models import ConductMonth, Doubt, PatrolStop, ReferenceReview, SelfCheckList
from rulebook.models import Article
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import standing as hazard
from tests.factories.inspections import make_edition
from tests.factories.library import items_of, published
from tests.factories.self_checks import accepted, make_route
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tonight():
    with time_machine.travel(AT + timedelta(days=20), tick=False):
        yield


def test_new_enterprises_join_the_routes(people, enterprise):
    make_route(people)
    make_enterprise(grid_id="370523101001001")

    tasks.lay_patrol_stops()

    assert PatrolStop.objects.count() == 2


def test_lists_without_a_clock_get_theirs(people, enterprise):
    accepted(people, enterprise, editions=[make_edition(1)])
    SelfCheckList.objects.update(next_check_on=None)
    Deadline.objects.filter(rule="inspections.self_check").delete()

    tasks.look_after_self_checks()

    assert SelfCheckList.objects.get().next_check_on is not None


def test_the_months_are_counted(people, enterprise):
    tasks.count_conduct()

    assert ConductMonth.objects.filter(region="370523101", required=1).exists()


def test_doubts_are_raised(people, enterprise):
    for day in (1, 8, 15):
        hazard(enterprise, found_at=AT + timedelta(days=day))

    tasks.find_doubts()

    assert Doubt.objects.get().enterprise == enterprise


def test_references_to_an_article_with_a_new_text_are_listed(people):
    (item,) = items_of(published(people, items=1))
    Article.objects.filter(law=item.references.get().law, number=35).update(
        valid_from=AT.date() + timedelta(days=10)
    )

    tasks.find_new_texts()

    assert ReferenceReview.objects.get().reference.item == item
