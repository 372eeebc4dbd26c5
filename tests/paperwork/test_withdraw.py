"""A correction is a withdrawal and a new document; the old one stays as it was."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction
from django.urls import reverse

from audit.models import Entry
from paperwork.models import IssuedDocument
from paperwork.services import withdraw


def test_it_is_marked_with_reason_person_and_moment(write, people, at):
    row = withdraw(write(), reason=" 写错了单位 ", by=people.county, at=at)
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason) == (people.county, at, "写错了单位")
    assert Entry.objects.filter(verb="paperwork.withdraw", target_id=row.pk, reason="写错了单位").exists()


def test_its_number_is_never_given_again(write, people, at):
    withdraw(write(), reason="x", by=people.county, at=at)
    assert write().serial == 2


def test_it_needs_a_reason_and_happens_once(write, people, at):
    document = write()
    with pytest.raises(ValidationError):
        withdraw(document, reason="  ", by=people.county, at=at)
    withdraw(document, reason="x", by=people.county, at=at)
    with pytest.raises(ValidationError, match="already"):
        withdraw(document, reason="x", by=people.county, at=at)


def test_the_database_itself_keeps_it_withdrawn(write, people, at):
    document = withdraw(write(), reason="x", by=people.county, at=at)
    with pytest.raises(InternalError), transaction.atomic():
        IssuedDocument.objects.filter(pk=document.pk).update(withdrawn_at=None)


@pytest.mark.parametrize("who", ["town", "city", "enterprise", "officer"])
def test_only_the_agency_that_issued_it_withdraws_it(write, people, at, who):
    with pytest.raises(PermissionDenied):
        withdraw(write(), reason="x", by=getattr(people, who), at=at)


def test_out_of_scope_it_does_not_exist(write, people, at):
    with pytest.raises(IssuedDocument.DoesNotExist):
        withdraw(write(), reason="x", by=people.other_county, at=at)


def test_the_page_asks_for_the_reason_and_does_it(write, people, sign_in):
    document = write()
    url = reverse("paperwork:withdraw", args=[document.pk])
    client = sign_in(people.county)
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "写错了单位"}).status_code == 302
    document.refresh_from_db()
    assert document.withdrawal_reason == "写错了单位"


@pytest.mark.parametrize(("who", "status"), [("town", 403), ("other_county", 404), ("other_enterprise", 404)])
def test_the_page_is_not_for_others(write, people, sign_in, who, status):
    url = reverse("paperwork:withdraw", args=[write().pk])
    assert sign_in(getattr(people, who)).get(url).status_code == status
