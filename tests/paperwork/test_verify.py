"""Anyone with the code learns that the document was issued and whether it stands, and nothing more."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from paperwork import rendering
from paperwork.codes import canonical
from paperwork.services import withdraw
from tests.paperwork.conftest import chinese

STANDS = "This document was issued and stands"
WITHDRAWN = "This document has been withdrawn"
SAME = "The file is the one we issued, sign by sign."
OTHER = "The file is not the one we issued."


@pytest.fixture
def document(write, at):
    row = write()
    rendering.render(row.pk, at=at)
    row.refresh_from_db()
    return row


def address(document) -> str:
    return reverse("verify_document", args=[document.code])


def test_it_tells_what_was_issued_by_whom_and_when(client, document):
    html = client.get(address(document)).content.decode()
    for told in (
        chinese(STANDS),
        document.title,
        document.number,
        "广饶县应急管理局",
        "2026-03-10",
        document.pdf_sha256,
    ):
        assert told in html


def test_it_does_not_tell_to_whom_nor_what_for(client, document, people, at):
    withdraw(document, reason="写错了单位", by=people.county, at=at)
    html = client.get(address(document)).content.decode()
    for kept in ("甲公司", "砚池", "门锁", "写错了单位", people.county.name, "91370"):
        assert kept not in html


def test_a_withdrawn_document_says_so(client, document, people, at):
    withdraw(document, reason="x", by=people.county, at=at)
    html = client.get(address(document)).content.decode()
    assert chinese(WITHDRAWN) in html
    assert chinese(STANDS) not in html


def test_an_unknown_code_is_not_found_and_says_what_to_do(client, db):
    response = client.get(reverse("verify_document", args=["AAAA-2222"]))
    assert response.status_code == 404
    assert "AAAA-2222" in response.content.decode()


def test_the_answer_is_kept_by_nobody_and_found_by_no_search(client, document):
    response = client.get(address(document))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("typed", ["7k2m-q4rd", "7K2MQ4RD", " 7k2m q4rd ", "７Ｋ２Ｍ－Ｑ４ＲＤ", "7K2M—Q4RD"])
def test_a_code_may_be_typed_in_any_way(typed):
    assert canonical(typed) == "7K2M-Q4RD"


def test_the_code_can_be_typed_on_a_page(client, document):
    assert client.get(reverse("verify_code")).status_code == 200
    response = client.get(reverse("verify_code"), {"code": document.code.replace("-", "").lower()})
    assert response.status_code == 302
    assert response["Location"] == address(document)


@pytest.mark.parametrize("code", ["", "-", "。。", "x" * 300])
def test_a_code_that_is_none_crashes_nothing(client, db, code):
    response = client.get(reverse("verify_code"), {"code": code}, follow=True)
    assert response.status_code in {200, 404}


def test_the_file_somebody_was_given_can_be_compared(client, document):
    same = SimpleUploadedFile("通知书.pdf", bytes(document.pdf))
    assert chinese(SAME) in client.post(address(document), {"file": same}).content.decode()
    changed = SimpleUploadedFile("通知书.pdf", bytes(document.pdf) + b" ")
    assert chinese(OTHER) in client.post(address(document), {"file": changed}).content.decode()


def test_comparing_with_nothing_asks_for_a_file(client, document):
    html = client.post(address(document)).content.decode()
    assert chinese("This field is required.") in html
    assert chinese(OTHER) not in html
