"""The form of a file refuses what cannot be, and says where and why."""

import pytest

from enterprises import groups
from enterprises.forms import EnterpriseForm
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def form_of(people, answers):
    """Return the form of the county's officer, with some answers changed."""

    def _form_of(**fields):
        return EnterpriseForm(answers(**fields), user=people.county, today=AT.date())

    return _form_of


def test_right_answers_pass(form_of):
    form = form_of()
    assert form.is_valid(), form.errors
    assert form.facts()["region_id"] == "370523101"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("uscc", "91370523MA0000001X"),
        ("uscc", "9" * 10_000),
        ("region", "370523199"),
        ("region", "370522001001"),
        ("region", ""),
        ("established_on", "2026-03-11"),
        ("established_on", "去年"),
        ("contact_phone", "0546-6412345"),
        ("principal_phone", "136"),
        ("industry_code", "35"),
        ("industry_code", "²²²²"),
        ("name", "广" * 10_000),
        ("name", "广饶😀有限公司"),
        ("name", "   "),
        ("employees", "-1"),
        ("employees", "很多"),
        ("regulatory_category", "航天"),
        ("latitude", "370"),
        ("business_scope", "广" * 10_000),
        ("business_term_to", "去年"),
        ("safety_director_phone", "1360546"),
        ("safety_deputy_phone", "总机转"),
        ("emergency_contact_phone", "119"),
        ("duty_phone", "0546"),
        ("hospital_tel", "121"),
        ("hospital_distance", "-0.1"),
        ("hospital_distance", "3.55"),
        ("shift_people", "-1"),
        ("legal_rep_phone", "1360546"),
        ("postcode", "25733"),
        ("annual_revenue", "-1"),
        ("fixed_assets", "-0.01"),
        ("registered_capital", "-1"),
        ("land_area", "-5"),
        ("competent_department", "0"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_own_field(form_of, name, value):
    form = form_of(**{name: value})
    assert not form.is_valid()
    assert list(form.errors) == [name]


def test_a_code_that_is_on_file_is_refused(form_of, enterprise):
    assert "uscc" in form_of(uscc=enterprise.uscc).errors


def test_the_ambulance_is_a_hospital_s_number(form_of):
    form = form_of(hospital_tel="120", duty_phone="0546 6412345", hospital_distance="3.5", shift_people="7")

    assert form.is_valid(), form.errors
    assert (form.facts()["hospital_tel"], form.facts()["shift_people"]) == ("120", 7)


def test_today_is_not_the_future(form_of):
    assert form_of(established_on="2026-03-10").is_valid()


def test_the_page_lists_the_places_it_was_given_and_no_others(form_of):
    offered = [value for value, _name in form_of().fields["region"].widget.choices]
    assert offered == ["", "370523101"]


def test_every_fact_that_is_confirmed_can_be_entered():
    # The day of the status is written by its own steps.
    confirmed = {name for group in groups.GROUPS for name in group.fields} - {"status_since"}
    assert confirmed == set(EnterpriseForm.base_fields)


def test_every_fact_of_the_form_is_confirmed_with_its_group(form_of):
    assert set(form_of().fields) <= set(groups.GROUP_OF)
