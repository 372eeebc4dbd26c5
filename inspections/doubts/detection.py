"""Looking for what is too good to be true: one statement for each kind, over everybody at once (handbook §5.7, §18).

Each statement gives the enterprise, what the doubt is about (`key`), the day of its newest evidence, how heavy it is,
and the records it rests on. The numbers are those of the rulebook (DOUBT_*). None of them is a verdict: a person looks
at the records and says what is the matter.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.timezone import get_default_timezone, get_default_timezone_name

from deadlines.calendar import add_months
from hazards.choices import FOUND_BY_ENTERPRISE
from hazards.models import Hazard
from inspections.choices import DoubtKind, Result
from inspections.kinds import VisitKind
from rulebook.services import parameter


@dataclass(frozen=True)
class Found:
    """What a statement found about one enterprise."""

    enterprise: int
    key: str
    day: date
    weight: int
    evidence: Mapping[str, Any]


def midnight(day: date) -> datetime:
    """Return the first moment of a day by the local clock."""
    return datetime.combine(day, time.min, tzinfo=get_default_timezone())


def number(code: str, on: date) -> int:
    """Return a number of the rulebook."""
    return int(parameter(f"DOUBT_{code}", on=on).amount)


def ask(sql: str, since: date, today: date, **params: Any) -> list[Found]:
    """Ask the database; every statement knows the window, the sources of enterprises and the local clock."""
    known = {
        "since": midnight(since),
        "today": today,
        "own": sorted(map(str, FOUND_BY_ENTERPRISE)),
        "self_check": VisitKind.SELF_CHECK.value,
        "zone": get_default_timezone_name(),
        **params,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, known)
        return [
            Found(enterprise, key, day, min(weight, 32_000), as_json(evidence))
            for enterprise, key, day, weight, evidence in cursor.fetchall()
        ]


def as_json(value: Any) -> dict[str, Any]:
    """Return a JSON object: Django's cursor hands it over as text."""
    return json.loads(value) if isinstance(value, str) else value


# An enterprise that checked itself month after month and found nothing, where an inspector found something in that time
# or where more than half of its peers (same county, same industry) did. Known by the day of the last own hazard.
NOTHING_FOUND = """
WITH quiet AS (
    SELECT v.enterprise_id, count(*) AS checks, max(v.finished_at) AS newest
    FROM inspections_visit v
    WHERE v.kind = %(self_check)s AND v.state = 'finished' AND v.finished_at >= %(from)s
    GROUP BY v.enterprise_id HAVING count(*) >= %(months)s
), finding AS (
    SELECT DISTINCT h.enterprise_id FROM hazards_hazard h
    WHERE h.source = ANY(%(own)s) AND h.found_at >= %(from)s AND h.state <> 'not_hazard'
), peers AS (
    SELECT e.county_code, e.regulatory_category, count(*) AS n, count(finding.enterprise_id) AS finding
    FROM enterprises_enterprise e JOIN inspections_selfchecklist l ON l.enterprise_id = e.id AND l.state = 'accepted'
    LEFT JOIN finding ON finding.enterprise_id = e.id GROUP BY e.county_code, e.regulatory_category
), weighed AS (
    SELECT quiet.*, peers.n AS peers, peers.finding AS peers_finding,
           (SELECT array_agg(h.id ORDER BY h.id DESC) FROM hazards_hazard h
            WHERE h.enterprise_id = quiet.enterprise_id AND h.found_at >= %(from)s AND h.source <> ALL(%(own)s)
              AND h.state <> 'not_hazard') AS seen,
           (SELECT max(h.found_at) FROM hazards_hazard h WHERE h.enterprise_id = quiet.enterprise_id
              AND h.source = ANY(%(own)s) AND h.state <> 'not_hazard') AS last_own
    FROM quiet JOIN enterprises_enterprise e ON e.id = quiet.enterprise_id
    LEFT JOIN peers USING (county_code, regulatory_category)
    WHERE NOT EXISTS (SELECT FROM finding WHERE finding.enterprise_id = quiet.enterprise_id)
)
SELECT enterprise_id, coalesce(to_char(last_own AT TIME ZONE %(zone)s, 'YYYY-MM-DD'), 'never'),
       (newest AT TIME ZONE %(zone)s)::date, 1 + coalesce(cardinality(seen), 0) * 3,
       jsonb_build_object('checks', checks, 'months', %(months)s, 'peers', coalesce(peers, 0),
                          'peers_finding', coalesce(peers_finding, 0), 'hazards', to_jsonb(seen[1:20]))
FROM weighed WHERE seen IS NOT NULL OR (peers >= %(fewest)s AND peers_finding * 2 > peers)
"""
FEWEST_PEERS = 5


def nothing_found(since: date, today: date) -> list[Found]:
    """Find enterprises that find nothing for months while others do."""
    months = number("NOTHING_MONTHS", today)
    first = midnight(add_months(today, -months))
    return ask(NOTHING_FOUND, since, today, **{"from": first}, months=months, fewest=FEWEST_PEERS)


# The same words, figures and punctuation aside, on several days: of the problem, or of what was done about it.
COPIED_TEXT = """
WITH said AS (
    SELECT h.enterprise_id, h.id, h.found_at, 'problem' AS what, h.description AS words FROM hazards_hazard h
    WHERE h.found_at >= %(since)s AND h.source = ANY(%(own)s) AND h.state <> 'not_hazard'
    UNION ALL
    SELECT h.enterprise_id, h.id, h.rectified_at, 'rectification', h.rectification_text FROM hazards_hazard h
    WHERE h.found_at >= %(since)s AND h.rectified_at IS NOT NULL AND h.rectification_text <> ''
), plain AS (
    SELECT said.*, lower(regexp_replace(words, '[[:digit:][:space:][:punct:]，。、；：（）]+', '', 'g')) AS bare FROM said
)
SELECT enterprise_id, what || '-' || left(md5(bare), 16), (max(found_at) AT TIME ZONE %(zone)s)::date,
       count(DISTINCT id)::int,
       jsonb_build_object('what', what, 'words', min(words), 'times', count(DISTINCT id),
                          'hazards', (to_jsonb(array_agg(id ORDER BY id))))
FROM plain WHERE length(bare) >= %(shortest)s
GROUP BY enterprise_id, what, bare
HAVING count(DISTINCT id) >= %(times)s AND count(DISTINCT (found_at AT TIME ZONE %(zone)s)::date) > 1
"""
SHORTEST_TEXT = 4


def copied_text(since: date, today: date) -> list[Found]:
    """Find the same words again and again."""
    return ask(COPIED_TEXT, since, today, times=number("COPIED_TIMES", today), shortest=SHORTEST_TEXT)


# Two photos that differ in few of their 64 bits: of two hazards of one enterprise, or of one hazard before and after;
# and the very same file used by two enterprises. A series of one hazard on one occasion is no repetition.
SAME_PHOTO = """
WITH photos AS MATERIALIZED (
    SELECT a.id, a.purpose, a.sha256, a.uploaded_at, h.enterprise_id, h.id AS hazard, h.number,
           ('x' || a.phash)::bit(64) AS bits
    FROM attachments_attachment a JOIN hazards_hazard h ON h.id = a.target_id
    WHERE a.target_type_id = %(hazard_type)s AND length(a.phash) = 16 AND a.purpose IN ('before', 'after')
      AND a.phash NOT IN ('0000000000000000', 'ffffffffffffffff') AND a.uploaded_at >= %(year_ago)s
      AND (a.purpose = 'after' OR h.source = ANY(%(own)s))
), pairs AS (
    SELECT new.enterprise_id, old.id AS old, new.id AS new, old.hazard AS old_hazard, new.hazard AS new_hazard,
           new.uploaded_at, bit_count(old.bits # new.bits) AS differ
    FROM photos new JOIN photos old ON old.enterprise_id = new.enterprise_id AND old.id < new.id
      AND (old.hazard <> new.hazard OR old.purpose <> new.purpose)
    WHERE new.uploaded_at >= %(since)s AND bit_count(old.bits # new.bits) <= %(bits)s
    UNION ALL
    SELECT new.enterprise_id, old.id, new.id, old.hazard, new.hazard, new.uploaded_at, 0
    FROM photos new JOIN photos old ON old.sha256 = new.sha256 AND old.id < new.id
      AND old.enterprise_id <> new.enterprise_id
    WHERE new.uploaded_at >= %(since)s
), nearest AS (
    SELECT DISTINCT ON (enterprise_id, new) * FROM pairs ORDER BY enterprise_id, new, differ, old
)
SELECT enterprise_id, old || '-' || new, (uploaded_at AT TIME ZONE %(zone)s)::date, (%(bits)s + 1 - differ)::int,
       jsonb_build_object('photos', jsonb_build_array(old, new), 'differ', differ,
                          'hazards', to_jsonb(ARRAY(SELECT DISTINCT unnest(ARRAY[old_hazard, new_hazard]) ORDER BY 1)))
FROM nearest
"""


def same_photo(since: date, today: date) -> list[Found]:
    """Find photos that were used before."""
    return ask(
        SAME_PHOTO,
        since,
        today,
        bits=number("PHOTO_BITS", today),
        hazard_type=ContentType.objects.get_for_model(Hazard).pk,
        year_ago=midnight(add_months(today, -12)),
    )


# By the camera's own clock the rectification was photographed before the hazard was found.
OLD_PHOTO = """
SELECT h.enterprise_id, h.id::text, (max(a.uploaded_at) AT TIME ZONE %(zone)s)::date, 3,
       jsonb_build_object('hazards', jsonb_build_array(h.id), 'photos', jsonb_agg(a.id ORDER BY a.id),
                          'taken', min(a.taken_at), 'found', h.found_at)
FROM attachments_attachment a JOIN hazards_hazard h ON h.id = a.target_id
WHERE a.target_type_id = %(hazard_type)s AND a.purpose = 'after' AND a.uploaded_at >= %(since)s
  AND a.taken_at < h.found_at
GROUP BY h.id
"""


def old_photo(since: date, today: date) -> list[Found]:
    """Find photos of a rectification that are older than the hazard."""
    return ask(OLD_PHOTO, since, today, hazard_type=ContentType.objects.get_for_model(Hazard).pk)


# Self-checks answered item by item faster than anybody can look; one tap for all is allowed, but not month after month.
TOO_FAST = """
WITH checks AS (
    SELECT v.id, v.enterprise_id, v.finished_at, v.item_count,
           coalesce(v.device_ended_at, v.ended_at, v.finished_at) - coalesce(v.device_started_at, v.started_at) AS took,
           EXISTS (SELECT FROM inspections_answer a WHERE a.visit_id = v.id AND a.at_once) AS at_once
    FROM inspections_visit v
    WHERE v.kind = %(self_check)s AND v.state = 'finished' AND v.finished_at >= %(since)s
      AND v.item_count >= %(fewest)s
)
SELECT enterprise_id, to_char(finished_at AT TIME ZONE %(zone)s, 'YYYY-MM'),
       (max(finished_at) AT TIME ZONE %(zone)s)::date, count(*)::int,
       jsonb_build_object('visits', to_jsonb((array_agg(id ORDER BY id))[1:20]), 'times', count(*),
                          'at_once', count(*) FILTER (WHERE at_once),
                          'seconds', round(min(extract(epoch FROM took) / item_count), 1))
FROM checks WHERE extract(epoch FROM took) < item_count * %(seconds)s
GROUP BY enterprise_id, to_char(finished_at AT TIME ZONE %(zone)s, 'YYYY-MM')
HAVING count(*) FILTER (WHERE NOT at_once) > 0 OR count(*) >= %(often)s
"""
FEWEST_ITEMS, OFTEN = 5, 3


def too_fast(since: date, today: date) -> list[Found]:
    """Find self-checks that were finished implausibly fast."""
    seconds = number("FAST_SECONDS", today)
    return ask(TOO_FAST, since, today, seconds=seconds, fewest=FEWEST_ITEMS, often=OFTEN)


# Somebody else found a hazard within days of a self-check in which the same item had passed; or one of a category of
# which every item had passed in a check that found nothing at all.
CONTRADICTED = """
SELECT DISTINCT ON (h.id) h.enterprise_id, h.id::text, (h.found_at AT TIME ZONE %(zone)s)::date,
       CASE WHEN f.item_id = a.item_id THEN 3 ELSE 1 END,
       jsonb_build_object('hazards', jsonb_build_array(h.id), 'visits', jsonb_build_array(v.id), 'item', i.content,
                          'checked', v.finished_at, 'found', h.found_at, 'same_item', coalesce(f.item_id = a.item_id, false))
FROM hazards_hazard h
JOIN inspections_visit v ON v.enterprise_id = h.enterprise_id AND v.kind = %(self_check)s AND v.state = 'finished'
  AND v.finished_at <= h.found_at AND v.finished_at >= h.found_at - make_interval(days => %(days)s)
JOIN inspections_answer a ON a.visit_id = v.id AND a.result = %(passed)s
JOIN inspections_checkitem i ON i.id = a.item_id
LEFT JOIN inspections_finding f ON f.hazard_id = h.id
WHERE h.found_at >= %(since)s AND h.source <> ALL(%(own)s) AND h.state <> 'not_hazard'
  AND (f.item_id = a.item_id OR (v.outcome = 'nothing' AND i.category = h.category AND i.category <> 'other'))
ORDER BY h.id, coalesce(f.item_id = a.item_id, false) DESC, v.finished_at DESC, i.id
"""


def contradicted(since: date, today: date) -> list[Found]:
    """Find hazards that somebody else found shortly after a self-check had passed them."""
    return ask(CONTRADICTED, since, today, days=number("CONTRADICT_DAYS", today), passed=Result.PASS.value)


DETECTORS: dict[str, Callable[[date, date], list[Found]]] = {
    DoubtKind.NOTHING_FOUND: nothing_found,
    DoubtKind.COPIED_TEXT: copied_text,
    DoubtKind.SAME_PHOTO: same_photo,
    DoubtKind.OLD_PHOTO: old_photo,
    DoubtKind.TOO_FAST: too_fast,
    DoubtKind.CONTRADICTED: contradicted,
}
