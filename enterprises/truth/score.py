"""The quality of files: freshness and completeness, for one file or for all by one statement.

Every group is a bit. What is fresh is gathered as a mask for each enterprise, so that the statement reads each
confirmation once and joins once, however many groups there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import CharField, TextField

from enterprises.choices import ENDED
from enterprises.groups import GROUPS, MANDATORY, numbers
from enterprises.models.enterprise import Enterprise

BITS = {group.code: 1 << place for place, group in enumerate(GROUPS)}
# A file that lies above its village is not placed yet.
WHOLE_REGION = 12

STATEMENT = """
WITH {fresh_first} seen AS (
    SELECT e.id AS enterprise_id, {asked} AS asked, coalesce(fresh.mask, 0) & {asked} AS fresh,
           {missing} AS missing
    FROM enterprises_enterprise e LEFT JOIN {fresh} ON {same}
    WHERE e.operating_status <> ALL(%(ended)s) {only}
), rated AS (
    SELECT enterprise_id, missing, asked & ~fresh AS stale,
           round(100.0 * ({fresh_weight}) / nullif({asked_weight}, 0))::int AS freshness,
           round(100.0 * (%(fields)s - cardinality(missing)) / %(fields)s)::int AS completeness
    FROM seen
), ended AS (
    DELETE FROM enterprises_qualityscore q USING enterprises_enterprise e
    WHERE e.id = q.enterprise_id AND e.operating_status = ANY(%(ended)s) {only}
)
{write}
"""
FRESH = """
    SELECT enterprise_id, bit_or(CASE "group" {bit_of_group} ELSE 0 END) AS mask
    FROM enterprises_factgroup WHERE stale_on > %(today)s AND doubt = '' {of_file}
    GROUP BY enterprise_id
"""
RESULT = """
SELECT enterprise_id, round((freshness * %(share)s + completeness * (100 - %(share)s)) / 100.0)::int AS score,
       freshness, completeness, {stale} AS stale, missing, %(today)s::date AS since
FROM rated
"""
# Only what differs is handed to the insert: on a conflict a row is locked, and so written, even if it then stays.
UPSERT = """
INSERT INTO enterprises_qualityscore
    (enterprise_id, score, freshness, completeness, stale, missing, since)
SELECT new.enterprise_id, new.score, new.freshness, new.completeness, new.stale, new.missing, new.since
FROM ({result}) AS new LEFT JOIN enterprises_qualityscore kept ON kept.enterprise_id = new.enterprise_id
WHERE (kept.score, kept.freshness, kept.completeness, kept.stale, kept.missing)
    IS DISTINCT FROM (new.score, new.freshness, new.completeness, new.stale, new.missing)
ON CONFLICT (enterprise_id) DO UPDATE SET score = EXCLUDED.score, freshness = EXCLUDED.freshness,
    completeness = EXCLUDED.completeness, stale = EXCLUDED.stale, missing = EXCLUDED.missing, since = EXCLUDED.since
"""


@dataclass(frozen=True)
class Weights:
    """How much each group weighs, and which share of the score is freshness, in percent."""

    groups: dict[str, int]
    share: int


def weights(*, on: date, region: str = "") -> Weights:
    """Read the weights that hold on the day in the place (platform defaults unless the city set its own)."""
    known = numbers(["WEIGHT_FRESHNESS", *(group.weight for group in GROUPS)], on=on, region=region)
    return Weights({group.code: known[group.weight] for group in GROUPS}, known["WEIGHT_FRESHNESS"])


def refresh(*, on: date, enterprises: Iterable[int] | None = None) -> int:
    """Rate the files given, or all, by one statement; return how many ratings changed.

    The weights are those of the city in which the files lie; a product that serves one city reads them once.
    """
    ids = None if enterprises is None else list(enterprises)
    rows = Enterprise.objects.all() if ids is None else Enterprise.objects.filter(pk__in=ids)
    cities = rows.order_by().values_list("city_code", flat=True).distinct()
    return sum(_rate(on, weights(on=on, region=city), city, ids) for city in list(cities))


def _rate(on: date, held: Weights, city: str, ids: list[int] | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(*statement(on, held, city, ids))
        return cursor.rowcount


def fresh_groups(*, whole: bool) -> dict[str, str]:
    """Return how the statement comes by the fresh groups: of all files by one pass, of some by their keys.

    What an import has just written is in no statistics: joined as a set, the groups of a batch were gone through anew
    for each of its files.
    """
    groups = " ".join(f"WHEN '{code}' THEN {bit}" for code, bit in BITS.items())
    if whole:
        first = f"fresh AS ({FRESH.format(bit_of_group=groups, of_file='')}),"
        return {"fresh_first": first, "fresh": "fresh", "same": "fresh.enterprise_id = e.id"}
    one = FRESH.format(bit_of_group=groups, of_file="AND enterprise_id = e.id")
    return {"fresh_first": "", "fresh": f"LATERAL ({one}) AS fresh", "same": "true"}


def statement(on: date, held: Weights, city: str, ids: list[int] | None) -> tuple[str, dict[str, Any]]:
    """Return the statement and its parameters."""
    stale = listed({code: f"stale & {bit} > 0" for code, bit in BITS.items()})
    sql = STATEMENT.format(
        **fresh_groups(whole=ids is None),
        only="AND e.city_code = %(city)s" + ("" if ids is None else " AND e.id = ANY(%(ids)s)"),
        asked=asked_mask(),
        missing=listed({name: is_missing(name) for name in MANDATORY}),
        fresh_weight=weighed("fresh", held),
        asked_weight=weighed("asked", held),
        write=UPSERT.format(result=RESULT.format(stale=stale)),
    )
    params = {
        "today": on,
        "ended": sorted(ENDED),
        "fields": len(MANDATORY),
        "share": held.share,
        "city": city,
        "ids": ids,
    }
    return sql, params


def asked_mask() -> str:
    """Return the groups that an enterprise must keep as a mask, as SQL over its category."""
    terms = [str(sum(BITS[group.code] for group in GROUPS if not group.asks))]
    for group in GROUPS:
        if group.asks:
            kinds = ", ".join(f"'{kind}'" for kind in sorted(group.asks))
            terms.append(f"CASE WHEN e.regulatory_category IN ({kinds}) THEN {BITS[group.code]} ELSE 0 END")
    return f"({' + '.join(terms)})"


def weighed(mask: str, held: Weights) -> str:
    """Return the sum of the weights of the groups in a mask, as SQL."""
    return " + ".join(f"({mask} & {BITS[code]} > 0)::int * {weight}" for code, weight in held.groups.items())


def is_missing(name: str) -> str:
    """Return the condition under which a mandatory field is not filled, as SQL."""
    field = Enterprise._meta.get_field(name)
    if name == "region":
        return f"length(e.region_id) < {WHOLE_REGION}"
    if isinstance(field, CharField | TextField):
        return f"e.{field.column} = ''"
    return f"e.{field.column} IS NULL" if field.null else f"e.{field.column} = 0"


def listed(conditions: dict[str, str]) -> str:
    """Return the names whose condition holds as a list, as SQL."""
    parts = ", ".join(f"CASE WHEN {condition} THEN '{name}' END" for name, condition in conditions.items())
    return f"array_remove(ARRAY[{parts}]::varchar[], NULL)"
