"""Notices, a provider that remembers what it was given, and an empty data folder."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from inbox import forms, outbox, services, worklist
from inbox.notices import Notice, Wording, build
from inbox.sms.backends import Outcome, Result
from inbox.worklist import WorkSource
from tests.factories.home import answer_row
from tests.people import People

REPORTED = Wording(
    code="testing.reported",
    label="A record was reported",
    title="{name} 上报了一条隐患",
    body="{name} 的隐患等你受理。",
    sms="{name} 上报隐患，等你受理。",
    fields={"name": "广饶砚池木业有限公司"},
)


@pytest.fixture
def declare(monkeypatch) -> Callable[..., None]:
    """Let the product consist of these notices only."""

    def _declare(*notices: Notice) -> None:
        known = build(notices)
        for module in (outbox, services, forms):
            monkeypatch.setattr(module, "registry", lambda: known)

    return _declare


@pytest.fixture
def reported(people: People) -> Callable[..., Notice]:
    """Make the notice that tells the town of a report, changed as the test needs it."""

    def _reported(**changes: object) -> Notice:
        values = {
            "on": "testing.report",
            "wording": REPORTED,
            "audience": lambda target, event: [people.town],
            "values": lambda target, event: {"name": target.name},
            "url": lambda target: f"/enterprises/{target.pk}/",
            **changes,
        }
        return Notice(**values)

    return _reported


class Provider:
    """Remembers what it was asked to send, and answers as it is told to."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.asked: list[str] = []
        self.answers: list[Outcome | Exception] = []
        self.knows = Outcome(Result.UNKNOWN)

    def send(self, delivery) -> Outcome:
        self.sent.append(delivery.provider_key)
        answer = self.answers.pop(0) if self.answers else Outcome(Result.SENT, provider_id="p-1")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def ask(self, delivery) -> Outcome:
        self.asked.append(delivery.provider_key)
        return self.knows


@pytest.fixture
def provider() -> Provider:
    """A provider for this test."""
    return Provider()


@pytest.fixture(autouse=True)
def _data_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def work(monkeypatch) -> Callable[..., None]:
    """Let work come from these sources only."""

    def _work(*sources):
        monkeypatch.setattr(worklist, "sources", lambda: sources)

    _work(
        WorkSource(rules=("testing.answer",), roles=("town", "county"), row=answer_row, related=("region",))
    )
    return _work


@pytest.fixture
def open_home(people, sign_in, work) -> Callable:
    """Open the first page as the town, or as somebody else."""

    def _open(user=None, **query):
        return sign_in(user or people.town).get(reverse("inbox:home"), query)

    return _open
