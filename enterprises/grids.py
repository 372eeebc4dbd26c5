"""Which grids an enterprise of a place may be put into."""

from django.db.models import Q, QuerySet

from accounts.models import User
from regions.models import Grid

TOWN, VILLAGE = 9, 12


def grids_for(user: User, place: str) -> QuerySet[Grid]:
    """Return the grids offered for a division: of a village its own and those of its town at large, of a town all.

    Above a town there is none to choose from.
    """
    rows = Grid.objects.visible_to(user).order_by("code")
    if len(place) == TOWN:
        return rows.filter(town_code=place)
    if len(place) == VILLAGE:
        return rows.filter(Q(region=place) | Q(region=place[:TOWN]))
    return rows.none()


def lies_in(grid: Grid, place: str) -> bool:
    """Say whether a grid and a division lie one in the other."""
    return grid.region_id.startswith(place) or place.startswith(grid.region_id)
