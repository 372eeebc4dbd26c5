"""Rows without a known code: files that they may be are offered, and a person says which."""

import pytest

from enterprises.models import Drill, Enterprise
from listings.models import Suggestion
from tests.factories.books import company, put_in, sums, tried
from tests.factories.enterprises import make_enterprise
from tests.factories.imports import facts, taken

pytestmark = pytest.mark.django_db
TOWN, OTHER_TOWN, OTHER_COUNTY = "370523101", "370523102", "370522001"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def filed(db, people):
    """A file of another code than the workbook gives."""
    return make_enterprise(TOWN, name="山东砚池机械有限公司", uscc=facts(50)["uscc"])


def row(**cells):
    return company(1, **{"name": "山东砚池机械有限公司", "region": TOWN, **cells})


def offered(job):
    return [(each.row_no, each.found_id, each.rank) for each in Suggestion.objects.filter(job=job)]


def decide(sign_in, people, job, **data):
    return sign_in(people.county).post(f"/lists/imports/{job.pk}/decide/", data)


def checked_again(sign_in, people, job):
    sign_in(people.county).post(f"/lists/imports/{job.pk}/check/")
    return taken(job)


@pytest.mark.parametrize(
    ("cells", "rank"),
    [
        ({}, 4),
        ({"uscc": ""}, 4),
        ({"region": OTHER_TOWN}, 3),
        ({"name": "砚池机械有限责任公司"}, 2),
        ({"name": "东营市广饶县大王镇砚池机械（有限公司）"}, 2),
        ({"name": "山东 砚池机械有限责任公司"}, 2),
        ({"name": "广饶县山东砚池机械有限公司"}, 2),
        ({"name": "山东砚池化工有限公司"}, None),
    ],
)
def test_a_row_of_unknown_code_is_offered_the_file_of_its_name_and_place(cells, rank, people, filed):
    job = tried(people.county, enterprises=[row(**cells)])

    assert offered(job) == ([(2, filed.pk, rank)] if rank else [])


def test_the_former_name_of_a_file_is_a_name_of_it(people, filed):
    Enterprise.objects.filter(pk=filed.pk).update(
        name="山东听松科技有限公司", former_name="山东砚池机械有限公司"
    )

    assert offered(tried(people.county, enterprises=[row()])) == [(2, filed.pk, 3)]


def test_a_file_outside_the_area_is_never_offered(people, filed):
    Enterprise.objects.filter(pk=filed.pk).update(region_id=OTHER_COUNTY)

    assert offered(tried(people.county, enterprises=[row()])) == []


def test_a_file_that_another_row_names_by_its_code_is_offered_to_nobody_else(people, filed):
    job = tried(people.county, enterprises=[row(), {"uscc": filed.uscc, "employees": 9}])

    assert offered(job) == []
    assert sums(job) == (1, 1, 0, 0)


def test_an_undecided_row_is_left_out_and_says_so(people, filed):
    job = tried(people.county, enterprises=[row()], drills=[])

    assert sums(job) == (0, 0, 0, 1)
    assert filed.uscc in job.result["errors"][0][3]
    put_in(job)
    assert not Enterprise.objects.filter(uscc=row()["uscc"]).exists()


def test_a_row_accepted_as_a_file_changes_it_and_keeps_its_code_and_its_rows_follow(people, filed, sign_in):
    drill = {"enterprise": row()["uscc"], "topic": "灭火演练", "held_on": "2026-01-05"}
    job = tried(people.county, enterprises=[row(employees=77)], drills=[drill])

    decide(sign_in, people, job, row=2, found=filed.pk)
    job = checked_again(sign_in, people, job)
    assert sums(job) == (1, 1, 0, 0)
    put_in(job)

    after = Enterprise.objects.get(pk=filed.pk)
    assert (after.employees, after.uscc) == (77, filed.uscc)
    assert Drill.objects.get().enterprise == after


def test_a_row_without_a_code_finds_its_file_by_a_persons_word(people, filed, sign_in):
    job = tried(people.county, enterprises=[row(uscc="", employees=77)])
    decide(sign_in, people, job, row=2, found=filed.pk)

    put_in(checked_again(sign_in, people, job))

    assert Enterprise.objects.get(pk=filed.pk).employees == 77


def test_a_row_declined_opens_a_file_of_its_own(people, filed, sign_in):
    job = tried(people.county, enterprises=[row()])
    decide(sign_in, people, job, row=2)

    job = put_in(checked_again(sign_in, people, job))

    assert sums(job) == (1, 0, 0, 0)
    assert Enterprise.objects.filter(name=filed.name).count() == 2


def test_a_row_without_a_code_that_is_declined_cannot_open_a_file(people, filed, sign_in):
    job = tried(people.county, enterprises=[row(uscc="")])
    decide(sign_in, people, job, row=2)

    job = checked_again(sign_in, people, job)

    assert sums(job) == (0, 0, 0, 1)
    assert job.result["errors"][0][1] == "统一社会信用代码"


def test_one_press_takes_all_whose_name_and_place_agree_with_one_file(people, filed, sign_in):
    make_enterprise(TOWN, name="广饶甲乙丙有限公司", uscc=facts(51)["uscc"])
    make_enterprise(TOWN, name="广饶甲乙丙有限公司", uscc=facts(52)["uscc"])
    twice = company(3, name="广饶甲乙丙有限公司", region=TOWN)
    job = tried(people.county, enterprises=[row(), twice])

    decide(sign_in, people, job, every="sure")

    assert list(Suggestion.objects.filter(decision="same").values_list("row_no", flat=True)) == [2]
    assert Suggestion.objects.filter(row_no=3, decision="").count() == 2
    decide(sign_in, people, job, every="none")
    assert not Suggestion.objects.filter(decision="").exists()
    assert sums(checked_again(sign_in, people, job)) == (1, 1, 0, 0)


def test_two_rows_cannot_be_the_same_file(people, filed, sign_in):
    job = tried(people.county, enterprises=[row(), row(uscc=facts(2)["uscc"])])
    for number in (2, 3):
        decide(sign_in, people, job, row=number, found=filed.pk)

    assert sums(checked_again(sign_in, people, job)) == (0, 0, 0, 2)


def test_a_file_that_was_not_offered_cannot_be_chosen(people, filed, enterprise, sign_in):
    job = tried(people.county, enterprises=[row()])

    decide(sign_in, people, job, row=2, found=enterprise.pk)

    assert list(Suggestion.objects.values_list("decision", flat=True)) == [""]
    assert decide(sign_in, people, job, row="x").status_code == 400


def test_the_page_shows_both_sides_and_the_import_leads_to_it(people, filed, sign_in):
    browser = sign_in(people.county)
    job = tried(people.county, enterprises=[row(production_address="大王镇<b>路</b>")])

    assert (
        f"/lists/imports/{job.pk}/suggestions/" in browser.get(f"/lists/imports/{job.pk}/").content.decode()
    )
    page = browser.get(f"/lists/imports/{job.pk}/suggestions/").content.decode()
    assert filed.uscc in page
    assert "&lt;b&gt;路" in page
    decide(sign_in, people, job, row=2, found=filed.pk)
    assert f"/lists/imports/{job.pk}/check/" in browser.get(f"/lists/imports/{job.pk}/").content.decode()


def test_another_persons_suggestions_are_not_found(people, filed, sign_in):
    job = tried(people.county, enterprises=[row()])
    browser = sign_in(people.city)

    assert browser.get(f"/lists/imports/{job.pk}/suggestions/").status_code == 404
    assert browser.post(f"/lists/imports/{job.pk}/decide/", {"row": 2}).status_code == 404
    assert browser.post(f"/lists/imports/{job.pk}/check/").status_code == 404
