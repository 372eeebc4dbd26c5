"""Visits of three years, self-check lists, patrols, doubts, and the standing of each enterprise."""

from datetime import datetime

from django.utils.timezone import localdate

from config.scale.bare import bare, rows, run
from config.scale.columns import insert
from inspections.figures.standing import rate
from inspections.models import Doubt, PatrolRoute, PatrolStop, SelfCheckList, Standing, Visit

DAYS = 1095
# Out of so many visits one list, five stops, and a few doubts: a city where a quarter of the enterprises keep a list.
PER_LIST, PER_STOP, PER_DOUBT = 10, 5, 50
# In the order of time, as the table fills in life; of the last days some are still planned or under way.
VISITS = """
FROM (SELECT *, now_at - interval '1 day' * ({days} - day) + interval '1 second' * floor(t * 30000) AS made,
             CASE WHEN day < {days} - 3 OR t < 0.6 THEN CASE WHEN s < 0.01 THEN 'cancelled' ELSE 'finished' END
                  WHEN t < 0.8 THEN 'planned' ELSE 'under_way' END AS state_now,
             (ARRAY['self_check', 'self_check', 'self_check', 'grid_patrol', 'grid_patrol', 'gov_patrol', 'inspection',
                    'inspection', 'enforcement', 'expert'])[1 + floor(s * 10)::int] AS sort
      FROM (SELECT i, (i - 1) * {days} / {number} AS day, random() AS t, random() AS s,
                   date_trunc('day', timestamptz '{now}') AS now_at,
                   {first} + floor({enterprises} * power(random(), 1.3))::bigint AS enterprise_no
            FROM generate_series(1::bigint, {number}) AS i OFFSET 0) AS dice OFFSET 0) AS drawn
JOIN enterprises_enterprise AS enterprise ON enterprise.id = enterprise_no
ORDER BY i
"""
LISTS = """
FROM (SELECT id, random() AS s, random() AS t FROM enterprises_enterprise ORDER BY hashint8(id) LIMIT {number}) AS enterprise
ORDER BY t
"""
ROUTES = "FROM regions_grid AS grid WHERE kind = 'safety'"
STOPS = """
FROM (SELECT id, grid_id, random() AS s, random() AS t FROM enterprises_enterprise
      WHERE grid_id IS NOT NULL ORDER BY hashint8(id) LIMIT {number}) AS enterprise
JOIN inspections_patrolroute AS route ON route.grid_id = enterprise.grid_id
"""
DOUBTS = """
FROM (SELECT id, random() AS s, random() AS t FROM enterprises_enterprise ORDER BY hashint8(id) LIMIT {number}) AS enterprise
ORDER BY t
"""


# What any of the three kinds of doubt made here says of itself.
EVIDENCE = (
    '{"checks": 9, "months": 3, "peers": 40, "peers_finding": 31, "differ": 3, "times": 7, "seconds": 2}'
)


def load(number: int, now: datetime) -> int:
    """Write the visits and what goes with them, and rate every enterprise; return how many visits."""
    first, enterprises = rows("SELECT min(id), count(*) FROM enterprises_enterprise")[0]
    facts = {
        "days": DAYS,
        "number": int(number),
        "now": now.isoformat(),
        "first": first,
        "enterprises": enterprises,
    }
    made = fill(Visit, visits(), VISITS.format(**facts))
    moment, today = f"timestamptz '{now.isoformat()}'", f"date '{localdate(now)}'"
    fill(SelfCheckList, lists(moment, today), LISTS.format(number=number // PER_LIST))
    fill(PatrolRoute, routes(moment), ROUTES)
    fill(PatrolStop, stops(moment, today), STOPS.format(number=number // PER_STOP))
    fill(Doubt, doubts(moment), DOUBTS.format(number=number // PER_DOUBT))
    for model in (Visit, SelfCheckList, Doubt):
        run(f'ANALYZE "{model._meta.db_table}"')
    rate(on=localdate(now))
    return made


def fill(model: type, columns: dict[str, str], source: str) -> int:
    """Write rows into the bare table of the model; return how many."""
    with bare(model._meta.db_table):
        return run(insert(model, columns, source))


def visits() -> dict[str, str]:
    """Return the columns of a visit over one throw of the dice."""
    begun = "CASE WHEN state_now IN ('finished', 'under_way') THEN made + interval '1 hour' END"
    ended = "CASE WHEN state_now = 'finished' THEN made + interval '2 hours' END"
    return {
        "number": "'JC' || left(enterprise.region_id, 6) || to_char(made, 'YYYYMMDD') || lpad((i % 10000)::text, 4, '0')",
        "enterprise_id": "enterprise.id",
        "region_id": "enterprise.region_id",
        "kind": "sort",
        "trigger": "CASE WHEN t < 0.7 THEN 'plan' ELSE 'spot' END",
        "state": "state_now",
        "state_since": "made",
        "version": "1",
        "created_at": "made",
        "planned_on": "CASE WHEN t < 0.7 OR state_now = 'planned' THEN made::date + 2 END",
        "started_at": begun,
        "ended_at": ended,
        "finished_at": ended,
        "is_backfilled": "s < 0.03",
        "position_state": "CASE WHEN t < 0.8 THEN 'near' ELSE 'missing' END",
        "outcome": "CASE WHEN state_now <> 'finished' THEN '' WHEN t < 0.4 THEN 'found' ELSE 'nothing' END",
        "item_count": "12 + (i % 30)::int",
        "failed_count": "CASE WHEN t < 0.4 THEN 1 + (i % 3)::int ELSE 0 END",
        "hazard_count": "CASE WHEN t < 0.4 THEN 1 + (i % 3)::int ELSE 0 END",
    }


def lists(moment: str, today: str) -> dict[str, str]:
    """Return the columns of a self-check list: nine in ten in use, one in twenty of these late."""
    state = "CASE WHEN s < 0.9 THEN 'accepted' WHEN s < 0.96 THEN 'submitted' ELSE 'draft' END"
    made = f"{moment} - interval '700 days' * (1 - t)"
    return {
        "enterprise_id": "enterprise.id",
        "number": "1",
        "state": state,
        "state_since": made,
        "version": "1",
        "cycle_days": "(ARRAY[7, 15, 30])[1 + floor(t * 3)::int]",
        "item_count": "20 + floor(t * 60)::int",
        "submitted_at": f"CASE WHEN s < 0.96 THEN {made} END",
        "accepted_at": f"CASE WHEN s < 0.9 THEN {made} END",
        "last_check_at": f"CASE WHEN s < 0.85 THEN {moment} - interval '20 days' * s END",
        "next_check_on": f"CASE WHEN s < 0.9 THEN {today} - 2 + floor(30 * s)::int END",
        "created_at": made,
    }


def routes(moment: str) -> dict[str, str]:
    """Return the columns of a route: one for each grid."""
    return {
        "name": "grid.name || '巡查路线'",
        "region_id": "left(grid.code, 12)",
        "grid_id": "grid.code",
        "created_at": moment,
    }


def stops(moment: str, today: str) -> dict[str, str]:
    """Return the columns of a stop: one in ten is overdue."""
    return {
        "route_id": "route.id",
        "enterprise_id": "enterprise.id",
        "position": "1 + floor(s * 40)::int",
        "colour": "(ARRAY['blue', 'blue', 'blue', 'yellow', 'orange', 'red'])[1 + floor(s * 6)::int]",
        "cycle_days": "(ARRAY[30, 90, 180])[1 + floor(t * 3)::int]",
        "last_at": f"{moment} - interval '90 days' * t",
        "next_on": f"{today} - 5 + floor(50 * s)::int",
        "missed_count": "CASE WHEN t < 0.1 THEN 1 ELSE 0 END",
    }


def doubts(moment: str) -> dict[str, str]:
    """Return the columns of a doubt: half of them open."""
    made = f"{moment} - interval '300 days' * (1 - t)"
    return {
        "enterprise_id": "enterprise.id",
        "kind": "(ARRAY['nothing_found', 'same_photo', 'too_fast'])[1 + floor(s * 3)::int]",
        "key": "to_char(100000 * t, 'FM000000')",
        "weight": "1 + floor(s * 9)::int",
        "evidence": f"'{EVIDENCE}'::jsonb",
        "state": "CASE WHEN t > 0.5 THEN 'open' WHEN s < 0.3 THEN 'upheld' ELSE 'explained' END",
        "state_since": made,
        "version": "1",
        "found_at": made,
        "seen_at": moment,
        "decided_at": f"CASE WHEN t <= 0.5 THEN {made} END",
    }


def tables() -> tuple[str, ...]:
    """Return the tables that were filled."""
    filled = (Visit, SelfCheckList, PatrolRoute, PatrolStop, Doubt, Standing)
    return tuple(model._meta.db_table for model in filled)
