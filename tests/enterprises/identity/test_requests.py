"""The enterprise asks for another ID number: kept encrypted until the regulator answers, shown masked on both sides."""

from datetime import timedelta

import pytest
from django.db import connection

from enterprises.models import ChangeRequest, Enterprise, LegalRepIdentity
from enterprises.services import approve_change, change, return_change
from inbox.models import Message
from inbox.outbox import dispatch
from lifecycle.refusals import VerbRefused
from tests.enterprises.identity.conftest import NUMBER, SHOWN
from tests.factories.identity import valid_id_no
from tests.people import AT

pytestmark = pytest.mark.django_db
NEW = valid_id_no(611, born="19820517")
NEW_SHOWN = f"370{'*' * 11}{NEW[-4:]}"
LATER = AT + timedelta(days=2)


@pytest.fixture
def asked(people, filed) -> ChangeRequest:
    """The enterprise asks for another number."""
    change(filed, facts={"legal_rep_id_no": NEW}, reason="法定代表人变更", by=people.enterprise, at=AT)
    return ChangeRequest.objects.get()


def whole(enterprise) -> str:
    return LegalRepIdentity.objects.get(enterprise=enterprise).id_no


def test_the_file_keeps_its_number_until_somebody_approves(asked, filed):
    assert whole(filed) == NUMBER
    assert Enterprise.objects.get(pk=filed.pk).legal_rep_id_no == SHOWN


def test_the_request_holds_neither_number_in_clear(asked):
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM enterprises_changerequest t")
        [(raw,)] = cursor.fetchall()

    assert NUMBER[3:14] not in raw
    assert NEW[3:14] not in raw


@pytest.mark.parametrize("page", ["", "approve_change/", "return_change/"])
def test_who_decides_sees_both_sides_masked(people, sign_in, asked, page):
    text = sign_in(people.town).get(asked.get_absolute_url() + page).text

    assert SHOWN in text
    assert NEW_SHOWN in text
    assert asked.after["legal_rep_id_no"] not in text


def test_approving_writes_the_number(people, asked, filed):
    approve_change(asked, by=people.town, at=LATER)

    assert whole(filed) == NEW
    assert Enterprise.objects.get(pk=filed.pk).legal_rep_id_no == NEW_SHOWN


def test_once_approved_the_page_says_nothing_of_a_third_number(people, sign_in, asked):
    approve_change(asked, by=people.town, at=LATER)

    (row,) = sign_in(people.town).get(asked.get_absolute_url()).context["rows"]
    assert (row["before"], row["after"], row["now"]) == (SHOWN, NEW_SHOWN, None)


def test_returning_leaves_the_number(people, asked, filed):
    return_change(asked, reason="请附变更通知书", by=people.town, at=LATER)

    assert whole(filed) == NUMBER


def test_a_request_on_old_ground_is_not_approved(people, asked, filed):
    change(filed, facts={"legal_rep_id_no": valid_id_no(44)}, by=people.county, at=LATER)

    with pytest.raises(VerbRefused):
        approve_change(asked, by=people.town, at=LATER)


def test_taking_the_number_out_is_asked_for_as_well(people, filed):
    change(filed, facts={"legal_rep_id_no": ""}, by=people.enterprise, at=AT)
    approve_change(ChangeRequest.objects.get(), by=people.town, at=LATER)

    assert not LegalRepIdentity.objects.exists()


def test_the_first_number_is_asked_for_as_well(people, enterprise):
    change(enterprise, facts={"legal_rep_id_no": NEW}, by=people.enterprise, at=AT)
    approve_change(ChangeRequest.objects.get(), by=people.town, at=LATER)

    assert whole(enterprise) == NEW


def test_the_form_of_the_enterprise_leads_to_the_request(people, sign_in, filed, answers):
    fields = answers(uscc=filed.uscc, name=filed.name, region=filed.region_id, legal_rep_id_no=NEW)
    fields |= {"industry_code": filed.industry_code}

    answer = sign_in(people.enterprise).post(f"/enterprises/{filed.pk}/edit/", fields)

    request = ChangeRequest.objects.get()
    assert answer.url == request.get_absolute_url()
    assert list(request.after) == ["legal_rep_id_no"]


def test_who_is_told_of_it_is_not_told_the_number(asked):
    dispatch(at=AT)

    told = " ".join(str(row) for row in Message.objects.values())
    assert told
    assert NEW not in told
    assert NUMBER not in told
