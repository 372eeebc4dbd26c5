"""Villages with their weight, grids, and the words from which rows are put together."""

import csv
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from django.db import connection
from psycopg2.extras import execute_values

from config.scale.bare import rows, run
from config.scale.columns import insert
from enterprises.demo import INDUSTRIES, WORDS
from hazards.choices import AXIS_OF, Axis
from hazards.demo_scene import DATA
from regions.models import Grid

TABLES = ("scale_village", "scale_trade", "scale_text")
# A few towns hold most of a city's enterprises; the weight is drawn from the town's code, the same at every load.
VILLAGES = """
CREATE UNLOGGED TABLE scale_village AS
SELECT row_number() OVER w AS no, code, (sum(weight) OVER w / sum(weight) OVER ())::float8 AS upto
FROM (SELECT code, 1 + 12 * power((abs(hashtext(left(code, 9))) %% 1000) / 1000.0, 3) AS weight
      FROM regions_region WHERE level = 5 AND code LIKE %(prefix)s || '%%') AS village
WINDOW w AS (ORDER BY code)
"""
GRIDS = """
FROM (SELECT code, floor(coalesce(lag(upto) OVER (ORDER BY no), 0) * {grids}) AS before,
             CASE WHEN no = count(*) OVER () THEN {grids} ELSE floor(upto * {grids}) END AS after
      FROM scale_village) AS village,
     generate_series(1, least(after - before, 999)::int) AS serial
"""


def lay_villages(prefix: str) -> int:
    """Weigh the villages below the prefix; return how many there are."""
    drop_all()
    return run(VILLAGES, {"prefix": prefix})


def drop_all() -> None:
    """Remove the helping tables."""
    for table in TABLES:
        run(f"DROP TABLE IF EXISTS {table}")


def lay_grids(number: int) -> int:
    """Make the grids, more of them where more enterprises are."""
    code = "code || lpad(serial::text, 3, '0')"
    columns = {
        "region_id": "code",
        "kind": "'safety'",
        "name": "'网格' || serial",
        "external_code": "''",
    }
    # The code is the primary key here, which `insert` leaves to the database elsewhere.
    sql = insert(Grid, columns, GRIDS.format(grids=int(number)))
    return run(sql.replace('("', '("code", "', 1).replace(" SELECT ", f" SELECT {code}, ", 1))


def lay_words() -> None:
    """Put the demo's words into tables from which SQL can draw by weight."""
    lay_trades()
    lay_texts()


def lay_trades() -> None:
    """The trades, as often as in the demo city."""
    drawn = []
    for kind, share in INDUSTRIES.items():
        trades = WORDS["trades"][kind]
        whole = sum(trade[6] for trade in trades)
        drawn += [(kind, *trade[:6], share * trade[6] / whole) for trade in trades]
    total = sum(row[-1] for row in drawn)
    upto = [part / total for part in accumulate(row[-1] for row in drawn)]
    fill(
        "scale_trade",
        "no int, kind text, sub text, word text, industry text, products text, materials text, tag text, upto float8",
        [(no, *row[:-1], edge) for no, (row, edge) in enumerate(zip(drawn, upto, strict=True), 1)],
    )


def lay_texts() -> None:
    """The sentences of hazards, each with several numbers in it."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        told = list(csv.DictReader(lines))
    spelled = [spell(row, n) for row in told for n in range(2, 10)]
    fill(
        "scale_text",
        "no int, category text, axis text, place text, description text, measures text, rectified text",
        [(no, *row) for no, row in enumerate(spelled, 1)],
    )


def spell(row: dict[str, str], n: int) -> tuple[str, ...]:
    """Return one wording of a sentence."""
    numbers = {"n": n, "mm": 3 * n}
    axis = str(AXIS_OF.get(row["category"], Axis.SITE))
    place, description = row["place"].format(**numbers), row["description"].format(**numbers)
    return row["category"], axis, place, description, row["measures"], row["rectified"]


def fill(table: str, columns: str, values: Iterable[Sequence[Any]]) -> None:
    """Make a helping table and write its rows."""
    run(f"CREATE UNLOGGED TABLE {table} ({columns})")
    with connection.cursor() as cursor:
        execute_values(cursor.cursor, f"INSERT INTO {table} VALUES %s", list(values))  # noqa: S608 - our own names


def texts() -> int:
    """Return how many sentences there are."""
    return rows("SELECT count(*) FROM scale_text")[0][0]
