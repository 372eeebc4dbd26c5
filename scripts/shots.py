"""Take the pictures of the README from a running demo city: `make shots` while `make run` is up."""

import os
import sys

import django
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import PROJECT

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from accounts import demo  # noqa: E402 - models can be read once Django is set up.

ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
PASSWORD = os.environ.get("DEMO_PASSWORD") or demo.PASSWORD
# The browser's own words, those of a date or a file field, are Chinese like the page.
os.environ["LANGUAGE"] = "zh_CN"
FLAGS = [
    "--lang=zh-CN",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Who looks at what, how wide, and the name of the picture; a True at the end opens the first record of the list.
SHOTS = (
    ("county", "/", 1440, "home-1440", False),
    ("county", "/hazards/?open=true", 1440, "hazards-1440", False),
    ("county", "/hazards/?grade=major&state=site_review", 1440, "major-1440", True),
    ("city", "/analytics/", 1440, "analytics-1440", False),
    ("county", "/enterprises/?sources=true", 1440, "enterprise-1440", True),
    ("county", "/inspections/conduct/", 1440, "conduct-1440", False),
    ("enterprise", "/hazards/report/", 390, "report-390", False),
    ("enterprise", "/", 390, "home-390", False),
    ("officer", "/inspections/visits/?state=under_way", 390, "visit-390", True),
)


def main() -> None:
    """Sign in as each role and take its pictures."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        for user, path, width, name, opened in SHOTS:
            take(signed_in(browser, user, width), path, name, opened=opened)
        browser.close()


def signed_in(browser: Browser, user: str, width: int) -> Page:
    """Return a page on which the person is signed in."""
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
    page.goto(f"{ADDRESS}/account/login/")
    page.fill("input[name=login]", user)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    return page


def take(page: Page, path: str, name: str, *, opened: bool) -> None:
    """Open a page, or the first record of a list for the picture of a record, and keep the picture."""
    page.goto(f"{ADDRESS}{path}")
    page.wait_for_load_state("networkidle")
    if opened:
        page.click(".sw-what a")
        page.wait_for_load_state("networkidle")
    page.screenshot(path=PROJECT / "docs" / "pictures" / f"{name}.png")
    sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
