"""Enterprises that a row without a known code may be: by name and place (handbook §3.3).

Names are compared as people mean them: without brackets and spaces, without the places at their beginning and the legal
form at their end. Both sides are cut alike, so that what is lost is lost on both.
"""

from enterprises.models import Enterprise
from listings.importing.sql import quoted
from regions.models import Region, RegionLevel

BRACKETS = "（）()·.．-－—　 "
# 大王镇 before the name itself; wider places are known by their names.
TOWN = "(.{1,3}[镇乡])?"
FORMS = "(股份有限责任公司|集团有限公司|有限责任公司|股份有限公司|有限公司|公司)$"
# A shorter rest says too little: 机械 is in many names.
SHORTEST = 3


def places() -> str:
    """Return the pattern of the places that may stand at the beginning of a name, with or without 省, 市, 县, 区."""
    names = Region.objects.filter(level__lte=RegionLevel.COUNTY).values_list("name", flat=True)
    stems = {name[:-1] for name in names if len(name) > 2 and name.isalnum()}
    named = "|".join(sorted(stems, key=len, reverse=True))
    return f"^(({named})[省市县区]?)*{TOWN}" if named else f"^{TOWN}"


def core(column: str, beginning: str) -> str:
    """Return the SQL of a name's own part."""
    plain = f"translate({column}, '{BRACKETS}', '')"
    return f"regexp_replace(regexp_replace({plain}, '{beginning}', ''), '{FORMS}', '')"


def twins(table: str, covered: str) -> str:
    """Return the SQL that finds files which staged rows without a known code may be, among those `filed` that are covered.

    Rank 4: same name, same town. 3: same name or former name, same county. 2: the name's own part, same county.
    1: same name, elsewhere. A file that another row of the workbook claims by its code is nobody else's.
    """
    enterprises, beginning = quoted(Enterprise._meta.db_table), places()
    wanted = f"""
        SELECT row_no, uscc, name, region_id, production_address, {core("name", beginning)} AS core FROM "{table}" staged
        WHERE NOT wrong AND name IS NOT NULL
        AND NOT EXISTS (SELECT FROM {enterprises} known WHERE known.uscc = staged.uscc)
    """  # noqa: S608 - names of our own tables
    known = f"""
        SELECT id, uscc, name, former_name, region_id, production_address, {core("name", beginning)} AS core
        FROM {enterprises} filed WHERE NOT EXISTS (SELECT FROM "{table}" other WHERE other.uscc = filed.uscc)
        AND ({covered}) AND EXISTS (SELECT FROM wanted)
    """  # noqa: S608
    return f"""
        WITH wanted AS MATERIALIZED ({wanted}), known AS MATERIALIZED ({known}), met AS (
            SELECT wanted.row_no, known.id FROM wanted JOIN known USING (name)
            UNION SELECT wanted.row_no, known.id FROM wanted JOIN known
                ON known.former_name = wanted.name AND known.former_name <> ''
            UNION SELECT wanted.row_no, known.id FROM wanted JOIN known
                ON known.core = wanted.core AND left(known.region_id, 6) = left(wanted.region_id, 6)
                AND length(wanted.core) >= {SHORTEST}
        )
        SELECT row_no, id AS found_id, known.uscc AS found_key,
            CASE WHEN known.name = wanted.name AND left(known.region_id, 9) = left(wanted.region_id, 9) THEN 4
                WHEN wanted.name IN (known.name, known.former_name)
                    AND left(known.region_id, 6) = left(wanted.region_id, 6) THEN 3
                WHEN known.core = wanted.core AND left(known.region_id, 6) = left(wanted.region_id, 6) THEN 2
                ELSE 1 END AS rank,
            {told("wanted")} AS said, {told("known")} AS shown
        FROM met JOIN wanted USING (row_no) JOIN known USING (id)
    """  # noqa: S608


def told(alias: str) -> str:
    """Return the SQL of what a page shows of a row or a file."""
    place = f"(SELECT region.name FROM regions_region region WHERE region.code = {alias}.region_id)"  # noqa: S608
    return (
        f"jsonb_build_object('code', COALESCE({alias}.uscc, ''), 'name', {alias}.name, "
        f"'place', COALESCE({place}, ''), 'address', COALESCE({alias}.production_address, ''))"
    )
