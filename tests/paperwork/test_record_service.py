"""That a document reached its party is put on record, and never changed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from paperwork import rendering
from paperwork.models import Manner, ServiceReceipt
from paperwork.services import record_service, withdraw


@pytest.fixture
def document(write, at):
    row = write()
    rendering.render(row.pk, at=at)
    row.refresh_from_db()
    return row


@pytest.fixture
def serve(document, people, at):
    def _serve(**more):
        facts = {"manner": "direct", "served_at": at + timedelta(hours=2), "recipient": "高砚平（总经理）"}
        return record_service(
            document, **{**facts, "by": people.officer, "at": at + timedelta(hours=3), **more}
        )

    return _serve


def test_it_says_how_when_and_into_whose_hands(serve, document, people, at):
    receipt = serve(place="大王镇工业路")
    assert list(document.receipts.all()) == [receipt]
    assert (receipt.manner, receipt.served_at, receipt.recorded_by) == (
        "direct",
        at + timedelta(hours=2),
        people.officer,
    )
    assert Entry.objects.filter(verb="paperwork.record_service", target_id=document.pk).exists()


@pytest.mark.parametrize("manner", ["leave", "post", "electronic", "announcement"])
def test_what_could_not_be_shown_later_needs_a_proof(serve, manner):
    with pytest.raises(ValidationError) as refused:
        serve(manner=manner)
    assert "proof" in refused.value.error_dict
    assert serve(manner=manner, proof="见证人 刘长河").proof


@pytest.mark.parametrize("manner", ["direct", "entrusted"])
def test_a_signature_is_proof_enough(serve, manner):
    assert serve(manner=manner).manner in Manner


@pytest.mark.parametrize(("hours", "words"), [(4, "future"), (-1, "not issued yet")])
def test_a_moment_that_cannot_have_been_is_refused(serve, at, hours, words):
    with pytest.raises(ValidationError) as refused:
        serve(served_at=at + timedelta(hours=hours))
    assert words in refused.value.message_dict["served_at"][0]


def test_a_document_handed_over_in_the_minute_of_its_issuing_is_served(serve, at):
    assert serve(served_at=at.replace(second=0)).pk


def test_a_withdrawn_document_is_not_served(serve, document, people, at):
    withdraw(document, reason="x", by=people.county, at=at)
    with pytest.raises(ValidationError, match="withdrawn"):
        serve()


def test_a_document_that_is_not_made_yet_is_not_served(write, people, at):
    with pytest.raises(ValidationError, match="not made"):
        record_service(
            write(),
            manner="direct",
            served_at=at,
            recipient="x",
            by=people.county,
            at=at + timedelta(hours=1),
        )


def test_only_the_agency_that_issued_it_serves_it(serve, people):
    with pytest.raises(PermissionDenied):
        serve(by=people.town)


def test_the_database_itself_keeps_a_receipt(serve):
    receipt = serve()
    with pytest.raises(InternalError), transaction.atomic():
        ServiceReceipt.objects.filter(pk=receipt.pk).update(recipient="别人")
    with pytest.raises(InternalError), transaction.atomic():
        ServiceReceipt.objects.filter(pk=receipt.pk).delete()


def test_who_sees_the_document_sees_the_receipt(serve, people):
    serve()
    assert ServiceReceipt.objects.visible_to(people.enterprise).count() == 1
    assert not ServiceReceipt.objects.visible_to(people.other_county).exists()


def test_the_page_records_it_and_the_document_shows_it(document, people, sign_in):
    client = sign_in(people.county)
    url = reverse("paperwork:record_service", args=[document.pk])
    assert client.get(url).status_code == 200
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    facts = {"manner": "leave", "served_at": now, "recipient": "高砚平"}
    refused = client.post(url, facts)
    assert refused.status_code == 422
    assert client.post(url, {**facts, "proof": "见证人 刘长河"}).status_code == 302
    assert "刘长河" in client.get(document.get_absolute_url()).content.decode()
