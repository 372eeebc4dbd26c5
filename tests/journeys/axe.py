"""Asks axe about a page as it stands, against WCAG 2.2 AA, on a phone and on a desk.

Of what axe can fetch beforehand only media are asked for: no rule at these levels reads the style sheets, and it would
parse them anew for every page, by writing them into it, which the content policy refuses.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PHONE

# From the top: what lies under a bar at the foot of the window is covered at some height and free at another.
RULES = """() => (scrollTo(0, 0), axe).run(document, {
  runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
  resultTypes: ["violations"],
  preload: {assets: ["media"]},
}).then(found => found.violations.map(one =>
  one.id + ": " + one.nodes.map(node => node.target + " " + node.failureSummary).join(" | ")))"""
SIZES = {"phone": PHONE, "desk": DESK}


@cache
def library() -> str:
    """Return axe itself."""
    return Path(settings.NODE_MODULES, "axe-core", "axe.min.js").read_text()


def faults_of(page: Page) -> dict[str, list[str]]:
    """Return what axe finds at either width; the page is left as wide as a desk."""
    found = {}
    page.evaluate(library())
    for name, (width, height) in SIZES.items():
        size = {"width": width, "height": height}
        if page.viewport_size != size:
            page.set_viewport_size(size)
        if faults := page.evaluate(RULES):
            found[name] = faults
    return found
