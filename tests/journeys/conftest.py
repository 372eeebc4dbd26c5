"""A real browser against a real server; the clock is the test's own, so a deadline lapses when the test says so."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from accounts.models import User
from deadlines.sweeping import sweep
from inbox.outbox import dispatch
from inbox.sms.sending import send_due
from listings.models import Job, JobState
from listings.tasks import run_job
from paperwork.models import IssuedDocument
from paperwork.rendering import render
from tests.journeys.watching import Watch
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
# Half a minute: only a page that does not come waits so long, and a busy disk can hold one up.
PATIENCE = 30_000
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder; one that fails is played once more, and the summary counts it.

    A browser shares two cores with the other tests: a page may come late there that a person would wait for.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser, started once."""
    program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(program).exists():
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=PATIENCE)
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
        """Do the worker's rounds: clocks, messages, SMS, paper, long work."""
        sweep(self.at)
        dispatch(at=self.at)
        send_due(at=self.at)
        for pk in IssuedDocument.objects.filter(state="queued").values_list("pk", flat=True):
            render(pk, at=self.at)
        for pk in Job.objects.filter(state=JobState.WAITING).values_list("pk", flat=True):
            run_job(pk)
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


class Visits:
    """The browsers of one test, each a person's own; what any of their pages does wrong is gathered."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address, self.watch = browser, address, Watch(address)
        self.opened: list[BrowserContext] = []

    def __call__(
        self,
        user: User | None = None,
        size: tuple[int, int] = DESK,
        path: str = "/",
        *,
        by_form: bool = False,
        scripts: bool = True,
    ) -> Page:
        """Open the product as a person, at a width; `by_form` signs in as a person does, else with a session."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            base_url=self.address,
            java_script_enabled=scripts,
        )
        self.opened.append(context)
        context.set_default_timeout(PATIENCE)
        self.watch.over(context)
        page = context.new_page()
        if user and by_form:
            sign_in(page, user)
        elif user:
            context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": self.address}])
        page.goto(path)
        return page

    def close(self) -> None:
        """Close every browser; what a page still had to say is heard first."""
        for context in self.opened:
            for page in context.pages:
                page.title()
            context.close()


@pytest.fixture
def visit(chromium, live_server, own_files, people: People) -> Iterator[Visits]:
    """Open the product as a person; an error in a page, or a breach of the content policy, fails the test."""
    visits = Visits(chromium, live_server.url)
    yield visits
    visits.close()
    assert not visits.watch.faults, visits.watch.report()


def sign_in(page: Page, user: User) -> None:
    """Sign in as a person does."""
    page.goto("/account/login/")
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit], form button.btn-primary")
    page.wait_for_url("**/")


def session_of(user: User) -> str:
    """Return the key of a session, where signing in is not what the test is about."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client.cookies["sessionid"].value
