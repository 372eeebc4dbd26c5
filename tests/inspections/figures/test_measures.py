"""Each figure about inspections on the home page counts exactly the rows that its list shows."""

from datetime import timedelta

import pytest
import time_machine

from inspections import services
from inspections.doubts.services import find_doubts
from inspections.figures.measures import MEASURES
from inspections.figures.months import count_conduct
from inspections.models import SelfCheckList
from listings.measures import split
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import standing as hazard
from tests.factories.inspections import finished, patrolled
from tests.factories.self_checks import accepted
from tests.hazards.test_measures import rows_of_list
from tests.people import AT

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=18)


@pytest.fixture
def at_work(people, enterprise, other_enterprise):
    """Lists at every stage, visits of this month, copied words: in two counties and two trades."""
    make_enterprise("370523102001")
    make_enterprise(operating_status="suspended_self", stop_checked_until=NOW.date() + timedelta(days=60))
    accepted(people, enterprise)
    SelfCheckList.objects.create(
        enterprise=make_enterprise(),
        number=1,
        cycle_days=30,
        state="submitted",
        state_since=AT,
        version=1,
        created_at=AT,
    )
    finished(people, enterprise)
    services.finish_visit(patrolled(people, enterprise), outcome="nothing", by=people.grid, at=AT)
    for day in (1, 8, 15):
        hazard(enterprise, found_at=AT + timedelta(days=day))
        hazard(other_enterprise, found_at=AT + timedelta(days=day))
    find_doubts(at=NOW)
    count_conduct(at=NOW)
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("who", ["city", "county", "town", "other_county", "dept"])
def test_every_measure_and_every_part_of_it_opens_its_own_rows(at_work, people, who):
    user = getattr(people, who)
    for measure in MEASURES:
        assert measure.value(user, NOW) == rows_of_list(measure.url(), user).count(), measure.code
        for way in measure.breakdowns:
            for share in split(measure, way.code, user, NOW):
                assert share.count == rows_of_list(share.url, user).count(), share.url


def test_none_of_them_is_empty_by_accident(at_work, people):
    counted = {measure.code.partition(".")[2]: measure.value(people.city, NOW) for measure in MEASURES}

    shown = ("owing", "without_list", "not_accepted", "fourth_tier", "visits", "backfilled", "doubts")
    assert [code for code in shown if not counted[code]] == []
