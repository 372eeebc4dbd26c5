"""The addresses of a list: the page as it stands, with something changed, or a part of it."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from listings.columns import Column
from listings.tabs import conditions

# Parameters that belong to one answer, not to the list.
PASSING = ("part", "panel", "count", "format")


class Addresses:
    """What a list page says of its own addresses; all of them keep what the request asked for."""

    request: HttpRequest
    chosen: list[Column]

    def address(self, **changes: Any) -> str:
        """Return this page's address with some parameters changed; None removes one."""
        query = dict(self._parameters)
        if changes:
            query.pop("after", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = [value]
        text = urlencode(query, doseq=True)
        return f"{self.request.path}?{text}" if text else self.request.path

    @cached_property
    def _parameters(self) -> dict[str, list[str]]:
        """What the address says, without what belongs to one answer alone."""
        return {name: values for name, values in self.request.GET.lists() if name not in PASSING}

    def clear_url(self) -> str:
        """Return the address without any condition, shown as it is shown now."""
        return self.address(page=None, **dict.fromkeys(conditions(self.request.GET)))

    def _with(self, name: str, value: str) -> str:
        """Return this address with a parameter that belongs to one answer alone."""
        here = self.address()
        return f"{here}{'&' if '?' in here else '?'}{name}={value}"

    def conditions_url(self) -> str:
        """Return where the filter form is fetched from."""
        return self._with("part", "conditions")

    def panel_url(self) -> str:
        """Return this page with the filter form in it."""
        return self._with("panel", "conditions")

    def tabs_url(self) -> str:
        """Return where the tabs with their counts are fetched from."""
        return self._with("part", "tabs")

    def columns_url(self) -> str:
        """Return where the choice of columns is fetched from."""
        return self._with("part", "columns")

    def columns_panel_url(self) -> str:
        """Return this page with the choice of columns in it."""
        return self._with("panel", "columns")

    def xlsx_url(self) -> str:
        """Return the export as a workbook."""
        return self._with("format", "xlsx")

    def csv_url(self) -> str:
        """Return the export as text."""
        return self._with("format", "csv")

    def kept_presentation(self) -> list[tuple[str, str]]:
        """Return how the list is shown, for the filter form to take along."""
        query = self.request.GET
        return [(name, query[name]) for name in ("sort", "size", "cols") if query.get(name)]

    def share_url(self) -> str:
        """Return this address with the columns in it, for a colleague."""
        return self.address(cols=",".join(column.name for column in self.chosen))
