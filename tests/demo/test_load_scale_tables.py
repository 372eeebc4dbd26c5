"""load_scale leaves tables as they were, and is refused where it would do harm."""

from collections import Counter

import pytest
from django.core.management.base import CommandError

from config.scale.bare import rows
from tests.demo.test_load_scale import load

SHAPE = """
SELECT 'index', indexname FROM pg_indexes
WHERE tablename IN ('enterprises_enterprise', 'hazards_hazard', 'deadlines_deadline', 'inspections_checkitem',
                    'inspections_visit', 'inspections_selfchecklist', 'inspections_patrolstop', 'inspections_doubt')
UNION ALL SELECT 'constraint', conrelid::regclass || conname FROM pg_constraint
UNION ALL SELECT 'trigger', tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'table', tablename FROM pg_tables WHERE schemaname = 'public'
"""


@pytest.fixture(autouse=True)
def demo_on(settings) -> None:
    """Rows are made up only in a demo."""
    settings.DEMO = True


def test_tables_look_as_before(db):
    before = Counter(rows(SHAPE))
    load(enterprises=50, hazards=500)
    assert Counter(rows(SHAPE)) == before


def test_a_real_installation_is_refused(settings, db):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        load()


def test_more_than_the_numbering_holds_is_refused(db):
    with pytest.raises(CommandError, match="At most"):
        load(enterprises=1_000_000)
