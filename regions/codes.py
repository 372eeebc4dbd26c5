"""Division codes: what a code of a given length means. No database here."""

# Significant digits of each level, from province to village; a grid adds three of its own.
LENGTHS = (2, 4, 6, 9, 12)
GRID_LENGTH = 15
# A row carries these levels as stored columns, so that a post's region becomes one equality on an index.
LEVEL_COLUMNS = {
    2: "city_code__startswith",
    4: "city_code",
    6: "county_code",
    9: "town_code",
    12: "region_id",
}
# Third pair of digits 71-79: development zones that stand beside the counties.
COUNTY_ZONES = range(71, 80)
# Last three digits 400-599: development zones, farms and the like that stand beside the towns.
TOWN_ZONES = range(400, 600)


def trim(code: str) -> str:
    """Cut a padded code (``370523000000``) to its significant digits (``370523``)."""
    if not code.isdecimal() or len(code) not in LENGTHS or not code[:2].strip("0"):
        raise ValueError(f"{code!r} is not a division code")
    significant = (length for length in reversed(LENGTHS) if code[_shorter(length) : length].strip("0"))
    return code[: next(significant)]


def parent_code(code: str) -> str | None:
    """The code one level up, or None above the province."""
    shorter = _shorter(len(code))
    return code[:shorter] if shorter else None


def prefixes(code: str) -> list[str]:
    """Every place that contains the code, the code itself included, the widest first."""
    return [code[:length] for length in (*LENGTHS, GRID_LENGTH) if length <= len(code)]


def is_functional_zone(code: str) -> bool:
    """Whether the division-code convention makes this place a development zone, farm or the like."""
    if len(code) == 6:
        return int(code[4:6]) in COUNTY_ZONES
    if len(code) == 9:
        return int(code[6:9]) in TOWN_ZONES
    return False


def _shorter(length: int) -> int:
    return max((each for each in LENGTHS if each < length), default=0)
