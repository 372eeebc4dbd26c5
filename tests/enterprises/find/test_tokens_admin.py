"""Issuing tokens in the administration, and the page that describes the interface."""

import re

import pytest

from audit.models import Entry
from enterprises.models import ApiToken
from tests.people import AT

ADMIN = "/admin/enterprises/apitoken/"


def form(people, **more: object) -> dict[str, object]:
    """Return the form as the browser sends it."""
    return {
        "name": "登记注册系统",
        "organisation": people.dept.organisation_id,
        "user": people.dept.pk,
        "from_on": "2026-03-10",
        "to_on": "2027-03-09",
        "per_minute": 60,
        **more,
    }


def test_a_token_is_issued_and_its_text_is_shown_once(people, sign_in, time_machine, client):
    time_machine.move_to(AT)
    browser = sign_in(people.admin)
    page = browser.post(f"{ADMIN}add/", form(people), follow=True).content.decode()
    text = re.search(r"sw_[\w-]{30,}", page).group()

    token = ApiToken.objects.get()
    assert (token.issued_by, token.per_minute, token.user) == (people.admin, 60, people.dept)
    assert text not in browser.get(ADMIN).content.decode()
    answer = client.get("/api/v1/enterprises", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 200
    assert Entry.objects.filter(verb="enterprises.issue_token", actor=people.admin).exists()


@pytest.mark.parametrize("days", [{"to_on": "2026-03-09"}, {"to_on": "2030-01-01"}])
def test_days_that_cannot_be_are_refused_beside_the_field(people, sign_in, time_machine, days):
    time_machine.move_to(AT)
    answer = sign_in(people.admin).post(f"{ADMIN}add/", form(people, **days))

    assert answer.context["adminform"].form.errors["to_on"]
    assert not ApiToken.objects.exists()


def test_the_chosen_tokens_are_withdrawn(people, sign_in, time_machine):
    time_machine.move_to(AT)
    browser = sign_in(people.admin)
    browser.post(f"{ADMIN}add/", form(people))
    token = ApiToken.objects.get()
    browser.post(ADMIN, {"action": "withdraw", "_selected_action": [token.pk]})

    token.refresh_from_db()
    assert token.withdrawn_at is not None
    assert Entry.objects.filter(verb="enterprises.withdraw_token").count() == 1


@pytest.mark.parametrize("person", ["security", "auditor"])
def test_the_other_administrators_do_not_come_here(people, sign_in, person):
    assert sign_in(getattr(people, person)).get(ADMIN).status_code == 403


def test_a_token_given_away_is_neither_changed_nor_deleted(people, sign_in, time_machine):
    time_machine.move_to(AT)
    browser = sign_in(people.admin)
    browser.post(f"{ADMIN}add/", form(people))
    pk = ApiToken.objects.get().pk
    browser.post(f"{ADMIN}{pk}/change/", form(people, user=people.city.pk))

    assert browser.post(f"{ADMIN}{pk}/delete/", {"post": "yes"}).status_code == 403
    assert ApiToken.objects.get().user == people.dept


def test_the_page_describes_every_address_and_field_without_scripts_of_others(client, db):
    answer = client.get("/api/v1/")
    page = answer.content.decode()

    for said in ("/api/v1/enterprises/{uscc}", "changed_since", "Idempotency-Key", "event_on", "429"):
        assert said in page
    assert re.findall(r'(?:src|href)="https?://', page) == []
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
