"""Grid, agency and department of a row: found by what people call them, and refused where they have no say."""

import pytest

from enterprises.models import Enterprise
from tests.factories.imports import checked, facts, pressed, reasons, taken
from tests.factories.regions import make_grid, make_region
from tests.people import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(people):
    people.county.language = "en"
    people.county.save()
    return people.county


def filed(job):
    assert job.result["errors"] == []
    taken(pressed(job))
    return Enterprise.objects.get(uscc=facts(1)["uscc"])


@pytest.mark.parametrize("written", [370523101001001, "370523101001001", "大王社区网格1"])
def test_a_grid_is_found_by_its_code_and_by_its_name(county, written):
    assert filed(checked(county, facts(1, grid=written))).grid_id == "370523101001001"


def test_two_grids_of_one_name_are_told_apart_by_the_code(county):
    make_region("370523101002", "西王社区")
    make_grid("370523101002001", name="大王社区网格1")

    job = checked(county, facts(1, grid="大王社区网格1"), facts(2, grid="370523101002001"))

    [(row, name, sentence)] = reasons(job)
    assert (row, name) == (2, "grid")
    assert "15 digits" in sentence


def test_a_grid_of_another_county_is_not_known_here(county):
    make_region("370522001001", "滨河社区")
    make_grid("370522001001001", name="滨河网格")

    job = checked(county, facts(1, grid="370522001001001"), facts(2, grid="滨河网格"))

    assert [name for _row, name, _sentence in reasons(job)] == ["grid", "grid"]
    assert "in your area" in reasons(job)[0][2]


def test_a_grid_of_another_town_is_refused(county):
    make_region("370523102001", "稻庄社区")
    make_grid("370523102001001", name="稻庄网格")

    [(_row, name, sentence)] = reasons(checked(county, facts(1, grid="稻庄网格")))

    assert name == "grid"
    assert sentence == "This grid is in another town than the enterprise."


def test_an_authority_is_found_by_its_short_name_too(county):
    body = make_organisation("广饶县工业和信息化局", "370523", "department")
    body.short_name = "县工信局"
    body.save()

    row = filed(checked(county, facts(1, competent_department="县工信局", supervising_organisation="")))

    assert (row.competent_department, row.supervising_organisation) == (body, None)


@pytest.mark.parametrize("name", ["supervising_organisation", "competent_department"])
def test_an_authority_of_another_place_is_refused(county, name):
    [(_row, where, sentence)] = reasons(checked(county, facts(1, **{name: "稻庄镇应急管理办公室"})))

    assert where == name
    assert sentence == "This authority is not responsible for the place of the enterprise."


@pytest.mark.parametrize("written", ["东营海岸安全技术服务有限公司", "利津县应急管理局", "县安监局"])
def test_who_is_no_authority_here_is_not_known(county, written):
    [(_row, name, sentence)] = reasons(checked(county, facts(1, supervising_organisation=written)))

    assert name == "supervising_organisation"
    assert "full name" in sentence


def test_a_row_that_moves_a_file_is_held_against_the_place_it_moves_to(county):
    first = facts(1, grid="大王社区网格1")
    taken(pressed(checked(county, first)))

    job = checked(county, {**first, "region": "370523102000"})

    assert [name for _row, name, _sentence in reasons(job)] == ["grid"]
