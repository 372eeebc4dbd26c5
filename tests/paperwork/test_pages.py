"""The page of a document waits for its files, and gives them only within scope."""

import pytest
from django.urls import reverse

from paperwork import rendering
from paperwork.models import IssuedDocument
from paperwork.selectors import documents_of
from tests.paperwork.conftest import chinese

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def waiting(write):
    return write()


@pytest.fixture
def ready(waiting, at):
    rendering.render(waiting.pk, at=at)
    waiting.refresh_from_db()
    return waiting


def page(client, document, **more) -> str:
    response = client.get(document.get_absolute_url(), **more)
    assert response.status_code == 200
    return response.content.decode()


def test_while_it_is_made_the_page_asks_again_and_offers_to_refresh(sign_in, people, waiting):
    html = page(sign_in(people.county), waiting)
    assert 'hx-trigger="every 1s"' in html
    assert f'href="{waiting.get_absolute_url()}">{chinese("Refresh")}' in html
    assert "paperwork:download" not in html


def test_the_answer_to_the_asking_is_the_part_that_changes_alone(sign_in, people, waiting):
    html = page(sign_in(people.county), waiting, **HTMX)
    assert html.lstrip().startswith("<section")
    assert "<html" not in html


def test_once_it_is_made_the_asking_page_is_told_to_load_anew(sign_in, people, ready):
    response = sign_in(people.county).get(ready.get_absolute_url(), **HTMX)
    assert response.headers["HX-Refresh"] == "true"


def test_once_it_is_made_the_asking_ends_and_the_files_are_there(sign_in, people, ready):
    html = page(sign_in(people.county), ready)
    assert "hx-trigger" not in html
    assert reverse("paperwork:download", args=[ready.pk, "pdf"]) in html
    assert ready.pdf_sha256 in html


def test_without_pdf_the_page_says_so_and_gives_the_word_copy(sign_in, people, waiting, at, settings):
    settings.PDF_ENABLED = False
    rendering.render(waiting.pk, at=at)
    html = page(sign_in(people.county), waiting)
    assert chinese("PDF is switched off on this server; the Word copy is complete.") in html
    assert reverse("paperwork:download", args=[waiting.pk, "pdf"]) not in html
    assert (
        sign_in(people.county).get(reverse("paperwork:download", args=[waiting.pk, "pdf"])).status_code == 404
    )
    assert (
        sign_in(people.county).get(reverse("paperwork:download", args=[waiting.pk, "docx"])).status_code
        == 200
    )


def test_a_document_that_could_not_be_made_says_so_and_can_be_made_again(
    sign_in, people, waiting, monkeypatch
):
    IssuedDocument.objects.filter(pk=waiting.pk).update(
        state="failed", attempts=3, error="MemoryError: too long"
    )
    client = sign_in(people.county)
    html = page(client, waiting)
    assert chinese("The document could not be made.") in html
    assert "too long" in html
    assert client.post(reverse("paperwork:try_again", args=[waiting.pk])).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts, waiting.error) == ("queued", 0, "")


def test_a_document_that_is_made_is_not_made_again(sign_in, people, ready):
    sign_in(people.county).post(reverse("paperwork:try_again", args=[ready.pk]))
    ready.refresh_from_db()
    assert ready.state == "ready"


@pytest.mark.parametrize(
    ("kind", "beginning", "disposition"), [("pdf", b"%PDF-", "inline"), ("docx", b"PK\x03\x04", "attachment")]
)
def test_the_files_are_given_as_they_were_kept(sign_in, people, ready, kind, beginning, disposition):
    response = sign_in(people.enterprise).get(reverse("paperwork:download", args=[ready.pk, kind]))
    assert response.content == bytes(getattr(ready, kind))
    assert response.content.startswith(beginning)
    assert response["Content-Disposition"].startswith(disposition)
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("who", ["other_county", "other_town", "other_enterprise", "expert"])
def test_out_of_scope_neither_page_nor_files_exist(sign_in, people, ready, who):
    client = sign_in(getattr(people, who))
    assert client.get(ready.get_absolute_url()).status_code == 404
    assert client.get(reverse("paperwork:download", args=[ready.pk, "pdf"])).status_code == 404


def test_other_kinds_of_files_do_not_exist(sign_in, people, ready):
    assert (
        sign_in(people.county).get(reverse("paperwork:download", args=[ready.pk, "facts"])).status_code == 404
    )


def test_the_verbs_are_shown_to_who_may_do_them(sign_in, people, ready):
    withdraw = reverse("paperwork:withdraw", args=[ready.pk])
    assert withdraw in page(sign_in(people.county), ready)
    assert withdraw not in page(sign_in(people.enterprise), ready)


def test_the_documents_of_a_record_are_those_one_may_see(ready, enterprise, people):
    assert list(documents_of(enterprise, people.town)) == [ready]
    assert not documents_of(enterprise, people.other_town).exists()
