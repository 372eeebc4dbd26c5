"""A real browser against a real server; the clock is the test's own, so a deadline lapses when the test says so."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from accounts.models import User
from deadlines.sweeping import sweep
from inbox.outbox import dispatch
from inbox.sms.sending import send_due
from paperwork.models import IssuedDocument
from paperwork.rendering import render
from tests.people import AT, PASSWORD, People

# The browser's own loop makes Django believe that it runs inside one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE, DESK = (390, 844), (1440, 900)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser, started once."""
    program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(program).exists():
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


class Clock:
    """What the server takes for now."""

    def __init__(self) -> None:
        self.at = AT

    def pass_days(self, days: int) -> datetime:
        """Let days pass, and have the worker do what it would have done by then."""
        self.at += timedelta(days=days)
        return self.work()

    def work(self) -> datetime:
        """Do the worker's rounds: clocks, messages, SMS, paper."""
        sweep(self.at)
        dispatch(at=self.at)
        send_due(at=self.at)
        for pk in IssuedDocument.objects.filter(state="queued").values_list("pk", flat=True):
            render(pk, at=self.at)
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The test's clock: the project asks `timezone.now()` and nothing else."""
    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.at)
    return made


@pytest.fixture
def own_files(settings, tmp_path) -> None:
    """Uploads and SMS of the test in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SMS_FILE = tmp_path / "sms.log"


@pytest.fixture
def visit(chromium, live_server, own_files, people: People) -> Iterator[Callable[..., Page]]:
    """Open the product as a person, at a width; whatever a page throws fails the test."""
    opened, faults = [], []

    def _visit(user: User | None = None, size: tuple[int, int] = DESK, path: str = "/") -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            base_url=live_server.url,
            bypass_csp=True,
        )
        opened.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if user:
            sign_in(page, user)
        page.goto(path)
        return page

    yield _visit
    for context in opened:
        context.close()
    assert faults == []


def sign_in(page: Page, user: User) -> None:
    """Sign in as a person does."""
    page.goto("/account/login/")
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit], form button.btn-primary")
    page.wait_for_url("**/")
