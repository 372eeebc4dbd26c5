"""Notices of the market regulator: taken over once, never twice, and a person sees what a person must see."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from audit.models import Entry
from deadlines.services import running
from enterprises.models import Enterprise, Registration
from enterprises.services import accept_registration, dismiss_registration, push_registration
from lifecycle.refusals import NotPermitted, VerbRefused
from tests.enterprises.find.conftest import token_for
from tests.factories.enterprises import make_enterprise, valid_uscc
from tests.people import AT, make_people

PUSH = "/api/v1/registrations"
LATER = AT + timedelta(hours=2)


def notice(enterprise: Enterprise | None = None, **facts: object) -> dict[str, object]:
    """Return a change of the enterprise's registration, as the registry sends it."""
    return {
        "kind": "change",
        "uscc": enterprise.uscc if enterprise else valid_uscc(777),
        "name": enterprise.name if enterprise else "广饶新立化工有限公司",
        "division": "370523101",
        "event_on": "2026-03-09",
        **facts,
    }


@pytest.fixture
def send(api, registry):
    """Send a notice as the registry's system."""
    browser = api(registry)

    def _send(facts: dict[str, object], key: str = "n-1"):
        headers = {"Idempotency-Key": key}
        return browser.post(PUSH, facts, content_type="application/json", headers=headers)

    return _send


def test_a_change_of_what_the_registry_knows_is_written_at_once(send, enterprise):
    old = enterprise.name
    answer = send(notice(enterprise, name="广饶砚池新材料有限公司", legal_rep_name="高砚清"))

    enterprise.refresh_from_db()
    assert (answer.status_code, answer.json()["state"]) == (201, "applied")
    assert answer.json()["applied"] == ["former_name", "legal_rep_name", "name"]
    assert (enterprise.name, enterprise.former_name) == ("广饶砚池新材料有限公司", old)
    assert Entry.objects.filter(verb="enterprises.push_registration", target_id=enterprise.pk).exists()


def test_what_the_registry_does_not_say_stays(send, enterprise):
    enterprise.business_scope = "木制品"
    enterprise.save()
    send(notice(enterprise))

    enterprise.refresh_from_db()
    assert (enterprise.business_scope, enterprise.contact_phone) == ("木制品", "13605460002")


def test_the_same_key_again_is_answered_as_before_and_writes_nothing(send, enterprise):
    first = send(notice(enterprise, legal_rep_name="高砚清"))
    enterprise.refresh_from_db()
    stamp = enterprise.updated_at
    second = send(notice(enterprise, legal_rep_name="高砚清"))

    enterprise.refresh_from_db()
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert (Registration.objects.count(), enterprise.updated_at) == (1, stamp)


def test_a_key_used_for_another_notice_is_refused(send, enterprise):
    send(notice(enterprise))

    assert send(notice(enterprise, legal_rep_name="高砚清")).status_code == 409
    assert Registration.objects.count() == 1


@pytest.mark.parametrize("kind", ["deregister", "revoke"])
def test_a_notice_never_ends_an_enterprise_by_itself(send, enterprise, people, kind):
    answer = send(notice(enterprise, kind=kind))
    row = Registration.objects.get()

    enterprise.refresh_from_db()
    assert (answer.json()["state"], answer.json()["why"]) == ("waiting", "ending")
    assert enterprise.operating_status == "normal"
    with pytest.raises(VerbRefused, match="档案|file"):
        accept_registration(row, by=people.county, at=LATER)
    Enterprise.objects.filter(pk=enterprise.pk).update(operating_status="deregistered")
    assert accept_registration(row, by=people.county, at=LATER).state == "accepted"


def test_an_ending_of_a_file_that_has_ended_needs_nobody(send, enterprise):
    Enterprise.objects.filter(pk=enterprise.pk).update(operating_status="deregistered")

    assert send(notice(enterprise, kind="deregister")).json()["state"] == "applied"


def test_a_new_enterprise_waits_until_a_person_opens_its_file(send, people, places):
    answer = send(notice(kind="register"))
    row = Registration.objects.get()
    facts = {
        "name": row.name,
        "uscc": row.uscc,
        "region_id": "370523101001",
        "production_address": "大王镇工业路北18号",
        "principal_name": "高砚清",
        "principal_phone": "13605460009",
        "contact_name": "高砚清",
        "contact_phone": "13605460009",
        "industry_code": "2614",
        "regulatory_category": "hazchem",
    }
    done = accept_registration(row, by=people.county, at=LATER, facts=facts)

    assert (answer.json()["why"], answer.json()["enterprise"]) == ("no_file", None)
    assert done.enterprise.uscc == row.uscc
    assert done.state == "accepted"


def test_a_code_already_on_file_is_not_opened_twice(send, people, places):
    send(notice(kind="register"))
    row = Registration.objects.get()
    opened = make_enterprise(uscc=row.uscc)

    done = accept_registration(row, by=people.county, at=LATER, take=["name"])
    opened.refresh_from_db()
    assert (done.enterprise_id, opened.name) == (opened.pk, row.name)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"industry_code": "2614"}, "industry"),
        ({"division": "370522001"}, "moved"),
    ],
)
def test_what_decides_over_supervision_waits_for_a_person(send, enterprise, facts, why):
    answer = send(notice(enterprise, legal_rep_name="高砚清", **facts))

    enterprise.refresh_from_db()
    assert (answer.json()["state"], answer.json()["why"]) == ("waiting", why)
    assert enterprise.industry_code == "2032"


def test_a_late_notice_does_not_undo_a_newer_one(send, enterprise):
    send(notice(enterprise, legal_rep_name="新人"), "n-1")
    answer = send(notice(enterprise, legal_rep_name="旧人", event_on="2026-03-01"), "n-2")

    enterprise.refresh_from_db()
    assert (answer.json()["why"], enterprise.legal_rep_name) == ("older", "新人")


def test_a_changed_registration_of_an_ended_enterprise_waits(send, enterprise):
    Enterprise.objects.filter(pk=enterprise.pk).update(operating_status="closed")

    assert send(notice(enterprise, legal_rep_name="高砚清")).json()["why"] == "ended"


def test_a_person_takes_over_only_what_they_tick(send, enterprise, people):
    send(notice(enterprise, industry_code="2614"))
    row = Registration.objects.get()
    accept_registration(row, by=people.county, at=LATER, take=["industry_code"])

    enterprise.refresh_from_db()
    assert enterprise.industry_code == "2614"
    with pytest.raises(VerbRefused):
        accept_registration(row, by=people.county, at=LATER)


def test_a_notice_is_put_aside_with_a_reason(send, enterprise, people):
    send(notice(enterprise, industry_code="2614"))
    row = Registration.objects.get()
    with pytest.raises(VerbRefused):
        dismiss_registration(row, by=people.county, at=LATER, reason=" ")
    with pytest.raises((NotPermitted, Registration.DoesNotExist)):
        dismiss_registration(row, by=people.other_county, at=LATER, reason="x")

    assert dismiss_registration(row, by=people.town, at=LATER, reason="代码填错").state == "dismissed"


def test_a_waiting_notice_has_a_day_by_which_somebody_decides(send, enterprise):
    send(notice(enterprise, kind="deregister"))

    assert running(Registration.objects.get(), "enterprises.decide_registration").due_at.date() == date(
        2026, 3, 24
    )


@pytest.mark.parametrize("person", ["county", "town", "dept", "enterprise"])
def test_only_a_post_for_the_whole_place_sends_notices(api, people, other_enterprise, person):
    browser = api(getattr(people, person))
    answer = browser.post(
        PUSH,
        notice(other_enterprise, division="370522001"),
        content_type="application/json",
        headers={"Idempotency-Key": "k"},
    )

    assert answer.status_code == 403
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"uscc": "91370523MA000000A1"}, "uscc"),
        ({"division": "999999"}, "division"),
        ({"kind": "merge"}, "kind"),
        ({"event_on": "2026-02-30"}, "event_on"),
        ({"name": ""}, "name"),
        ({"name": "\u0000"}, "name"),
        ({"phone": "1"}, "phone"),
        ({"registered_capital": "1e40"}, "registered_capital"),
    ],
)
def test_a_wrong_notice_is_refused_by_the_name_of_its_field(send, enterprise, facts, field):
    answer = send(notice(enterprise, **facts))

    assert answer.status_code == 422, answer.content
    assert field in " ".join(answer.json()["fields"])
    assert not Registration.objects.exists()


def test_an_unknown_village_lies_in_the_nearest_division_that_is_known(send, enterprise):
    send(notice(enterprise, division="370523101999"))

    assert Registration.objects.get().region_id == "370523101"


@pytest.mark.parametrize("key", ["", " ", "中文", "x" * 81])
def test_without_a_usable_key_nothing_is_taken_in(send, enterprise, key):
    assert send(notice(enterprise), key).status_code == 422


def test_the_page_shows_the_notice_beside_the_file(send, enterprise, people, sign_in):
    send(notice(enterprise, industry_code="2614"))
    row = Registration.objects.get()
    page = sign_in(people.county).get(row.get_absolute_url()).content.decode()

    assert "2032 → 2614" in page
    assert sign_in(people.other_county).get(row.get_absolute_url()).status_code == 404


def test_the_form_offers_each_difference_and_writes_what_is_ticked(send, enterprise, people, sign_in):
    send(notice(enterprise, industry_code="2614"))
    row, browser = Registration.objects.get(), sign_in(people.county)
    url = f"{row.get_absolute_url()}accept_registration/"

    assert browser.get(url).context["form"].fields["take"].initial == ["industry_code"]
    assert browser.post(url, {"version": row.version, "take": "industry_code"}).status_code == 302
    enterprise.refresh_from_db()
    assert enterprise.industry_code == "2614"


def test_the_form_for_a_new_file_knows_what_the_notice_says(send, people, sign_in):
    send(notice(kind="register", legal_rep_name="高砚清", registered_address="大王镇8号"))
    row = Registration.objects.get()
    form = sign_in(people.county).get(f"{row.get_absolute_url()}accept_registration/").context["form"]

    assert (form["uscc"].value(), form["production_address"].value()) == (row.uscc, "大王镇8号")


@pytest.mark.django_db(transaction=True)
def test_the_same_notice_twice_at_the_same_moment_is_taken_in_once(places):
    enterprise, other = make_enterprise(), make_enterprise("370522001001")
    people = make_people(enterprise.pk, other.pk)
    token, _text = token_for(people.city, people)
    facts = {**notice(enterprise), "event_on": date(2026, 3, 9)}
    answers: list[tuple[int, bool]] = []

    def send() -> None:
        try:
            row, new = push_registration(facts, key="k", token=token, at=LATER)
            answers.append((row.pk, new))
        finally:
            connection.close()

    threads = [Thread(target=send) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({pk for pk, _new in answers}) == 1
    assert sorted(new for _pk, new in answers) == [False, False, False, True]


def test_a_city_s_own_token_may_send_too(api, people, enterprise):
    answer = api(people.city).post(
        PUSH, notice(enterprise), content_type="application/json", headers={"Idempotency-Key": "k"}
    )

    assert answer.status_code == 201


def test_a_person_out_of_place_cannot_open_the_file(send, people, places):
    send(notice(kind="register", division="370523102"))

    with pytest.raises((Registration.DoesNotExist, ValidationError)):
        accept_registration(Registration.objects.get(), by=people.town, at=LATER, facts={})


# ── the business term ────────────────────────────────────────────────────────


def test_a_term_of_the_registry_is_written_whole(send, enterprise):
    answer = send(notice(enterprise, business_term_from="2015-03-01", business_term_to="2035-02-28"))

    enterprise.refresh_from_db()
    assert answer.json()["applied"] == ["business_term_from", "business_term_to"]
    assert (enterprise.business_term_from, enterprise.business_term_to) == (
        date(2015, 3, 1),
        date(2035, 2, 28),
    )


@pytest.mark.parametrize("end", [{}, {"business_term_to": None}, {"business_term_to": "9999-12-31"}])
def test_a_long_term_of_the_registry_takes_the_old_end_away(send, enterprise, end):
    enterprise.business_term_from, enterprise.business_term_to = date(2015, 3, 1), date(2025, 2, 28)
    enterprise.save()

    answer = send(notice(enterprise, business_term_from="2015-03-01", **end))

    enterprise.refresh_from_db()
    assert answer.json()["applied"] == ["business_term_to"]
    assert enterprise.business_term_to is None


def test_a_notice_that_says_nothing_of_the_term_leaves_it(send, enterprise):
    enterprise.business_term_from, enterprise.business_term_to = date(2015, 3, 1), date(2025, 2, 28)
    enterprise.save()

    send(notice(enterprise))

    enterprise.refresh_from_db()
    assert enterprise.business_term_to == date(2025, 2, 28)


@pytest.mark.parametrize(
    "term",
    [
        {"business_term_from": "2015-03-01", "business_term_to": "2015-02-28"},
        {"business_term_to": "2035-02-28"},
    ],
)
def test_a_term_that_cannot_be_is_refused_at_its_end(send, enterprise, term):
    answer = send(notice(enterprise, **term))

    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["body.notice.business_term_to"]
