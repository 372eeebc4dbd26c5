"""A confirmation of nearly every group of every enterprise, most of them fresh."""

from datetime import datetime

from django.utils.timezone import localdate

from config.scale.bare import bare, run
from enterprises.groups import GROUPS, max_ages
from enterprises.models import FactGroup

# One in forty has never been confirmed; the oldest confirmations are a third over their age.
CONFIRMED = """
INSERT INTO enterprises_factgroup
    (enterprise_id, "group", confirmed_at, source, stale_on, doubt)
SELECT id, code, %(now)s - interval '1 day' * days,
       CASE WHEN days %% 3 = 0 THEN 'on_site' ELSE 'enterprise' END, %(today)s::date - days + age, ''
FROM (SELECT e.id, g.code, g.age, floor(g.age * 1.3 * random())::int AS days
      FROM enterprises_enterprise e
      CROSS JOIN unnest(%(codes)s::text[], %(ages)s::int[]) AS g (code, age)
      WHERE random() > 0.025 OFFSET 0) AS said
"""


def load(now: datetime) -> int:
    """Write the confirmations; return how many."""
    today = localdate(now)
    ages = {
        code: age for code, (age, _stopped) in max_ages([group.code for group in GROUPS], on=today).items()
    }
    with bare(FactGroup._meta.db_table):
        values = {"now": now, "today": today, "codes": list(ages), "ages": list(ages.values())}
        return run(CONFIRMED, values)
