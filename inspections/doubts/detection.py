"""Looking for what is too good to be true: one statement for each kind, over everybody at once (handbook §5.7, §18).

Each statement gives the enterprise, what the doubt is about (`key`), the day of its newest evidence, how heavy it is,
and the records it rests on. The numbers are those of the rulebook (DOUBT_*), each by its place. None of them is a
verdict: a person looks at the records and says what is the matter.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib.contenttypes.models import ContentType

from deadlines.calendar import add_months
from hazards.models import Hazard
from inspections.choices import DoubtKind, Result
from inspections.doubts.asking import Found, Mark, ask, midnight
from inspections.doubts.texts import copied_text
from rulebook.places import Number

# An enterprise that checked itself month after month and found nothing, where an inspector found something in that time
# or where more than half of its peers (same county, same industry) did. Known by the day of the last own hazard.
NOTHING_FOUND = """
WITH quiet AS (
    SELECT e.id AS enterprise_id, e.county_code, e.regulatory_category, {first} AS first, {months} AS months,
           {fewest} AS fewest, count(*) AS checks, max(v.finished_at) AS newest
    FROM inspections_visit v JOIN enterprises_enterprise e ON e.id = v.enterprise_id
    WHERE v.kind = %(self_check)s AND v.state = 'finished' AND v.finished_at >= {first}
    GROUP BY e.id HAVING count(*) >= {months}
), finding AS (
    SELECT DISTINCT h.enterprise_id FROM hazards_hazard h JOIN enterprises_enterprise e ON e.id = h.enterprise_id
    WHERE h.source = ANY(%(own)s) AND h.found_at >= {first} AND h.state <> 'not_hazard'
), peers AS (
    SELECT e.county_code, e.regulatory_category, count(*) AS n, count(finding.enterprise_id) AS finding
    FROM enterprises_enterprise e JOIN inspections_selfchecklist l ON l.enterprise_id = e.id AND l.state = 'accepted'
    LEFT JOIN finding ON finding.enterprise_id = e.id GROUP BY e.county_code, e.regulatory_category
), weighed AS (
    SELECT quiet.*, peers.n AS peers, peers.finding AS peers_finding,
           (SELECT array_agg(h.id ORDER BY h.id DESC) FROM hazards_hazard h
            WHERE h.enterprise_id = quiet.enterprise_id AND h.found_at >= quiet.first AND h.source <> ALL(%(own)s)
              AND h.state <> 'not_hazard') AS seen,
           (SELECT max(h.found_at) FROM hazards_hazard h WHERE h.enterprise_id = quiet.enterprise_id
              AND h.source = ANY(%(own)s) AND h.state <> 'not_hazard') AS last_own
    FROM quiet LEFT JOIN peers USING (county_code, regulatory_category)
    WHERE NOT EXISTS (SELECT FROM finding WHERE finding.enterprise_id = quiet.enterprise_id)
)
SELECT enterprise_id, coalesce(to_char(last_own AT TIME ZONE %(zone)s, 'YYYY-MM-DD'), 'never'),
       (newest AT TIME ZONE %(zone)s)::date, 1 + coalesce(cardinality(seen), 0) * 3,
       jsonb_build_object('checks', checks, 'months', months, 'peers', coalesce(peers, 0),
                          'peers_finding', coalesce(peers_finding, 0), 'hazards', to_jsonb(seen[1:20]))
FROM weighed WHERE seen IS NOT NULL OR (peers >= fewest AND peers_finding * 2 > peers)
"""


def nothing_found(since: date, today: date) -> list[Found]:
    """Find enterprises that find nothing for months while others do."""

    def first(number: Number) -> object:
        return midnight(add_months(today, -int(number.amount)))

    marks = (
        Mark("months", "DOUBT_NOTHING_MONTHS", "e"),
        Mark("first", "DOUBT_NOTHING_MONTHS", "e", first),
        Mark("fewest", "DOUBT_PEERS", "e"),
    )
    return ask(NOTHING_FOUND, since, today, *marks)


# Two photos that differ in few of their 64 bits: of two hazards of one enterprise, or of one hazard before and after;
# and the very same file used by two enterprises. A series of one hazard on one occasion is no repetition.
SAME_PHOTO = """
WITH photos AS MATERIALIZED (
    SELECT a.id, a.purpose, a.sha256, a.uploaded_at, h.enterprise_id, h.id AS hazard, h.number,
           ('x' || a.phash)::bit(64) AS bits, {most} AS most
    FROM attachments_attachment a JOIN hazards_hazard h ON h.id = a.target_id
    WHERE a.target_type_id = %(hazard_type)s AND length(a.phash) = 16 AND a.purpose IN ('before', 'after')
      AND a.phash NOT IN ('0000000000000000', 'ffffffffffffffff') AND a.uploaded_at >= %(year_ago)s
      AND (a.purpose = 'after' OR h.source = ANY(%(own)s))
), pairs AS (
    SELECT new.enterprise_id, old.id AS old, new.id AS new, old.hazard AS old_hazard, new.hazard AS new_hazard,
           new.uploaded_at, new.most,
           bit_count(old.bits # new.bits) AS differ
    FROM photos new JOIN photos old ON old.enterprise_id = new.enterprise_id AND old.id < new.id
      AND (old.hazard <> new.hazard OR old.purpose <> new.purpose)
    WHERE new.uploaded_at >= %(since)s AND bit_count(old.bits # new.bits) <= new.most
    UNION ALL
    SELECT new.enterprise_id, old.id, new.id, old.hazard, new.hazard, new.uploaded_at, new.most, 0
    FROM photos new JOIN photos old ON old.sha256 = new.sha256 AND old.id < new.id
      AND old.enterprise_id <> new.enterprise_id
    WHERE new.uploaded_at >= %(since)s
), nearest AS (
    SELECT DISTINCT ON (enterprise_id, new) * FROM pairs ORDER BY enterprise_id, new, differ, old
)
SELECT enterprise_id, old || '-' || new, (uploaded_at AT TIME ZONE %(zone)s)::date, (most + 1 - differ)::int,
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
        Mark("most", "DOUBT_PHOTO_BITS", "h"),
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
           CASE WHEN v.device_started_at IS NULL OR v.device_ended_at IS NULL
                THEN coalesce(v.ended_at, v.finished_at) - v.started_at
                ELSE v.device_ended_at - v.device_started_at END AS took,
           {seconds} AS seconds, {often} AS often
    FROM inspections_visit v
    WHERE v.kind = %(self_check)s AND v.state = 'finished' AND v.finished_at >= %(since)s
      AND v.item_count >= {fewest}
), fast AS (
    SELECT checks.*, tap IS NOT NULL AS at_once
    FROM checks LEFT JOIN LATERAL (
        SELECT a.id AS tap FROM inspections_answer a WHERE a.visit_id = checks.id AND a.at_once LIMIT 1) taps ON true
    WHERE extract(epoch FROM took) < item_count * seconds
)
SELECT enterprise_id, to_char(finished_at AT TIME ZONE %(zone)s, 'YYYY-MM'),
       (max(finished_at) AT TIME ZONE %(zone)s)::date, count(*)::int,
       jsonb_build_object('visits', to_jsonb((array_agg(id ORDER BY id))[1:20]), 'times', count(*),
                          'at_once', count(*) FILTER (WHERE at_once),
                          'seconds', round(min(extract(epoch FROM took) / item_count), 1))
FROM fast
GROUP BY enterprise_id, to_char(finished_at AT TIME ZONE %(zone)s, 'YYYY-MM')
HAVING count(*) FILTER (WHERE NOT at_once) > 0 OR count(*) >= max(often)
"""


def too_fast(since: date, today: date) -> list[Found]:
    """Find self-checks that were finished implausibly fast."""
    marks = (
        Mark("seconds", "DOUBT_FAST_SECONDS", "v"),
        Mark("fewest", "DOUBT_FAST_ITEMS", "v"),
        Mark("often", "DOUBT_FAST_OFTEN", "v"),
    )
    return ask(TOO_FAST, since, today, *marks)


# Somebody else found a hazard within days of a self-check in which the same item had passed; or one of a category of
# which every item had passed in a check that found nothing at all.
CONTRADICTED = """
SELECT DISTINCT ON (h.id) h.enterprise_id, h.id::text, (h.found_at AT TIME ZONE %(zone)s)::date,
       CASE WHEN f.item_id = a.item_id THEN 3 ELSE 1 END,
       jsonb_build_object('hazards', jsonb_build_array(h.id), 'visits', jsonb_build_array(v.id), 'item', i.content,
                          'checked', v.finished_at, 'found', h.found_at, 'same_item', coalesce(f.item_id = a.item_id, false))
FROM hazards_hazard h
JOIN inspections_visit v ON v.enterprise_id = h.enterprise_id AND v.kind = %(self_check)s AND v.state = 'finished'
  AND v.finished_at <= h.found_at AND v.finished_at >= h.found_at - make_interval(days => {days})
JOIN inspections_answer a ON a.visit_id = v.id AND a.result = %(passed)s
JOIN inspections_checkitem i ON i.id = a.item_id
LEFT JOIN inspections_finding f ON f.hazard_id = h.id
WHERE h.found_at >= %(since)s AND h.source <> ALL(%(own)s) AND h.state <> 'not_hazard'
  AND (f.item_id = a.item_id OR (v.outcome = 'nothing' AND i.category = h.category AND i.category <> 'other'))
ORDER BY h.id, coalesce(f.item_id = a.item_id, false) DESC, v.finished_at DESC, i.id
"""


def contradicted(since: date, today: date) -> list[Found]:
    """Find hazards that somebody else found shortly after a self-check had passed them."""
    days = Mark("days", "DOUBT_CONTRADICT_DAYS", "h")
    return ask(CONTRADICTED, since, today, days, passed=Result.PASS.value)


DETECTORS: dict[str, Callable[[date, date], list[Found]]] = {
    DoubtKind.NOTHING_FOUND: nothing_found,
    DoubtKind.COPIED_TEXT: copied_text,
    DoubtKind.SAME_PHOTO: same_photo,
    DoubtKind.OLD_PHOTO: old_photo,
    DoubtKind.TOO_FAST: too_fast,
    DoubtKind.CONTRADICTED: contradicted,
}
