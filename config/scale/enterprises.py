"""Enterprises by the hundred thousand, each with a code whose check digits are right."""

from datetime import datetime

from config.scale.bare import bare, run
from config.scale.columns import insert
from enterprises.demo import ORGANISATION_WEIGHTS, WORDS
from enterprises.models import Enterprise

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIGITS = 6
MOST = 10**DIGITS - 1

# OFFSET 0 keeps the planner from drawing the dice anew for each column.
SOURCE = """
FROM (SELECT *, '91' || left(code, 6) || 'MA' || serial ||
             substr('0123456789X', 1 + (11 - {organisation} % 11) % 11, 1) AS body
      FROM (SELECT i, lpad(i::text, {digits}, '0') AS serial, random() AS a, random() AS b, random() AS c,
                   exp(3.0 + random() + random() + random() - 1.5 + 2 * power(random(), 6)) AS people,
                   1 + width_bucket(random(), (SELECT array_agg(upto ORDER BY no) FROM scale_village)) AS village_no,
                   1 + width_bucket(random(), (SELECT array_agg(upto ORDER BY no) FROM scale_trade)) AS trade_no
            FROM generate_series(1, {number}) AS i OFFSET 0) AS dice
      JOIN scale_village AS village ON village.no = least(village_no, {villages})
      JOIN scale_trade AS trade ON trade.no = least(trade_no, {trades})
      LEFT JOIN (SELECT region_id, count(*) AS grids FROM regions_grid GROUP BY region_id) AS g
        ON g.region_id = village.code
      ORDER BY i) AS drawn
"""


def organisation_sum() -> str:
    """Return the weighted sum of an organisation code MA and six digits, as SQL."""
    letters = int("M", 36) * ORGANISATION_WEIGHTS[0] + int("A", 36) * ORGANISATION_WEIGHTS[1]
    digits = zip(range(1, DIGITS + 1), ORGANISATION_WEIGHTS[2:], strict=True)
    terms = [f"{weight} * substr(serial, {place}, 1)::int" for place, weight in digits]
    return f"({letters} + {' + '.join(terms)})"


def check_sign() -> str:
    """Return the eighteenth sign of a code, as SQL over its first seventeen (GB 32100-2015)."""
    terms = [
        f"{3**place % 31} * (strpos('{SIGNS}', substr(body, {place + 1}, 1)) - 1)" for place in range(17)
    ]
    return f"substr('{SIGNS}', 1 + (31 - ({' + '.join(terms)}) % 31) % 31, 1)"


def pick(words: str, dice: str) -> str:
    """Return one sign of a string by a number from 0 to 1, as SQL."""
    return f"substr('{words}', 1 + floor({dice} * {len(words)})::int, 1)"


def load(number: int, villages: int, trades: int, area: str, now: datetime) -> int:
    """Write the enterprises; return how many."""
    name = f"{area} || {pick(WORDS['first'], 'a')} || {pick(WORDS['second'], 'b')} || word || "
    columns = {
        "name": name + "CASE WHEN c < 0.94 THEN '有限公司' ELSE '' END",
        "uscc": f"body || {check_sign()}",
        "enterprise_type": "CASE WHEN c < 0.9 THEN 'limited' ELSE 'sole' END",
        "established_on": "date '1996-01-01' + (b * 10000)::int",
        "registered_capital": "round((10 + people * 40 * c)::numeric, 0)",
        "business_scope": "products",
        "production_address": "'工业路' || (1 + floor(c * 400)) || '号'",
        "grid_id": "CASE WHEN grids > 0 THEN code || lpad((1 + floor(a * grids))::text, 3, '0') END",
        "latitude": "round((31.9 + b * 0.6)::numeric, 6)",
        "longitude": "round((118.5 + a * 0.6)::numeric, 6)",
        **people(),
        **business(),
        "region_id": "code",
        "created_at": f"timestamptz '{now.isoformat()}' - b * interval '1100 days'",
        "updated_at": f"timestamptz '{now.isoformat()}' - b * a * interval '1100 days'",
    }
    source = SOURCE.format(
        organisation=organisation_sum(), digits=DIGITS, number=int(number), villages=villages, trades=trades
    )
    with bare(Enterprise._meta.db_table):
        for table in ("scale_village", "scale_trade", "scale_text", "regions_grid"):
            run(f"ANALYZE {table}")
        run("SELECT setseed(0.3705)")
        return run(insert(Enterprise, columns, source))


def people() -> dict[str, str]:
    """The people in the file; their numbers are nobody's."""
    surname, given = pick("王李张刘陈杨赵黄周吴徐孙", "c"), pick("明文志建国立春守长振", "a")
    return {
        "principal_name": f"{surname} || {given}",
        "principal_phone": "'1310546' || lpad((i % 10000)::text, 4, '0')",
        "contact_name": f"{surname} || {pick('玉海永德新宏庆广兴思', 'b')}",
        "contact_phone": "'1320546' || lpad((i % 10000)::text, 4, '0')",
        "employees": "people::int",
        "special_operators": "(people / 12)::int",
    }


def business() -> dict[str, str]:
    """What it does, how large it is, and who watches over it."""
    return {
        "annual_revenue": "round((people * 50)::numeric, 0)",
        "is_above_designated": "people > 40",
        "size": "CASE WHEN people < 20 THEN 'micro' WHEN people < 300 THEN 'small' ELSE 'medium' END",
        "supervision_level": "CASE WHEN a < 0.82 THEN 'town' WHEN a < 0.97 THEN 'county' ELSE 'city' END",
        "operating_status": "CASE WHEN b < 0.92 THEN 'normal' WHEN b < 0.97 THEN 'suspended_self' ELSE 'closed' END",
        "industry_code": "industry",
        "regulatory_category": "kind",
        "sub_category": "sub",
        "main_products": "products",
        "raw_materials": "materials",
        "risk_tags": "CASE WHEN tag <> '' AND c < 0.6 THEN ARRAY[tag] ELSE '{}' END",
    }
