"""A deployment may name a virus scanner; until it has looked, a file cannot be opened."""

import pytest
from django.core.exceptions import ValidationError

from attachments import scanning, tasks
from attachments.models import Attachment, ScanState
from attachments.services import attach, receive
from audit.models import Entry
from tests.attachments import samples


class Strict:
    """A scanner that takes its time, and finds what is called so."""

    at_once = False
    seen: list[bytes] = []

    def verdict(self, file) -> str:
        content = file.read()
        Strict.seen.append(content)
        return "Eicar-Test" if b"virus" in content else ""


class Absent:
    """A scanner that does not answer."""

    at_once = False

    def verdict(self, file) -> str:
        raise ConnectionRefusedError


@pytest.fixture
def strict(settings):
    settings.ATTACHMENT_SCANNER = f"{__name__}.Strict"
    Strict.seen.clear()


def give(people, at, content=None):
    content = content or samples.pdf()
    return receive(samples.upload(content, "a.pdf"), by=people.enterprise, at=at, purpose="plan")


def test_without_a_scanner_what_was_sniffed_is_clean_at_once(people, at):
    assert give(people, at).scan_state == ScanState.CLEAN


def test_with_a_scanner_a_file_waits_for_it(
    strict, people, at, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(tasks.scan, "delay", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        row = give(people, at)
    assert row.scan_state == ScanState.RECEIVED
    assert asked == [row.pk]


def test_a_clean_file_is_opened_to_its_readers(strict, people, at):
    row = give(people, at)
    assert scanning.scan(row.pk, at=at)
    row.refresh_from_db()
    assert row.scan_state == ScanState.CLEAN
    assert Strict.seen == [samples.pdf()]


def test_an_unsafe_file_is_refused_and_that_is_put_on_record(strict, people, at):
    row = give(people, at, samples.pdf() + b"virus")
    scanning.scan(row.pk, at=at)
    row.refresh_from_db()
    assert row.scan_state == ScanState.REFUSED
    entry = Entry.objects.get(verb="attachments.refuse")
    assert (entry.actor, entry.reason) == (None, "Eicar-Test")


def test_a_file_is_scanned_once(strict, people, at):
    row = give(people, at)
    assert scanning.scan(row.pk, at=at)
    assert not scanning.scan(row.pk, at=at)
    assert len(Strict.seen) == 1


def test_a_scanner_that_does_not_answer_leaves_the_file_waiting(people, at, settings):
    settings.ATTACHMENT_SCANNER = f"{__name__}.Absent"
    row = give(people, at)
    with pytest.raises(OSError):
        scanning.scan(row.pk, at=at)
    row.refresh_from_db()
    assert row.scan_state == ScanState.RECEIVED


def test_a_waiting_file_may_be_bound_but_a_refused_one_may_not(strict, people, at, enterprise):
    waiting, refused = give(people, at), give(people, at)
    Attachment.objects.filter(pk=refused.pk).update(scan_state=ScanState.REFUSED)
    attach([waiting.pk], enterprise, by=people.enterprise)
    with pytest.raises(ValidationError):
        attach([refused.pk], enterprise, by=people.enterprise)


def test_files_that_a_killed_worker_left_are_asked_for_again(strict, people, at, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks.scan, "delay", asked.append)
    row = give(people, at)
    assert tasks.scan_left_over() == 1
    assert asked == [row.pk]
