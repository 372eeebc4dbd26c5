"""The pages of the files: within one's scope, and what is refused stays typed."""

import pytest

from enterprises.models import Enterprise

pytestmark = pytest.mark.django_db


def test_a_file_is_opened_through_the_form(people, sign_in, answers):
    answer = sign_in(people.county).post("/enterprises/new/", answers())
    row = Enterprise.objects.get(uscc=answers()["uscc"])
    assert answer.url == row.get_absolute_url()
    assert sign_in(people.county).get(answer.url).status_code == 200


def test_a_refused_form_shows_again_what_was_typed(people, sign_in, answers):
    answer = sign_in(people.county).post(
        "/enterprises/new/", answers(contact_phone="1360546", safety_head="冯守田")
    )
    assert answer.status_code == 422
    assert "冯守田" in answer.content.decode()
    assert not Enterprise.objects.filter(uscc=answers()["uscc"]).exists()


def test_pressing_save_twice_opens_one_file(people, sign_in, answers):
    browser = sign_in(people.county)
    browser.post("/enterprises/new/", answers())
    assert browser.post("/enterprises/new/", answers()).status_code == 422
    assert Enterprise.objects.filter(uscc=answers()["uscc"]).count() == 1


@pytest.mark.parametrize("page", ["", "edit/"])
def test_a_file_elsewhere_is_not_found(people, sign_in, enterprise, page):
    assert sign_in(people.other_county).get(f"/enterprises/{enterprise.pk}/{page}").status_code == 404


def test_a_correction_is_saved_from_the_form(people, sign_in, enterprise, answers):
    fields = answers(uscc=enterprise.uscc, employees="88")
    answer = sign_in(people.town).post(f"/enterprises/{enterprise.pk}/edit/", fields)
    assert answer.status_code == 302
    assert Enterprise.objects.get(pk=enterprise.pk).employees == 88


def test_personal_numbers_are_masked_on_the_file(people, sign_in, enterprise):
    page = sign_in(people.county).get(enterprise.get_absolute_url()).content.decode()
    assert enterprise.contact_phone not in page


def test_a_like_name_is_shown_while_typing(people, sign_in, enterprise):
    browser = sign_in(people.county)
    assert (
        enterprise.name
        in browser.get("/enterprises/similar/", {"name": enterprise.name[:6]}).content.decode()
    )
    assert enterprise.name not in browser.get("/enterprises/similar/", {"name": "砚"}).content.decode()


def test_what_a_regulator_enters_about_the_works_is_on_file(sign_in, people, enterprise, answers):
    department = people.city.organisation_id
    works = {
        "legal_rep_phone": "0546-6412345",
        "postcode": "257335",
        "annual_revenue": "2600.50",
        "land_area": "12000",
        "shift_system": "四班三运转",
        "parent_group": "东营听松集团有限公司",
        "process_description": "下料、热处理、装配",
    }
    fields = answers(uscc=enterprise.uscc, competent_department=str(department), **works)

    answer = sign_in(people.county).post(f"/enterprises/{enterprise.pk}/edit/", fields)

    assert answer.status_code == 302
    enterprise.refresh_from_db()
    assert {name: str(getattr(enterprise, name)) for name in works} == works
    assert enterprise.competent_department_id == department
    page = sign_in(people.county).get(f"/enterprises/{enterprise.pk}/").text
    assert all(words in page for words in ("四班三运转", "2600.50", "东营听松集团有限公司", "257335"))
