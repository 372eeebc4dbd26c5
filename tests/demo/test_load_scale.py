"""load_scale at a tiny size: right codes, right numbers, and tables as they were before."""

from collections import Counter
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from stdnum.cn import uscc

from accounts.models import User
from config.scale.bare import rows
from deadlines.models import Deadline
from enterprises.models import Enterprise
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from inspections.models import CheckItem, Checklist
from regions.models import Grid

SHAPE = """
SELECT 'index', indexname FROM pg_indexes
WHERE tablename IN ('enterprises_enterprise', 'hazards_hazard', 'deadlines_deadline', 'inspections_checkitem')
UNION ALL SELECT 'constraint', conrelid::regclass || conname FROM pg_constraint
UNION ALL SELECT 'trigger', tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'table', tablename FROM pg_tables WHERE schemaname = 'public'
"""


def load(size: str = "district", **numbers: int) -> str:
    """Load and return what was said."""
    out = StringIO()
    call_command("load_scale", size, stdout=out, **numbers)
    return out.getvalue()


@pytest.fixture(autouse=True)
def demo_on(settings) -> None:
    """Rows are made up only in a demo."""
    settings.DEMO = True


@pytest.fixture
def loaded(db) -> str:
    """A few hundred enterprises and a few thousand hazards."""
    return load(enterprises=400, hazards=6000)


def test_numbers_are_those_asked_for(loaded):
    assert (Enterprise.objects.count(), Hazard.objects.count(), Grid.objects.count()) == (400, 6000, 1522)
    assert "hazards" in loaded


def test_every_code_has_right_check_digits_and_every_number_is_its_own(loaded):
    assert all(uscc.is_valid(code) for code in Enterprise.objects.values_list("uscc", flat=True))
    assert Hazard.objects.values("number").distinct().count() == 6000


def test_enterprises_stand_in_grids_of_their_villages(loaded):
    for enterprise in Enterprise.objects.exclude(grid=None):
        assert enterprise.grid_id.startswith(enterprise.region_id)


def test_every_check_item_has_its_law_and_stands_in_a_checklist_in_use(loaded):
    made = CheckItem.objects.in_library().filter(code__startswith="SCALE-")

    assert made.count() == 2000
    assert not made.exclude(references__role="basis").exists()
    assert not made.exclude(editions__state="published").exists()
    assert Checklist.objects.filter(code__startswith="scale-").count() == 7


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


def test_tables_look_as_before(db):
    before = Counter(rows(SHAPE))
    load(enterprises=50, hazards=500)
    assert Counter(rows(SHAPE)) == before


def test_the_bench_sees_its_county_and_the_city_everything(loaded):
    bench, city = User.objects.get(username="bench"), User.objects.get(username="bench-city")
    county = bench.posts[0].region_id
    assert set(Hazard.objects.visible_to(bench).values_list("county_code", flat=True)) == {county}
    assert Hazard.objects.visible_to(city).count() == 6000


def test_a_database_that_holds_something_is_refused(loaded):
    with pytest.raises(CommandError, match="not empty"):
        load(enterprises=5, hazards=5)


def test_a_real_installation_is_refused(settings, db):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        load()


def test_more_than_the_numbering_holds_is_refused(db):
    with pytest.raises(CommandError, match="At most"):
        load(enterprises=1_000_000)
