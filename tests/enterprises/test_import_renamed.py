"""A division that was renamed, in every way in which one comes in: import, form, the API."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from enterprises.models import Enterprise, Registration
from regions.models import FormerPlace
from tests.enterprises.find.conftest import api, registry  # noqa: F401 - fixtures
from tests.enterprises.find.test_registrations import notice, send  # noqa: F401
from tests.factories.books import company, put_in, tried
from tests.factories.imports import facts
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _renamed(people, settings, tmp_path):
    """大王镇 was 大王乡 in 乐安县 370529 until 2010; 旧县 370528 was divided."""
    settings.MEDIA_ROOT = tmp_path
    make_region("370523101300", "王东村")
    rows = (
        ("370529", "乐安县", "370523", True),
        ("", "大王乡", "370523101", False),
        ("370528", "旧县", "370523", False),
        ("370528", "旧县", "370522", False),
    )
    for code, name, successor, below in rows:
        FormerPlace.objects.create(
            code=code, name=name, successor_id=successor, keeps_below=below, until=date(2010, 1, 1)
        )
    for person in (people.county, people.city):
        person.language = "en"
        person.save()
    with translation.override("en"):
        yield


def imported(people, region: str):
    return put_in(tried(people.city, enterprises=[company(1, region=region)]))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("370529101000", "370523101"),
        ("370529101300", "370523101300"),
        ("大王乡", "370523101"),
        ("乐安县大王镇", "370523101"),
        ("东营市乐安县大王乡", "370523101"),
        ("乐安县大王镇王东村", "370523101300"),
        ("大王镇", "370523101"),
    ],
)
def test_a_row_with_a_former_name_or_code_lies_in_the_division_of_today(people, written, code):
    job = imported(people, written)

    assert (job.state, job.result["new"]) == ("done", 1)
    assert Enterprise.objects.get(uscc=facts(1)["uscc"]).region_id == code


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("370528", "旧县（370528） was divided. Write one of: 广饶县（370523）, 利津县（370522）."),
        (
            "370529199",
            "乐安县（370529） is 广饶县（370523） now, and below it the codes are others. Write the present code.",
        ),
        ("旧县", "Several divisions are called so; write the code of 12 digits."),
        ("370527101", "No division has the code 370527101."),
        ("大汪乡", "No division of this name in your area; write the code of 12 digits."),
    ],
)
def test_where_it_is_not_known_the_row_says_what_is_missing(people, written, sentence):
    job = tried(people.city, enterprises=[company(1, region=written)])

    assert job.result["wrong"] == 1
    assert sentence in job.result["errors"][0][3]


def test_a_former_code_outside_the_person_s_area_stays_outside(people):
    FormerPlace.objects.create(code="370527", name="东津县", successor_id="370522", keeps_below=True)

    job = tried(people.county, enterprises=[company(1, region="370527001")])

    assert job.result["errors"][0][3] == "Outside the area or the industry of your post."


def test_the_form_of_a_file_takes_a_former_code(people, sign_in, answers):
    data = answers(region="370529101")

    sign_in(people.county).post(reverse("enterprises:create"), data)

    assert Enterprise.objects.get(uscc=data["uscc"]).region_id == "370523101"


def test_the_form_says_what_it_does_not_know(people, sign_in, answers):
    answer = sign_in(people.county).post(reverse("enterprises:create"), answers(region="370528"))

    assert "was divided. Write one of" in answer.context["form"].errors["region"][0]


def test_a_notice_of_the_registry_with_a_former_code_is_of_the_division_of_today(send, enterprise):  # noqa: F811
    assert send(notice(enterprise, division="370529101", legal_rep_name="高砚清")).status_code == 201

    assert Registration.objects.get().region_id == "370523101"


def test_a_notice_of_a_former_village_nobody_knows_is_of_the_town(send, enterprise):  # noqa: F811
    send(notice(enterprise, division="370529101399"))

    assert Registration.objects.get().region_id == "370523101"


def test_a_notice_of_a_county_that_was_divided_is_refused_with_a_sentence(send):  # noqa: F811
    answer = send(notice(division="370528"))

    assert answer.status_code == 422
    assert "370528" in answer.json()["fields"]["division"]


def test_the_list_of_the_api_reads_a_former_code_too(api, people, enterprise):  # noqa: F811
    browser = api(people.city)

    found = browser.get("/api/v1/enterprises", {"place": "370529"}).json()["rows"]

    assert [row["uscc"] for row in found] == [enterprise.uscc]
    unknown = browser.get("/api/v1/enterprises", {"place": "370599"})
    assert (unknown.status_code, list(unknown.json()["fields"])) == (422, ["place"])
