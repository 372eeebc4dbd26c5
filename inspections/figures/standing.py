"""How each enterprise stands, by one statement over all of them.

A hundred points (weights CONDUCT_*, platform defaults, in the rulebook): the list compiled and accepted; a bound phone;
self-checks when they are due; hazards found by itself in three months; what was due rectified in time; nothing overdue;
less what was upheld of the doubts. That nothing is overdue earns little, because whoever reports nothing is never late
(handbook §5.7, "不逾期不预警"): without a self-check in three months nothing is earned for rectifying or finding.

An enterprise that is seen to stand still owes nothing: it has no tier and stands in no denominator (§18 row 18).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.timezone import get_default_timezone_name

from accounts.models import Role
from deadlines.calendar import add_months
from enterprises.choices import ENDED
from enterprises.models import Enterprise
from hazards.choices import FOUND_BY_ENTERPRISE
from hazards.querysets import ENDED_STATES, WAITING_FOR_REGULATOR
from inspections.doubts.asking import midnight
from inspections.kinds import ADMINISTRATIVE, VisitKind
from rulebook.places import Places

MONTHS_LOOKED_AT = 3
WEIGHTS = ("list", "phone", "check", "found", "rectify", "overdue", "doubt")
TIERS = ("tier_1", "tier_2", "tier_3")

FACTS = """
WITH lists AS (
    SELECT enterprise_id, bool_or(state = 'accepted') AS accepted,
           bool_or(state = 'accepted' AND next_check_on < %(today)s) AS late
    FROM inspections_selfchecklist WHERE state IN ('submitted', 'accepted') GROUP BY enterprise_id
), phones AS (
    SELECT DISTINCT p.enterprise_id
    FROM accounts_post p JOIN accounts_user u ON u.id = p.user_id
    WHERE p.role = %(role)s AND u.is_active AND u.phone <> '' AND p.from_on <= %(today)s
      AND (p.to_on IS NULL OR p.to_on >= %(today)s)
      AND NOT EXISTS (SELECT FROM enterprises_factgroup f
                      WHERE f.enterprise_id = p.enterprise_id AND f."group" = 'contact' AND f.doubt <> '')
), inspected AS (
    SELECT enterprise_id, (max(finished_at) AT TIME ZONE %(zone)s)::date AS day
    FROM inspections_visit WHERE state = 'finished' AND kind = ANY(%(kinds)s) GROUP BY enterprise_id
), checked AS (
    SELECT enterprise_id, count(*) AS n FROM inspections_visit
    WHERE state = 'finished' AND kind = %(self_check)s AND finished_at >= %(since_moment)s GROUP BY enterprise_id
), hazards AS (
    SELECT enterprise_id,
           count(*) FILTER (WHERE source = ANY(%(own)s) AND found_at >= %(since_moment)s) AS found,
           count(*) FILTER (WHERE {due}) AS due,
           count(*) FILTER (WHERE {due} AND {in_time}) AS in_time,
           count(*) FILTER (WHERE {overdue}) AS overdue
    FROM hazards_hazard WHERE state <> 'not_hazard' AND (
        found_at >= %(since_moment)s OR deadline_on >= %(since)s OR state <> ALL(%(ended_states)s))
    GROUP BY enterprise_id
), upheld AS (
    SELECT enterprise_id, count(*) AS n FROM inspections_doubt
    WHERE state = 'upheld' AND decided_at >= %(year_ago)s GROUP BY enterprise_id
), facts AS (
    SELECT e.id AS enterprise_id, e.city_code, e.county_code, e.town_code, e.region_id, owing.id IS NOT NULL AS owes,
           CASE WHEN lists.accepted THEN 'accepted' WHEN lists.enterprise_id IS NULL THEN 'missing'
                ELSE 'compiled' END AS list_state,
           CASE WHEN lists.accepted IS NOT TRUE THEN 'none' WHEN lists.late THEN 'late' ELSE 'kept' END
               AS check_state,
           phones.enterprise_id IS NOT NULL AS has_phone, inspected.day AS inspected_on,
           coalesce(checked.n, 0) AS checked, coalesce(h.found, 0) AS found, coalesce(h.due, 0) AS due,
           coalesce(h.in_time, 0) AS in_time, coalesce(h.overdue, 0) AS overdue, coalesce(upheld.n, 0) AS upheld
    FROM enterprises_enterprise e
    LEFT JOIN ({owing}) owing ON owing.id = e.id
    LEFT JOIN lists ON lists.enterprise_id = e.id LEFT JOIN phones ON phones.enterprise_id = e.id
    LEFT JOIN inspected ON inspected.enterprise_id = e.id LEFT JOIN checked ON checked.enterprise_id = e.id
    LEFT JOIN hazards h ON h.enterprise_id = e.id LEFT JOIN upheld ON upheld.enterprise_id = e.id
    WHERE e.city_code = %(city)s AND e.operating_status <> ALL(%(ended)s)
), scored AS (
    SELECT *, greatest(0, least(100, round(
        CASE list_state WHEN 'accepted' THEN {w_list} WHEN 'compiled' THEN {w_list} / 2.0 ELSE 0 END
        + CASE WHEN has_phone THEN {w_phone} ELSE 0 END
        + CASE check_state WHEN 'kept' THEN {w_check} ELSE 0 END
        + CASE WHEN found > 0 THEN {w_found} WHEN checked > 0 THEN {w_found} / 2.0 ELSE 0 END
        + CASE WHEN due > 0 THEN {w_rectify} * in_time / due::numeric WHEN checked > 0 THEN {w_rectify} ELSE 0 END
        + CASE WHEN overdue = 0 THEN {w_overdue} ELSE 0 END
        - least(upheld, 2) * {w_doubt})))::int AS score
    FROM facts
), tiers AS (
    SELECT *, CASE WHEN NOT owes THEN NULL WHEN score >= {w_tier_1} THEN 1 WHEN score >= {w_tier_2} THEN 2
                   WHEN score >= {w_tier_3} THEN 3 ELSE 4 END AS tier
    FROM scored
)
"""
COLUMNS = (
    "enterprise_id",
    "owes",
    "list_state",
    "check_state",
    "has_phone",
    "inspected_on",
    "checked",
    "found",
    "due",
    "in_time",
    "overdue",
    "upheld",
    "score",
    "tier",
)
# Only what differs is handed to the insert: on a conflict a row is locked, and so written, even if it then stays.
WRITE = """
INSERT INTO inspections_standing ({columns})
SELECT {new} FROM tiers new LEFT JOIN inspections_standing kept ON kept.enterprise_id = new.enterprise_id
WHERE ({kept_facts}) IS DISTINCT FROM ({new_facts}) OR kept.id IS NULL
ON CONFLICT (enterprise_id) DO UPDATE SET {sets}
"""
DROP = """
DELETE FROM inspections_standing s USING enterprises_enterprise e
WHERE e.id = s.enterprise_id AND e.operating_status = ANY(%s)
"""


def rate(*, on: date) -> int:
    """Rate every enterprise that has not ended, as of the day; return how many ratings changed."""
    cities = Enterprise.objects.order_by().values_list("city_code", flat=True).distinct()
    with connection.cursor() as cursor:
        cursor.execute(DROP, [sorted(ENDED)])
    return sum(rate_city(on, city) for city in list(cities))


def rate_city(on: date, city: str) -> int:
    """Rate the enterprises of one city by one statement."""
    with connection.cursor() as cursor:
        cursor.execute(*statement(on, city))
        return cursor.rowcount


def statement(on: date, city: str) -> tuple[str, dict[str, Any]]:
    """Return the statement and its parameters."""
    owing, values = Enterprise.objects.counts_for_scoring(on).order_by().values("id").query.sql_with_params()
    # Django numbers its parameters by place, we by name.
    names = [f"owing_{place}" for place in range(len(values))]
    marks, numbers = weights(on)
    head = FACTS.format(
        owing=owing % tuple(f"%({name})s" for name in names),
        due="deadline_on >= %(since)s AND deadline_on < %(today)s",
        in_time="state = ANY(%(done)s) AND (rectified_at AT TIME ZONE %(zone)s)::date <= deadline_on",
        **marks,
        overdue="state <> ALL(%(ended_states)s) AND state <> ALL(%(waiting)s) AND deadline_on < %(today)s",
    )
    facts = COLUMNS[1:]
    write = WRITE.format(
        columns=", ".join(COLUMNS),
        new=", ".join(f"new.{name}" for name in COLUMNS),
        kept_facts=", ".join(f"kept.{name}" for name in facts),
        new_facts=", ".join(f"new.{name}" for name in facts),
        sets=", ".join(f"{name} = EXCLUDED.{name}" for name in facts),
    )
    return head + write, {**conditions(on, city), **numbers, **dict(zip(names, values, strict=True))}


def weights(on: date) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the weights and the marks of the tiers as the statement writes them, each by the place of the enterprise."""
    codes = {name: f"CONDUCT_{name.upper()}" for name in (*WEIGHTS, *TIERS)}
    places = Places(codes.values(), on)
    marks, values = {}, {}
    for name, code in codes.items():
        marks[f"w_{name}"], more = places.sql(code, "scored" if name in TIERS else "facts")
        values |= more
    return marks, values


def conditions(on: date, city: str) -> dict[str, Any]:
    """Return what the statement is asked with: days and closed sets of codes."""
    return {
        "today": on,
        "since": add_months(on, -MONTHS_LOOKED_AT),
        "since_moment": midnight(add_months(on, -MONTHS_LOOKED_AT)),
        "year_ago": midnight(on - timedelta(days=365)),
        "zone": get_default_timezone_name(),
        "city": city,
        "role": Role.ENTERPRISE.value,
        "kinds": list(map(str, ADMINISTRATIVE)),
        "self_check": VisitKind.SELF_CHECK.value,
        "own": sorted(map(str, FOUND_BY_ENTERPRISE)),
        "ended": sorted(ENDED),
        "ended_states": list(ENDED_STATES),
        "waiting": list(WAITING_FOR_REGULATOR),
        "done": ["closed", *WAITING_FOR_REGULATOR],
    }
