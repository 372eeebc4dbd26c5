"""Who watches over an enterprise, as a file of many names it: the grid, the agency and the department of a row.

A grid is written by its code or by its name, an organisation by its name. Whether they belong to the place of the row is
asked of the whole file at once.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, OrganisationKind
from listings.importing.parsers import NOTHING, written
from listings.importing.places import areas_of
from listings.importing.spec import Never, Parse, Run
from regions.codes import prefixes
from regions.models import Grid

AGENCIES = (OrganisationKind.BUREAU, OrganisationKind.DEPARTMENT, OrganisationKind.TOWN)
TOWN = 9
# Where the enterprise of a row lies, or comes to lie.
PLACE = "COALESCE(staged.region_id, filed.region_id)"


def has_no_say(name: str) -> Never:
    """No row may name an authority of another place."""
    own = (
        f'SELECT body.region_id FROM "{Organisation._meta.db_table}" body'  # noqa: S608 - a name of the model
        f" WHERE body.id = staged.{name}_id"
    )
    return Never(
        name,
        f"staged.{name}_id IS NOT NULL AND NOT starts_with({PLACE}, ({own}))",
        _("This authority is not responsible for the place of the enterprise."),
    )


ELSEWHERE = (
    Never(
        "grid",
        f"left(staged.grid_id, {TOWN}) <> left({PLACE}, {TOWN})",
        _("This grid is in another town than the enterprise."),
    ),
    has_no_say("supervising_organisation"),
    has_no_say("competent_department"),
)


def grid(run: Run) -> Parse:
    """Return the parser of a grid of the person's area, by its code or its name."""
    rows = Grid.objects.order_by().values_list("code", "name")
    codes = by_name(row for row in rows if row[0].startswith(areas_of(run)))
    known = {code for found in codes.values() for code in found}

    def parse(raw: Any) -> str | None:
        words = written(raw)
        if words in NOTHING:
            return None
        found = {words} & known or codes.get(words, set())
        if len(found) > 1:
            raise ValidationError(_("Several grids are called so; write the code of 15 digits."))
        if not found:
            raise ValidationError(_("No grid of this code or name in your area."))
        return next(iter(found))

    return parse


def agency(run: Run) -> Parse:
    """Return the parser of an authority in the person's area or above it, by its name or short name."""
    areas = areas_of(run)
    above = {code for area in areas for code in prefixes(area)}
    rows = Organisation.objects.filter(kind__in=AGENCIES).order_by()
    near = [
        row
        for row in rows.values_list("pk", "name", "short_name", "region_id")
        if row[3] in above or row[3].startswith(areas)
    ]
    whole = {name: {str(pk)} for pk, name, _short, _place in near}
    short = by_name((str(pk), name) for pk, _name, name, _place in near)

    def parse(raw: Any) -> str | None:
        words = written(raw)
        if words in NOTHING:
            return None
        found = whole.get(words) or short.get(words, set())
        if len(found) > 1:
            raise ValidationError(_("Several authorities are called so; write the full name."))
        if not found:
            raise ValidationError(_("No authority of this name is on the platform; write its full name."))
        return next(iter(found))

    return parse


def by_name(rows: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the keys of each name."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, name in rows:
        found[name].add(key)
    return found
