"""Words that were copied: nearly the same again and again at one enterprise, or at several enterprises of a county.

Two texts are alike when, figures and punctuation aside, they share most of their pairs of neighbouring characters
(DOUBT_COPIED_ALIKE, of all pairs that either has). Equal texts are taken together first. Around each text stand those
like it; every text belongs to the one around which most stand, so that a doubt has one wording at its middle.

At one enterprise every pair of about the same length is compared. Between enterprises only long texts are, county by
county, and only those that share a run of characters, so that few are compared however many there are. What repeats the
wording of the check item that it answers is nobody's copy there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction

from hazards.models import Hazard
from inspections.doubts.asking import Found, Mark, ask, midnight

# Problems as enterprises tell them, and what they say was done; `party` is within whom texts are compared.
SAID = """
WITH told AS (
    SELECT h.id, h.enterprise_id, h.city_code, h.county_code, h.town_code, h.region_id, t.what, t.said_at, t.words
    FROM hazards_hazard h CROSS JOIN LATERAL (VALUES
        ('problem', h.found_at, h.description, h.source = ANY(%(own)s) AND h.state <> 'not_hazard'),
        ('rectification', h.rectified_at, h.rectification_text,
         h.rectified_at IS NOT NULL AND h.rectification_text <> '')
    ) AS t (what, said_at, words, holds)
    WHERE h.found_at >= %(since)s AND t.holds AND <where>
), plain AS MATERIALIZED (
    SELECT h.id, h.enterprise_id, h.said_at, h.what, h.words, <party> AS party,
           {alike} / 100.0 AS alike, {fewest} AS fewest, {shortest} AS shortest,
           lower(regexp_replace(h.words, '[[:digit:][:space:][:punct:]，。、；：（）“”！？]+', '', 'g')) AS bare
    FROM told h WHERE <only>
), said AS (
    SELECT * FROM plain WHERE length(bare) >= shortest
), several AS (
    SELECT party, what FROM said GROUP BY party, what HAVING count(<counted>) >= min(fewest)
), texts AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY min(said_at), bare) AS no, party, what, bare, sw_bigrams(bare) AS pairs,
           min(said_at) AS first_at, count(<counted>) AS weight, min(alike) AS alike
    FROM said JOIN several USING (party, what) GROUP BY party, what, bare
)"""
ALIKE = """
, alike AS MATERIALIZED (
    SELECT a.no, b.no AS other FROM <candidates>
    CROSS JOIN LATERAL (SELECT count(*) AS n FROM unnest(a.pairs) pair WHERE pair = ANY(b.pairs)) shared
    WHERE shared.n >= a.alike * (cardinality(a.pairs) + cardinality(b.pairs) - shared.n)
), near AS (
    SELECT no, other FROM alike UNION ALL SELECT other, no FROM alike UNION ALL SELECT no, no FROM texts
), around AS (
    SELECT near.no, sum(texts.weight) AS weight FROM near JOIN texts ON texts.no = near.other GROUP BY near.no
), middle AS (
    SELECT DISTINCT ON (near.no) near.no, near.other AS middle
    FROM near JOIN around ON around.no = near.other ORDER BY near.no, around.weight DESC, near.other
), groups AS (
    SELECT said.*, middle.middle, centre.bare AS wording
    FROM said JOIN texts USING (party, what, bare) JOIN middle ON middle.no = texts.no
    JOIN texts centre ON centre.no = middle.middle
)"""
# Texts of one enterprise whose lengths differ by no more than the likeness allows.
EVERY_PAIR = """texts a JOIN texts b ON b.party = a.party AND b.what = a.what AND a.no < b.no
      AND least(cardinality(a.pairs), cardinality(b.pairs))
          >= a.alike * greatest(cardinality(a.pairs), cardinality(b.pairs))"""
# Texts of a county that share a run of characters. Who changes little leaves long runs as they were; a run that is in
# more wordings than `most` is how the trade speaks, and leads nobody to anybody.
RUNS = """
, runs AS MATERIALIZED (
    SELECT no, party, what, substr(bare, place, %(run)s) AS run
    FROM texts, generate_series(1, length(bare) - %(run)s + 1) AS place
), telling AS (
    SELECT party, what, run FROM runs GROUP BY party, what, run HAVING count(*) BETWEEN 2 AND %(most)s
), meeting AS MATERIALIZED (
    SELECT DISTINCT a.no, b.no AS other FROM telling
    JOIN runs a USING (party, what, run) JOIN runs b USING (party, what, run) WHERE a.no < b.no
)"""
RUN, MOST = 8, 50
MEETING = """meeting m JOIN texts a ON a.no = m.no JOIN texts b ON b.no = m.other
      AND least(cardinality(a.pairs), cardinality(b.pairs))
          >= a.alike * greatest(cardinality(a.pairs), cardinality(b.pairs))"""

AGAIN_AND_AGAIN = """
SELECT enterprise_id, what || '-' || left(md5(wording), 16), (max(said_at) AT TIME ZONE %(zone)s)::date,
       count(DISTINCT id)::int,
       jsonb_build_object('what', what, 'words', (array_agg(words ORDER BY bare <> wording, said_at))[1],
                          'times', count(DISTINCT id), 'wordings', count(DISTINCT bare),
                          'hazards', to_jsonb(array_agg(DISTINCT id)))
FROM groups GROUP BY enterprise_id, what, middle, wording
HAVING count(DISTINCT id) >= min(fewest) AND count(DISTINCT (said_at AT TIME ZONE %(zone)s)::date) > 1
"""
# The first to use the words may be the one from whom they were copied: the doubt is about those who came later.
AT_SEVERAL = """
, shared AS (
    SELECT middle, count(DISTINCT enterprise_id) AS enterprises,
           (array_agg(id ORDER BY said_at, id))[1] AS first_hazard,
           (array_agg(enterprise_id ORDER BY said_at, id))[1] AS first_user
    FROM groups GROUP BY middle HAVING count(DISTINCT enterprise_id) >= min(fewest)
)
SELECT enterprise_id, 'shared-' || what || '-' || left(md5(wording), 16), (max(said_at) AT TIME ZONE %(zone)s)::date,
       max(shared.enterprises)::int,
       jsonb_build_object('what', what, 'words', (array_agg(words ORDER BY said_at))[1],
                          'times', count(DISTINCT id), 'enterprises', max(shared.enterprises),
                          'hazards', to_jsonb((array_agg(DISTINCT id))[1:20] || max(shared.first_hazard)))
FROM groups JOIN shared USING (middle) WHERE enterprise_id <> first_user
GROUP BY enterprise_id, what, middle, wording
"""
# The wording of an item of the library, or a text that has been taken over from it.
NOT_OF_A_LIST = """NOT EXISTS (
        SELECT FROM inspections_finding f JOIN inspections_checkitem i ON i.id = f.item_id
        WHERE f.hazard_id = h.id AND strpos(h.words, i.content) > 0)"""


def written(template: str, **parts: str) -> str:
    """Return a statement with its parts written in; the numbers of the rulebook follow later."""
    for name, part in parts.items():
        template = template.replace(f"<{name}>", part)
    return template


WITHIN = written(
    SAID + ALIKE + AGAIN_AND_AGAIN,
    party="h.enterprise_id",
    # A hazard says each of the two once.
    counted="*",
    where="true",
    only="true",
    candidates=EVERY_PAIR,
)
BETWEEN = written(
    SAID + RUNS + ALIKE + AT_SEVERAL,
    party="h.county_code",
    counted="DISTINCT enterprise_id",
    where="h.county_code = %(county)s",
    only=NOT_OF_A_LIST,
    candidates=MEETING,
)
LIKENESS = Mark("alike", "DOUBT_COPIED_ALIKE", "h")


def copied_text(since: date, today: date) -> list[Found]:
    """Find nearly the same words again and again at one enterprise, and at several enterprises of a county."""
    return [*copied_within(since, today), *copied_between(since, today)]


def copied_within(since: date, today: date) -> list[Found]:
    """Find what one enterprise writes again and again, on several days."""
    fewest = Mark("fewest", "DOUBT_COPIED_TIMES", "h")
    shortest = Mark("shortest", "DOUBT_COPIED_SHORTEST", "h")
    with joined_by_hashing():
        return ask(WITHIN, since, today, LIKENESS, fewest, shortest)


def copied_between(since: date, today: date) -> list[Found]:
    """Find long texts that several enterprises of a county write alike; county by county, so that memory stays small."""
    fewest = Mark("fewest", "DOUBT_COPIED_ENTERPRISES", "h")
    shortest = Mark("shortest", "DOUBT_COPIED_LENGTH", "h")
    counties = Hazard.objects.filter(found_at__gte=midnight(since)).order_by().values_list("county_code")
    with joined_by_hashing():
        return [
            found
            for (county,) in sorted(counties.distinct())
            for found in ask(
                BETWEEN, since, today, LIKENESS, fewest, shortest, county=county, run=RUN, most=MOST
            )
        ]


@contextmanager
def joined_by_hashing() -> Iterator[None]:
    """Let the database join by hashing: it cannot know how many texts there are before it has read them, and guesses few."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("RESET enable_nestloop")
