"""Asks axe about a page as it stands, against WCAG 2.2 AA, on a desk and on a phone."""

from functools import cache
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PHONE

RULES = """() => axe.run(document, {
  runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
  resultTypes: ["violations"],
}).then(found => found.violations.map(one =>
  one.id + ": " + one.nodes.map(node => node.target + " " + node.failureSummary).join(" | ")))"""
SIZES = {"desk": DESK, "phone": PHONE}


@cache
def library() -> str:
    """Return axe itself."""
    return Path(settings.NODE_MODULES, "axe-core", "axe.min.js").read_text()


def faults_of(page: Page) -> dict[str, list[str]]:
    """Return what axe finds at either width on a page that was opened with `axe=True`."""
    found = {}
    page.evaluate(library())
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        if faults := page.evaluate(RULES):
            found[name] = faults
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    return found
