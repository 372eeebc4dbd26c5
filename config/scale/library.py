"""Check items by the hundred thousand, made from those that ship, each with its law and in a checklist in use."""

from datetime import datetime

from config.scale.bare import bare, run
from config.scale.columns import insert
from inspections.library.loading import load_library
from inspections.models import CheckItem, Checklist, Edition, EditionLine, ItemReference

PER_CHECKLIST = 300
# Codes of what is made up here; the shipped ones begin otherwise.
PREFIX = "SCALE-"
SHIPPED = """
(SELECT row_number() OVER (ORDER BY id) - 1 AS no, count(*) OVER () AS shipped, *
 FROM inspections_checkitem WHERE code NOT LIKE 'SCALE-%') AS item
"""
MADE = """
FROM generate_series(1, {number}) AS i
JOIN {shipped} ON item.no = (i - 1) % item.shipped
ORDER BY i
"""
CITED = """
FROM inspections_checkitem AS item
JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS no, count(*) OVER () AS shipped, id
      FROM inspections_checkitem WHERE code NOT LIKE 'SCALE-%') AS source
  ON source.no = (substr(item.code, {begin})::int - 1) % source.shipped
JOIN inspections_itemreference AS cited ON cited.item_id = source.id
WHERE item.code LIKE 'SCALE-%'
"""
LINED = """
FROM inspections_checkitem AS item
JOIN inspections_checklist AS checklist
  ON checklist.code = 'scale-' || (1 + (substr(item.code, {begin})::int - 1) / {per})
JOIN inspections_edition AS edition ON edition.checklist_id = checklist.id
WHERE item.code LIKE 'SCALE-%'
"""


def load(number: int, now: datetime) -> int:
    """Write the items, their references, checklists and lines; return how many items."""
    load_library(at=now)
    moment = f"timestamptz '{now.isoformat()}'"
    begin = len(PREFIX) + 1
    with bare(CheckItem._meta.db_table):
        made = run(insert(CheckItem, items(moment), MADE.format(number=int(number), shipped=SHIPPED)))
    columns = {name: f"cited.{name}" for name in ("role", "law_id", "number", "branch", "clause")}
    with bare(ItemReference._meta.db_table):
        run(insert(ItemReference, {"item_id": "item.id", **columns}, CITED.format(begin=begin)))
    lay_checklists(-(-int(number) // PER_CHECKLIST), moment)
    lines = {
        "edition_id": "edition.id",
        "item_id": "item.id",
        "position": f"1 + (substr(item.code, {begin})::int - 1) % {PER_CHECKLIST}",
    }
    with bare(EditionLine._meta.db_table):
        run(insert(EditionLine, lines, LINED.format(begin=begin, per=PER_CHECKLIST)))
    return made


def items(moment: str) -> dict[str, str]:
    """Return the columns of an item: a shipped one at another place of the site."""
    copied = ("section", "methods", "category", "grade", "criterion_id", "measure", "mark")
    place = "(ARRAY['一车间','二车间','三车间','东仓库','西仓库','锅炉房','配电室','罐区'])[1 + i % 8]"
    return {
        **{name: f"item.{name}" for name in copied},
        "code": f"'{PREFIX}' || lpad(i::text, 7, '0')",
        "content": f"left({place} || (i / 8) || '号点位，' || item.content, 500)",
        "published_at": moment,
        "created_at": moment,
    }


def lay_checklists(number: int, moment: str) -> None:
    """Write the checklists, each with an edition in use."""
    checklist = {
        "code": "'scale-' || i",
        "title": "'第' || i || '号检查表'",
        "purpose": "'enterprise'",
        "categories": "ARRAY[(ARRAY['industry_trade', 'hazchem', 'fireworks', 'non_coal_mine'])[1 + i % 4]]",
        "created_at": moment,
    }
    run(insert(Checklist, checklist, f"FROM generate_series(1, {number}) AS i"))
    edition = {
        "checklist_id": "checklist.id",
        "number": "1",
        "state": "'published'",
        "state_since": moment,
        "published_at": moment,
        "version": "1",
        "item_count": str(PER_CHECKLIST),
    }
    run(
        insert(
            Edition, edition, "FROM inspections_checklist AS checklist WHERE checklist.code LIKE 'scale-%'"
        )
    )


def tables() -> tuple[str, ...]:
    """Return the tables that were filled."""
    return tuple(
        model._meta.db_table for model in (CheckItem, ItemReference, Checklist, Edition, EditionLine)
    )
