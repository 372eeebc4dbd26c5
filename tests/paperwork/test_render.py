"""The paper is made once, in the worker, and never again."""

import hashlib
from io import BytesIO

import pytest
from django.db import InternalError, transaction
from docx import Document

from paperwork import docx, rendering, tasks
from paperwork.models import IssuedDocument, RenderState


@pytest.fixture
def ready(write, at):
    """A letter with its paper."""
    document = write()
    assert rendering.render(document.pk, at=at)
    document.refresh_from_db()
    return document


def test_both_files_are_kept_with_their_hashes(ready, at):
    assert (ready.state, ready.rendered_at) == (RenderState.READY, at)
    assert bytes(ready.pdf).startswith(b"%PDF-")
    assert hashlib.sha256(ready.pdf).hexdigest() == ready.pdf_sha256
    assert hashlib.sha256(ready.docx).hexdigest() == ready.docx_sha256


def test_it_is_made_of_the_frozen_facts(ready):
    text = "\n".join(line.text for line in Document(BytesIO(ready.docx)).paragraphs)
    assert "门锁坏了" in text
    assert ready.number in text


def test_it_is_never_made_twice(ready, at, monkeypatch):
    monkeypatch.setattr(docx, "render", lambda *args: pytest.fail("made again"))
    assert not rendering.render(ready.pk, at=at)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pdf", b"another"),
        ("docx", b"another"),
        ("pdf_sha256", "0" * 64),
        ("docx_sha256", "0" * 64),
        ("state", "queued"),
        ("rendered_at", None),
        ("facts", {}),
        ("number", "（广）应急提示〔2026〕99号"),
        ("title", "奖状"),
        ("code", "AAAA-AAAA"),
    ],
)
def test_the_database_itself_refuses_to_change_a_finished_document(ready, field, value):
    with pytest.raises(InternalError), transaction.atomic():
        IssuedDocument.objects.filter(pk=ready.pk).update(**{field: value})


def test_the_database_itself_refuses_to_delete_a_document(ready):
    with pytest.raises(InternalError), transaction.atomic():
        IssuedDocument.objects.filter(pk=ready.pk).delete()


def test_without_pdf_the_word_copy_is_made_alone(write, at, settings):
    settings.PDF_ENABLED = False
    document = write()
    rendering.render(document.pk, at=at)
    document.refresh_from_db()
    assert (document.state, document.pdf, document.pdf_sha256) == (RenderState.READY, None, "")
    assert document.docx_sha256


def fail(*args):
    raise MemoryError("too long a letter")


def test_a_failed_attempt_leaves_the_document_waiting_and_says_why(write, at, monkeypatch):
    document = write()
    with monkeypatch.context() as broken:
        broken.setattr(docx, "render", fail)
        with pytest.raises(MemoryError):
            rendering.render(document.pk, at=at)
    document.refresh_from_db()
    assert (document.state, document.attempts) == (RenderState.QUEUED, 1)
    assert "too long a letter" in document.error
    assert rendering.render(document.pk, at=at)
    document.refresh_from_db()
    assert document.error == ""


def test_after_the_third_failure_it_is_given_up(write, at, monkeypatch):
    document = write()
    monkeypatch.setattr(docx, "render", fail)
    for _n in range(3):
        with pytest.raises(MemoryError):
            rendering.render(document.pk, at=at)
    document.refresh_from_db()
    assert document.state == RenderState.FAILED
    assert not rendering.render(document.pk, at=at)


def test_a_document_that_kills_its_worker_is_given_up_too(write, at):
    document = write()
    for _n in range(3):
        assert rendering.begin_attempt(document.pk)
    assert not rendering.render(document.pk, at=at)
    document.refresh_from_db()
    assert (document.state, document.error) == (RenderState.FAILED, rendering.KILLED)


def test_what_was_left_over_is_queued_again_and_one_bad_document_stops_no_other(write, monkeypatch, at):
    asked = []
    monkeypatch.setattr(tasks.render_document, "delay", asked.append)
    bad, good, done = write(), write(), write()
    rendering.begin_attempt(bad.pk)
    rendering.render(done.pk, at=at)
    assert tasks.render_pending() == 2
    assert asked == [good.pk, bad.pk]


def test_the_task_makes_the_paper(write):
    document = write()
    assert tasks.render_document(document.pk)
    assert not tasks.render_document(document.pk)
