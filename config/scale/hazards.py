"""Hazards by the million, in the order of time, and a running clock for each open one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.utils.timezone import localdate

from config.scale.bare import bare, rows, run
from config.scale.columns import insert
from deadlines.models import Deadline
from enterprises.models import Enterprise
from hazards.models import Hazard

DAYS = 1095
MOST = DAYS * 9999
# Of the hazards of the last weeks many are open, of older ones hardly any: two in a hundred altogether.
OPEN = "o < 0.8 * exp(-({days} - day) / (0.0183 / 0.8 * {days})) + 0.0017"
STATES = """CASE WHEN NOT is_open THEN CASE WHEN s < 0.005 THEN 'not_hazard' ELSE 'closed' END
     WHEN is_major THEN (ARRAY['plan_due', 'plan_submitted', 'rectifying', 'site_review'])[1 + floor(s * 4)::int]
     WHEN s < 0.35 AND day > {days} - 6 THEN 'reported' WHEN s < 0.70 THEN 'rectifying'
     WHEN s < 0.74 THEN 'extension_pending' WHEN s < 0.96 THEN 'verifying' ELSE 'sampled' END"""
SOURCE = """
FROM (SELECT *, {states} AS state_now, found + interval '1 hour' * (2 + 60 * s) AS handed_in,
             date '{today}' AS today, greatest(found + interval '2 hours', timestamptz '{now}'
                 - CASE WHEN t > 0.1 THEN interval '6 days' * t ELSE interval '30 days' END) AS lately,
             -- Most of what has been open for long had its day put off; one in seven is late.
             CASE WHEN is_open AND t > 0.15 THEN greatest(found::date + 15, date '{today}' + floor(20 * t)::int)
                  ELSE found::date + 15 END AS last_day
      FROM (SELECT *, {open} AS is_open, (date '{today}' - ({days} - day::int) + time '08:00'
                   + interval '1 second' * floor(t * 36000)) AT TIME ZONE 'Asia/Shanghai' AS found
            FROM (SELECT (i - 1) * {days} / {number} AS day,
                         i - ((i - 1) * {days} / {number} * {number} + {days} - 1) / {days} AS serial,
                         random() AS t, random() AS s, random() AS o, random() < 0.012 AS is_major,
                         {first} + floor({enterprises} * power(random(), 1.3))::bigint AS enterprise_no,
                         1 + floor(random() * {texts})::int AS text_no
                  FROM generate_series({start}::bigint, {stop}) AS i OFFSET 0) AS dice OFFSET 0) AS timed OFFSET 0) AS drawn
JOIN enterprises_enterprise AS enterprise ON enterprise.id = enterprise_no
JOIN scale_text AS words ON words.no = text_no
"""
HANDED_IN = "state_now IN ('closed', 'verifying', 'sampled', 'site_review')"
WITH_DAY = "state_now NOT IN ('reported', 'plan_due', 'plan_submitted', 'not_hazard')"


def load(number: int, now: datetime) -> int:
    """Write the hazards, halves side by side where the machine's two cores can; return how many."""
    first, enterprises = rows("SELECT min(id), count(*) FROM enterprises_enterprise")[0]
    facts = {
        "now": now.isoformat(),
        "today": f"{localdate(now):%Y-%m-%d}",
        "days": DAYS,
        "number": number,
        "first": first,
        "enterprises": enterprises,
        "texts": rows("SELECT count(*) FROM scale_text")[0][0],
        "states": STATES.format(days=DAYS),
        "open": OPEN.format(days=DAYS),
    }
    run("ANALYZE enterprises_enterprise")
    with bare(Hazard._meta.db_table):
        if connection.in_atomic_block:
            return load_part(facts, 1, number)
        halves = [(1, number // 2), (number // 2 + 1, number)]
        with ThreadPoolExecutor(2) as pool:
            return sum(pool.map(lambda half: load_elsewhere(facts, *half), halves))


def load_elsewhere(facts: dict, start: int, stop: int) -> int:
    """Load a part in a thread, on the connection that Django gives each thread."""
    try:
        return load_part(facts, start, stop)
    finally:
        connections.close_all()


def load_part(facts: dict, start: int, stop: int) -> int:
    """Write the hazards from `start` to `stop`, counted in the order of time."""
    run("SET synchronous_commit TO off")
    run(f"SELECT setseed({start / (stop + 1):.6f})")  # noqa: S608 - a number
    return run(insert(Hazard, columns(), SOURCE.format(**facts, start=start, stop=stop)))


def columns() -> dict[str, str]:
    """Return every column of a hazard as SQL over one throw of the dice."""
    return {
        "number": "'YH' || left(enterprise.region_id, 6) || to_char(found, 'YYYYMMDD') || lpad(serial::text, 4, '0')",
        "enterprise_id": "enterprise.id",
        "region_id": "enterprise.region_id",
        "source": "(ARRAY['self_check','self_check','self_check','inspection','patrol'])[1 + floor(t * 5)::int]",
        "axis": "words.axis",
        "category": "words.category",
        "grade": "CASE WHEN is_major THEN 'major' ELSE 'general' END",
        "description": "words.description",
        "place": "words.place",
        "measures": "words.measures",
        "found_at": "found",
        "reported_at": "found + interval '10 minutes'",
        "deadline_on": f"CASE WHEN {WITH_DAY} THEN last_day END",
        "rectified_at": f"CASE WHEN {HANDED_IN} THEN handed_in END",
        "rectification_text": f"CASE WHEN {HANDED_IN} THEN words.rectified ELSE '' END",
        "verified_at": "CASE WHEN state_now = 'closed' AND t > 0.5 THEN handed_in + interval '1 day' END",
        "closed_at": "CASE WHEN state_now IN ('closed', 'not_hazard') THEN handed_in + interval '1 day' END",
        "state": "state_now",
        "state_since": """CASE WHEN NOT is_open OR state_now = 'rectifying' THEN found + interval '2 hours'
            WHEN state_now = 'reported' THEN found + interval '10 minutes' ELSE lately END""",
        "version": "CASE WHEN state_now = 'reported' THEN 1 ELSE 3 END",
        "level_in_charge": """CASE WHEN is_major THEN 'county'
            WHEN state_now NOT IN ('rectifying', 'extension_pending') OR last_day > today - 3 THEN 'town'
            WHEN last_day > today - 7 THEN 'county' ELSE 'city' END""",
    }


# The clocks of an open hazard by its state; the rectification runs on while an extension is asked for.
CLOCKS = """
FROM hazards_hazard AS hazard
JOIN enterprises_enterprise AS enterprise ON enterprise.id = hazard.enterprise_id
JOIN (VALUES ('reported', 'hazards.accept', 5), ('plan_due', 'hazards.plan', 14),
             ('plan_submitted', 'hazards.review_plan', 7), ('rectifying', 'hazards.rectify', NULL),
             ('extension_pending', 'hazards.rectify', NULL), ('extension_pending', 'hazards.decide_extension', 5),
             ('verifying', 'hazards.verify', 14), ('sampled', 'hazards.sample', 14),
             ('site_review', 'hazards.site_review', 14)) AS clock (state, rule, days) USING (state)
CROSS JOIN LATERAL (SELECT (CASE WHEN days IS NULL THEN deadline_on + 1 ELSE state_since::date + days + 1 END)::timestamp
                    AT TIME ZONE 'Asia/Shanghai' AS due) AS due
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE at <= timestamptz '{now}') AS taken,
           min(at) FILTER (WHERE at > timestamptz '{now}') AS next,
           jsonb_agg(jsonb_build_object('kind', kind, 'level', level, 'at',
               to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS') || '+08:00') ORDER BY at, place) AS steps
    FROM (VALUES (1, 'warned', '', due - interval '112 hours'), (2, 'due', '', due - interval '16 hours'),
                 (3, 'lapsed', '', due),
                 (4, 'escalated', CASE WHEN days IS NULL THEN 'town' ELSE 'county' END, due),
                 (5, 'escalated', 'county', CASE WHEN days IS NULL THEN due + interval '3 days' END),
                 (6, 'escalated', 'city', CASE WHEN days IS NULL THEN due + interval '7 days' END)
         ) AS step (place, kind, level, at)
    WHERE at IS NOT NULL) AS plan
WHERE hazard.state NOT IN ('closed', 'not_hazard')
"""


def load_clocks(now: datetime) -> int:
    """Start the clocks of the open hazards; return how many. What has passed counts as told already."""
    columns = {
        "target_type_id": str(ContentType.objects.get_for_model(Hazard).pk),
        "target_id": "hazard.id",
        "rule": "clock.rule",
        "label": "left(hazard.number || ' ' || hazard.description, 200)",
        "region_id": "hazard.region_id",
        "industry": "enterprise.regulatory_category",
        "enterprise_id": "enterprise.id",
        "grid_code": "coalesce(enterprise.grid_id, '')",
        "started_at": "hazard.state_since",
        "due_at": "due",
        "state": f"CASE WHEN due <= timestamptz '{now.isoformat()}' THEN 'breached' ELSE 'running' END",
        "steps": "steps",
        "step": "taken",
        "next_at": "next",
    }
    run("ANALYZE hazards_hazard")
    with bare(Deadline._meta.db_table):
        return run(insert(Deadline, columns, CLOCKS.format(now=now.isoformat())))


def tables() -> list[str]:
    """Return the tables that were filled, for the statistics."""
    return [model._meta.db_table for model in (Enterprise, Hazard, Deadline)]
