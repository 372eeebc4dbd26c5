"""load_scale at a tiny size: right codes, right numbers, clocks where they stand."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import F
from django.test import override_settings
from django.utils import timezone
from stdnum.cn import uscc

from accounts.models import User
from attachments.models import Attachment
from config.scale import evidence
from deadlines.models import Deadline
from enterprises.models import Enterprise
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from inspections.doubts.reasons import reason_of
from inspections.models import (
    Answer,
    CheckItem,
    Checklist,
    Doubt,
    Finding,
    PatrolStop,
    SelfCheckList,
    Standing,
    Visit,
)
from regions.models import Grid


def load(size: str = "district", **numbers: int) -> str:
    """Load and return what was said."""
    out = StringIO()
    call_command("load_scale", size, stdout=out, **numbers)
    return out.getvalue()


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A few hundred enterprises and a few thousand hazards, rolled back after the last test of this file."""
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        yield load(enterprises=400, hazards=6000, visits=2000)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(filled, db) -> str:
    """What was said while the rows were written."""
    return filled


def test_numbers_are_those_asked_for(loaded):
    assert (Enterprise.objects.count(), Hazard.objects.count(), Grid.objects.count()) == (400, 6000, 1522)
    assert "hazards" in loaded


def test_every_code_has_right_check_digits_and_every_number_is_its_own(loaded):
    assert all(uscc.is_valid(code) for code in Enterprise.objects.values_list("uscc", flat=True))
    assert Hazard.objects.values("number").distinct().count() == 6000


def test_what_doubts_rest_on_is_written_beside(loaded):
    made = evidence.load(timezone.now())

    assert made == sum(model.objects.count() for model in (Answer, Attachment, Finding))
    checks = Visit.objects.finished().filter(kind="self_check", answers__isnull=False).distinct()
    assert all(visit.answers.count() == visit.item_count for visit in checks[:20])
    assert set(Attachment.objects.values_list("purpose", flat=True)) == {"before", "after"}


def test_enterprises_stand_in_grids_of_their_villages(loaded):
    for enterprise in Enterprise.objects.exclude(grid=None):
        assert enterprise.grid_id.startswith(enterprise.region_id)


def test_every_check_item_has_its_law_and_stands_in_a_checklist_in_use(loaded):
    made = CheckItem.objects.in_library().filter(code__startswith="SCALE-")

    assert made.count() == 2000
    assert not made.exclude(references__role="basis").exists()
    assert not made.exclude(editions__state="published").exists()
    assert Checklist.objects.filter(code__startswith="scale-").count() == 7


def test_visits_of_three_years_lie_with_their_enterprise_and_most_are_finished(loaded):
    assert Visit.objects.count() == 2000
    assert Visit.objects.filter(state="finished").count() > 1900
    assert not Visit.objects.exclude(region_id=F("enterprise__region_id")).exists()
    assert not Visit.objects.filter(state="finished", finished_at=None).exists()
    assert {"self_check", "inspection", "grid_patrol"} <= set(Visit.objects.values_list("kind", flat=True))


def test_lists_stops_and_doubts_go_with_the_visits_and_every_enterprise_is_rated(loaded):
    assert SelfCheckList.objects.count() == 200
    assert SelfCheckList.objects.filter(state="accepted", next_check_on__isnull=False).count() > 150
    assert PatrolStop.objects.exists()
    assert not PatrolStop.objects.exclude(route__grid=F("enterprise__grid")).exists()
    assert Standing.objects.count() == Enterprise.objects.active().count()
    for doubt in Doubt.objects.all():
        assert "%(" not in reason_of(doubt)


def test_two_in_a_hundred_are_open_and_every_county_has_some(loaded):
    assert 40 < Hazard.objects.open().count() < 300
    assert len(Counter(Hazard.objects.values_list("county_code", flat=True))) >= 5


def test_every_open_hazard_has_the_clock_of_its_state_and_no_closed_one_has_any(loaded):
    for hazard in Hazard.objects.open():
        rules = set(Deadline.objects.of(hazard).values_list("rule", flat=True))
        assert HAZARD.state(hazard.state).deadline in rules
    assert (
        Deadline.objects.filter(target_id__in=Hazard.objects.filter(state="closed").values("pk")).count() == 0
    )


def test_the_clocks_go_on_where_they_stand(loaded):
    for deadline in Deadline.objects.filter(next_at__isnull=False):
        assert datetime.fromisoformat(deadline.steps[deadline.step]["at"]) == deadline.next_at
        assert deadline.step < len(deadline.steps)


def test_the_bench_sees_its_county_and_the_city_everything(loaded):
    bench, city = User.objects.get(username="bench"), User.objects.get(username="bench-city")
    county = bench.posts[0].region_id
    assert set(Hazard.objects.visible_to(bench).values_list("county_code", flat=True)) == {county}
    assert Hazard.objects.visible_to(city).count() == 6000


def test_a_database_that_holds_something_is_refused(loaded):
    with pytest.raises(CommandError, match="not empty"):
        load(enterprises=5, hazards=5)
