"""Taking over a notice without a file: what the notice says stands first, filled in; the rest in the sections of a file."""

import pytest
from django.test import Client
from lxml import html

from enterprises.forms import BLOCKS
from enterprises.models import Enterprise, Registration
from tests.factories.enterprises import make_enterprise
from tests.factories.exchange import make_first_registration, make_registration
from tests.factories.identity import valid_id_no
from tests.people import People

pytestmark = pytest.mark.django_db
SAID = ["name", "uscc", "registered_address", "region", "legal_rep_name"]


@pytest.fixture
def notice(people) -> Registration:
    return make_first_registration(people)


@pytest.fixture
def browser(people: People, sign_in) -> Client:
    return sign_in(people.county)


def address(row: Registration) -> str:
    return f"{row.get_absolute_url()}accept_registration/"


def sections(answer) -> dict[str, list[str]]:
    """Return the names of the fields on the page by the code of their section."""
    page = html.fromstring(answer.text)
    return {
        block.get("id").removeprefix("b-"): list(
            dict.fromkeys(block.xpath(".//input/@name | .//select/@name | .//textarea/@name"))
        )
        for block in page.xpath("//fieldset[starts-with(@id, 'b-')]")
    }


def test_what_the_notice_says_stands_first_and_is_filled_in(browser, notice):
    answer = browser.get(address(notice))

    first, *_rest = sections(answer).items()
    assert first == ("notice", SAID)
    form = answer.context["form"]
    assert [form[name].value() for name in ("name", "uscc", "legal_rep_name")] == [
        notice.name,
        notice.uscc,
        "高砚清",
    ]


def test_the_rest_stands_in_the_sections_of_a_file_each_field_once(browser, notice):
    found = sections(browser.get(address(notice)))

    assert [code for code in found if code != "notice"] == [code for code, _label, _names in BLOCKS]
    names = [name for fields in found.values() for name in fields]
    assert len(names) == len(set(names))
    assert set(names) == {name for _code, _label, fields in BLOCKS for name in fields}


def test_what_is_only_likely_is_filled_in_at_its_own_place(browser, notice):
    answer = browser.get(address(notice))

    assert answer.context["form"]["production_address"].value() == "大王镇8号"
    assert "production_address" in sections(answer)["place"]


def test_every_section_can_be_reached_from_the_list_of_sections(browser, notice):
    page = html.fromstring(browser.get(address(notice)).text)

    leads = page.xpath("//ol[contains(@class, 'sw-steps')]//a/@href")
    assert [lead.removeprefix("#") for lead in leads] == page.xpath("//fieldset[starts-with(@id, 'b-')]/@id")


def test_the_grid_can_be_chosen_at_once(browser, people):
    row = make_first_registration(people, division="370523101001")

    page = html.fromstring(browser.get(address(row)).text)

    assert "370523101001001" in page.xpath("//select[@id='id_grid']/option/@value")


def test_the_file_is_opened_from_the_sections(browser, notice, answers):
    fields = answers(uscc=notice.uscc, name=notice.name, legal_rep_id_no=valid_id_no(8))

    answer = browser.post(address(notice), {**fields, "version": notice.version})

    assert answer.status_code == 302
    row = Enterprise.objects.get(uscc=notice.uscc)
    notice.refresh_from_db()
    assert (notice.state, notice.enterprise) == ("accepted", row)
    assert row.identity.id_no == valid_id_no(8)


def test_what_is_refused_stays_typed_in_its_section(browser, notice, answers):
    fields = answers(uscc=notice.uscc, contact_phone="1360546", safety_head="冯守田")

    answer = browser.post(address(notice), {**fields, "version": notice.version})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["contact_phone"]
    assert "冯守田" in answer.text
    assert list(sections(answer))[0] == "notice"


def test_a_notice_taken_over_meanwhile_says_so_above_the_sections(browser, notice, answers):
    Registration.objects.filter(pk=notice.pk).update(version=notice.version + 1)

    answer = browser.post(address(notice), {**answers(uscc=notice.uscc), "version": notice.version})

    assert answer.status_code == 409
    assert html.fromstring(answer.text).xpath("//*[@role='alert']")
    assert not Enterprise.objects.filter(uscc=notice.uscc).exists()


def test_a_notice_about_a_file_keeps_its_short_form(browser, people, enterprise):
    row = make_registration(enterprise, people)

    answer = browser.get(address(row))

    assert sections(answer) == {}
    assert list(answer.context["form"].fields) == ["take"]


def test_a_file_opened_meanwhile_turns_the_form_into_the_short_one(browser, notice):
    make_enterprise(uscc=notice.uscc)

    assert sections(browser.get(address(notice))) == {}
