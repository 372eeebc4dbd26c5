"""Administrators edit a number as a new row from a day."""

from datetime import date

import pytest
from django.urls import reverse

from rulebook.models import Parameter
from rulebook.services import parameter
from tests.factories.rulebook import make_article, make_law, make_parameter

ADD = reverse("admin:rulebook_parameter_add")


def change_url(row: Parameter) -> str:
    return reverse("admin:rulebook_parameter_change", args=[row.pk])


def filled(**fields: object) -> dict[str, object]:
    given = {
        "value": "20",
        "law": "",
        "article": "",
        "basis": "行政处罚法",
        "mark": "V",
        "note": "",
        "effective_from": "2026-04-01",
        "reason": "新规定",
    }
    return given | fields


def test_saving_enters_a_new_row_and_leaves_the_old_one(people, sign_in):
    row = make_parameter(value=15)
    answer = sign_in(people.admin).post(change_url(row), filled())
    new = parameter("PAY_FINE", on=date(2026, 4, 1))
    assert answer.status_code == 302
    assert answer["Location"] == change_url(new)
    assert (new.amount, new.reason, new.entered_by) == (20, "新规定", people.admin)
    assert parameter("PAY_FINE", on=date(2026, 3, 31)).amount == 15


@pytest.mark.parametrize("missing", ["reason", "effective_from", "value", "mark"])
def test_an_incomplete_form_changes_nothing(people, sign_in, missing):
    row = make_parameter(value=15)
    answer = sign_in(people.admin).post(change_url(row), filled(**{missing: ""}))
    assert answer.status_code == 200
    assert Parameter.objects.count() == 1


def test_a_form_that_changes_nothing_is_refused(people, sign_in):
    row = make_parameter(value=15)
    answer = sign_in(people.admin).post(change_url(row), filled(value="15"))
    assert answer.status_code == 200
    assert Parameter.objects.count() == 1


def test_a_new_number_needs_a_basis(people, sign_in):
    answer = sign_in(people.admin).post(
        ADD, filled(code="NEW", name="新", unit="day", jurisdiction="", basis="")
    )
    assert answer.status_code == 200
    assert not Parameter.objects.exists()


def test_a_local_number_is_added(people, sign_in):
    make_parameter(value=15)
    answer = sign_in(people.admin).post(
        ADD, filled(code="PAY_FINE", name="缴纳罚款", unit="day", jurisdiction="37")
    )
    assert answer.status_code == 302
    assert parameter("PAY_FINE", on=date(2026, 4, 1), region="370523").amount == 20


def test_a_number_for_one_class_is_added_beside_the_general_one(people, sign_in):
    make_parameter("INSPECTION_YEAR_CAP", 4, unit="count")
    answer = sign_in(people.admin).post(
        ADD,
        filled(code="INSPECTION_YEAR_CAP_RED", name="红色风险企业", unit="count", jurisdiction="370523"),
    )
    on, region = date(2026, 4, 1), "370523"
    caps = {
        colour: parameter("INSPECTION_YEAR_CAP", on=on, region=region, subject=colour).amount
        for colour in ("RED", "BLUE")
    }
    assert answer.status_code == 302
    assert caps == {"RED": 20, "BLUE": 4}


def test_the_form_opens_without_a_day_and_a_reason(people, sign_in):
    page = sign_in(people.admin).get(change_url(make_parameter(reason="旧理由"))).text
    assert "旧理由" not in page
    assert 'value="2020-01-01"' not in page


@pytest.mark.parametrize("model", ["parameter", "law", "article", "question"])
def test_lists_open_and_nothing_can_be_deleted(people, sign_in, model):
    make_article(make_law())
    make_parameter()
    client = sign_in(people.admin)
    assert client.get(reverse(f"admin:rulebook_{model}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:rulebook_{model}_delete", args=[1])).status_code in (403, 302)


def test_a_short_name_stays(people, sign_in):
    law = make_law()
    page = sign_in(people.admin).get(reverse("admin:rulebook_law_change", args=[law.pk])).text
    assert 'name="short_id"' not in page


def test_people_without_the_right_do_not_reach_the_numbers(people, sign_in):
    row = make_parameter()
    for person in (people.security, people.town):
        answer = sign_in(person).post(change_url(row), filled())
        assert answer.status_code in (302, 403)
        assert Parameter.objects.count() == 1


def test_the_legal_section_enters_a_number_by_its_post_alone(people, sign_in):
    row, browser = make_parameter(value=15), sign_in(people.legal)
    assert not people.legal.is_staff
    assert browser.get(change_url(row)).status_code == 200

    assert browser.post(change_url(row), filled()).status_code == 302
    assert parameter("PAY_FINE", on=date(2026, 4, 1)).entered_by == people.legal


def test_the_legal_section_finds_the_rulebook_in_the_administration_and_nothing_else(people, sign_in):
    browser = sign_in(people.legal)
    page = browser.get(reverse("admin:index")).content.decode()

    assert reverse("admin:rulebook_parameter_changelist") in page
    assert reverse("admin:accounts_user_changelist") not in page
    assert browser.get(reverse("admin:accounts_user_changelist")).status_code == 403
    assert reverse("admin:index") in browser.get(reverse("inbox:home")).content.decode()


@pytest.mark.parametrize("person", ["city", "county", "officer", "enterprise", "expert"])
def test_the_administration_stays_closed_to_all_others(people, sign_in, person):
    assert sign_in(getattr(people, person)).get(reverse("admin:index")).status_code == 302


def test_a_legal_post_that_has_ended_opens_nothing(people, sign_in):
    people.legal.post_set.update(to_on=date(2025, 12, 31))

    assert sign_in(people.legal).get(reverse("admin:index")).status_code == 302
