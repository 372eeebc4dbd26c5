"""Divisions and grids: minimal rows, the wider places made on the way."""

from regions.codes import prefixes
from regions.models import Grid, Region
from regions.services import load_rows


def make_region(code: str, name: str = "") -> Region:
    """A division of this code, with the divisions that contain it."""
    missing = [each for each in prefixes(code) if not Region.objects.filter(code=each).exists()]
    load_rows({"code": each, "name": name if each == code and name else f"区划{each}"} for each in missing)
    return Region.objects.get(code=code)


def make_grid(code: str, **fields: object) -> Grid:
    """A grid of this code in the village of its first twelve digits, unless another division is given."""
    region = fields.pop("region", None) or make_region(code[:12])
    return Grid.objects.create(code=code, region=region, name=fields.pop("name", f"网格{code}"), **fields)
