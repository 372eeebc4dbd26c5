"""Which list pages there are, by their key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import get_resolver

if TYPE_CHECKING:
    from listings.pages import ListPage

PAGES: dict[str, type[ListPage]] = {}


def page_class(key: str) -> type[ListPage]:
    """Return a list page by its key; the worker has not read the addresses, which is what declares the pages."""
    if key not in PAGES:
        get_resolver().url_patterns  # noqa: B018 - reading them imports the views
    return PAGES[key]
