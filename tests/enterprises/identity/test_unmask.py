"""A masked number is shown whole to a bureau that says why, and that is on record; the number itself is not."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.models import Entry
from enterprises.models import Enterprise
from enterprises.services import unmask
from tests.enterprises.identity.conftest import NUMBER, SHOWN
from tests.factories.enterprises import make_enterprise
from tests.people import AT

pytestmark = pytest.mark.django_db
WHY = "制作行政处罚决定书"
BUREAUX = ["city", "county", "officer"]
OTHERS = ["town", "leader", "legal", "grid", "enterprise"]


def address(enterprise, fact="legal_rep_id_no") -> str:
    return f"/enterprises/{enterprise.pk}/unmask/{fact}/"


def looked() -> list[Entry]:
    return list(Entry.objects.filter(verb="enterprises.unmask"))


@pytest.mark.parametrize("person", BUREAUX)
def test_a_bureau_sees_the_number_once_it_said_why(people, sign_in, filed, person):
    browser = sign_in(getattr(people, person))
    assert address(filed) in browser.get(filed.get_absolute_url()).text

    asked = browser.get(address(filed)).text
    assert SHOWN in asked
    assert NUMBER not in asked
    answer = browser.post(address(filed), {"reason": WHY})

    assert NUMBER in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


def test_that_somebody_looked_is_on_record_without_the_number(people, filed):
    unmask(filed, "legal_rep_id_no", reason=WHY, by=people.county, at=AT)

    (entry,) = looked()
    assert (entry.actor, entry.target_id, entry.reason) == (people.county, filed.pk, WHY)
    assert entry.data == {"field": "legal_rep_id_no"}


def test_looking_at_the_page_alone_puts_nothing_on_record(people, sign_in, filed):
    sign_in(people.county).get(address(filed))

    assert looked() == []


@pytest.mark.parametrize("person", OTHERS)
def test_others_are_neither_led_there_nor_let_in(people, sign_in, filed, person):
    browser = sign_in(getattr(people, person))

    assert address(filed) not in browser.get(filed.get_absolute_url()).text
    assert browser.get(address(filed)).status_code == 403
    assert browser.post(address(filed), {"reason": WHY}).status_code == 403
    with pytest.raises(PermissionDenied):
        unmask(filed, "legal_rep_id_no", reason=WHY, by=getattr(people, person), at=AT)
    assert looked() == []


def test_elsewhere_the_file_does_not_exist(people, sign_in, filed):
    assert sign_in(people.other_county).post(address(filed), {"reason": WHY}).status_code == 404
    with pytest.raises(Enterprise.DoesNotExist):
        unmask(filed, "legal_rep_id_no", reason=WHY, by=people.other_county, at=AT)


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_shown(people, sign_in, filed, reason):
    answer = sign_in(people.county).post(address(filed), {"reason": reason})

    assert answer.status_code == 422
    assert NUMBER not in answer.text
    with pytest.raises(ValidationError):
        unmask(filed, "legal_rep_id_no", reason=reason, by=people.county, at=AT)
    assert looked() == []


def test_a_telephone_number_is_unmasked_the_same_way(people, sign_in, enterprise):
    answer = sign_in(people.county).post(address(enterprise, "contact_phone"), {"reason": WHY})

    assert enterprise.contact_phone in answer.text
    assert looked()[0].data == {"field": "contact_phone"}


@pytest.mark.parametrize("fact", ["name", "uscc", "id", "search_text", "nothing"])
def test_nothing_else_is_unmasked(people, sign_in, filed, fact):
    assert sign_in(people.county).get(address(filed, fact)).status_code == 404
    with pytest.raises(LookupError):
        unmask(filed, fact, reason=WHY, by=people.county, at=AT)


def test_a_file_without_a_number_leads_nowhere(people, sign_in):
    row = make_enterprise()

    assert address(row) not in sign_in(people.county).get(row.get_absolute_url()).text
