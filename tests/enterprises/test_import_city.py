"""A whole city in one workbook: many sheets, one check, one writing, one workbook of what is wrong."""

import pytest
from django.db import OperationalError
from django.utils import translation
from openpyxl import load_workbook

from enterprises import importing
from enterprises.importing import CITY
from enterprises.models import Drill, Enterprise, FactGroup, Licence, SourceUnit
from listings.importing import work
from listings.tasks import run_job
from tests.factories.books import book, company, put_in, sent, substance, sums, tried, unit, wrong
from tests.factories.imports import facts, pressed, taken
from tests.factories.ledgers import make_row

pytestmark = pytest.mark.django_db
DAY = {"held_on": "2026-01-05"}


@pytest.fixture(autouse=True)
def _english(people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people.county.language = "en"
    people.county.save()
    with translation.override("en"):
        yield


def code(serial=1):
    return facts(serial)["uscc"]


def drill(owner, topic="灭火演练", **cells):
    return {"enterprise": owner, "topic": topic, **DAY, **cells}


def licence(owner, number, first, last, **cells):
    return {"enterprise": owner, "number": number, "valid_from": first, "valid_to": last, **cells}


def sentences(job):
    return [line[3] for line in job.result["errors"]]


def test_enterprises_their_ledgers_and_sources_come_in_one_go(people, enterprise):
    job = tried(
        people.county,
        enterprises=[company(1), company(2)],
        drills=[drill(code(1)), drill(enterprise.uscc)],
        licences=[licence(code(2), "甲", "2025-01-01", "2027-12-31")],
        units=[unit(code(1))],
        substances=[substance(code(1))],
    )
    assert (job.state, sums(job)) == ("checked", (7, 0, 0, 0))
    assert not Enterprise.objects.filter(uscc=code(1)).exists()

    job = put_in(job)

    assert (job.state, sums(job)) == ("done", (7, 0, 0, 0))
    assert set(Drill.objects.values_list("enterprise__uscc", flat=True)) == {code(1), enterprise.uscc}
    assert Licence.objects.get().enterprise.uscc == code(2)
    assert SourceUnit.objects.get().enterprise.uscc == code(1)


def test_the_result_tells_sheet_by_sheet_what_would_be_written(people, enterprise):
    job = tried(people.county, enterprises=[company(1)], drills=[drill(code(1)), drill("91370523MA0000001X")])

    told = {sheet["title"]: (sheet["new"], sheet["wrong"]) for sheet in job.result["sheets"]}
    assert told == {"企业": (1, 0), "应急演练": (1, 1)}


def test_sheets_left_empty_are_named_in_one_line(people, sign_in):
    job = tried(people.county, enterprises=[company(1)], drills=[], materials=[])

    assert [sheet["title"] for sheet in job.result["sheets"]] == ["企业"]
    assert job.result["empty_sheets"] == ["应急演练", "应急物资"]
    page = sign_in(people.county).get(f"/lists/imports/{job.pk}/").text
    assert "应急演练, 应急物资" in page


def test_sending_the_same_workbook_again_changes_nothing(people):
    rows = {
        "enterprises": [company(1)],
        "drills": [drill(code(1))],
        "units": [unit(code(1))],
        "substances": [substance(code(1))],
    }
    put_in(tried(people.county, **rows))

    again = put_in(tried(people.county, **rows))

    assert sums(again) == (0, 0, 4, 0)
    assert SourceUnit.objects.get().calculations.count() == 1


def test_what_the_workbook_says_counts_as_confirmed_by_it_however_many_files_there_are(people, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    put_in(tried(people.county, enterprises=[company(n) for n in range(1, 6)]))

    held = FactGroup.objects.filter(source="import", enterprise__uscc__in=map(code, range(1, 6)))
    assert held.values("enterprise").distinct().count() == 5


def test_rows_of_an_enterprise_that_is_itself_wrong_are_left_out_with_it(people):
    job = tried(people.county, enterprises=[company(1, contact_phone="1")], drills=[drill(code(1))])

    assert wrong(job) == [("企业", 2, "联系人手机"), ("应急演练", 2, "统一社会信用代码")]
    assert "no right row of the sheet “企业” brings it" in sentences(job)[1]
    assert sums(job) == (0, 0, 0, 2)


def test_rows_of_a_new_enterprise_that_say_the_same_twice_are_refused(people):
    job = tried(
        people.county,
        enterprises=[company(1), company(2)],
        drills=[drill(code(1)), drill(code(1)), drill(code(2))],
    )

    assert [line[:2] for line in wrong(job)] == [("应急演练", 2), ("应急演练", 3)]


def test_licences_of_a_new_enterprise_that_overlap_in_the_workbook_are_refused(people):
    papers = [
        licence(code(1), "甲", "2025-01-01", "2026-12-31"),
        licence(code(1), "乙", "2026-06-01", "2028-12-31"),
        licence(code(2), "丙", "2026-06-01", "2028-12-31"),
    ]
    job = tried(people.county, enterprises=[company(1), company(2)], licences=papers)

    assert [line[1] for line in wrong(job)] == [2, 3]
    assert all("Valid on the same days as another one" in sentence for sentence in sentences(job))


def test_two_rows_that_claim_one_code_are_both_refused(people):
    job = tried(people.county, enterprises=[company(1), company(1, name="广饶砚池五金有限公司")])

    assert [line[:3] for line in wrong(job)] == [
        ("企业", 2, "统一社会信用代码"),
        ("企业", 3, "统一社会信用代码"),
    ]


def test_a_code_that_is_on_file_as_something_else_is_refused_unless_the_former_name_says_so(
    people, enterprise
):
    other = {"uscc": enterprise.uscc, "name": "广饶改了名字有限公司", "region": "370523102000"}
    assert enterprise.town_code != "370523102"

    plain = tried(people.county, enterprises=[company(1, **other)])
    explained = tried(people.county, enterprises=[company(1, **other, former_name=enterprise.name)])

    assert enterprise.name in sentences(plain)[0]
    assert sums(explained) == (0, 1, 0, 0)


@pytest.mark.parametrize("cells", [{"established_on": "去年三月"}, {"established_on": "2026年13月1日"}])
def test_a_date_written_as_a_text_that_is_no_day_is_refused_in_its_cell(cells, people):
    assert wrong(tried(people.county, enterprises=[company(1, **cells)])) == [("企业", 2, "成立日期")]


def test_a_day_written_as_a_text_is_read(people):
    assert sums(tried(people.county, enterprises=[company(1, established_on="2015年3月1日")])) == (1, 0, 0, 0)


def test_a_division_that_nobody_knows_is_refused_with_names_like_it(people):
    job = tried(people.county, enterprises=[company(1, region="大王乡"), company(2, region="370523999")])

    by_name, by_code = sentences(job)
    assert "大王镇" in by_name
    assert "370523 is 广饶县" in by_code


def test_an_unknown_sheet_is_named_with_the_one_that_may_be_meant_and_nothing_else_is_lost(people):
    job = taken(sent(people.county, book({"import": [company(1)]}, more=("应急演习", "封面"))))

    assert job.result["unknown_sheets"] == ["应急演习 (meant is perhaps “应急演练”)", "封面"]
    assert "应急演练" in job.result["missing_sheets"]
    assert sums(job) == (1, 0, 0, 0)


def test_a_workbook_without_any_known_sheet_is_refused_with_the_names(people):
    job = taken(sent(people.county, book({}, more=("封面",))))

    assert job.state == "failed"
    assert "企业" in job.message


def test_a_sheet_without_its_heads_is_said_and_the_others_are_read(people, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(book({"import": [company(1)], "drills": [drill(code(1))]}))
    work_book = load_workbook(path)
    work_book["应急演练"].delete_rows(1)
    work_book.save(path)

    job = taken(sent(people.county, path.read_bytes()))

    told = {sheet["title"]: sheet["problem"] for sheet in job.result["sheets"]}
    assert told["企业"] == ""
    assert "统一社会信用代码" in told["应急演练"]
    assert job.result["new"] == 1


def test_the_wrong_rows_come_back_in_one_workbook_with_all_sheets_and_go_in_again(people):
    job = tried(
        people.county,
        enterprises=[company(1), company(2, contact_phone="1")],
        drills=[drill(code(1), participants="许多"), drill(code(2))],
    )
    back = load_workbook(job.file.path)

    assert back.sheetnames == ["企业", "应急演练"]
    sheet = back["企业"]
    heads = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 2
    assert "联系人手机" in sheet.cell(2, 2).value
    marked = sheet.cell(2, heads.index("联系人手机") + 1)
    assert marked.fill.fgColor.rgb.endswith("F1D7E1")

    put_in(job)
    marked.value = "13605460002"
    wrong_number = [cell.value for cell in back["应急演练"][1]].index("参加人数") + 1
    for row in (2, 3):
        back["应急演练"].cell(row, wrong_number).value = 12
    back.save(job.file.path)
    with open(job.file.path, "rb") as file:
        mended = put_in(taken(sent(people.county, file.read())))

    assert sums(mended) == (3, 0, 0, 0)
    assert Drill.objects.count() == 2


def test_what_is_on_file_can_be_left_alone(people, enterprise):
    make_row("drills", enterprise, topic="灭火演练", held_on="2026-01-05")
    rows = {
        "enterprises": [company(1), {"uscc": enterprise.uscc, "employees": 77}],
        "drills": [drill(enterprise.uscc, participants=9), drill(enterprise.uscc, topic="疏散")],
    }

    job = put_in(tried(people.county, found="skip", **rows))

    assert sums(job) == (2, 0, 2, 0)
    assert Enterprise.objects.get(pk=enterprise.pk).employees != 77
    assert sorted(Drill.objects.values_list("topic", "participants")) == [("灭火演练", 3), ("疏散", 0)]


def test_an_import_that_is_to_stop_at_known_records_writes_nothing_at_all(people, enterprise, sign_in):
    job = tried(people.county, found="stop", enterprises=[company(1), {"uscc": enterprise.uscc}])

    assert job.result["stopped"]
    assert wrong(job) == [("企业", 3, "统一社会信用代码")]
    sign_in(people.county).post(f"/lists/imports/{job.pk}/apply/")
    job.refresh_from_db()
    assert job.state == "checked"
    put_in(job)
    assert not Enterprise.objects.filter(uscc=code(1)).exists()


def test_an_import_that_is_to_stop_goes_through_where_nothing_is_on_file(people):
    job = put_in(tried(people.county, found="stop", enterprises=[company(1)], drills=[drill(code(1))]))

    assert (job.state, sums(job)) == ("done", (2, 0, 0, 0))


def dies(*args, **kwargs):
    raise OperationalError("the worker was killed")


def test_a_worker_killed_between_two_sheets_leaves_nothing_and_the_next_one_writes_all_once(
    people, monkeypatch
):
    job = pressed(tried(people.county, enterprises=[company(1)], drills=[drill(code(1))]))
    with monkeypatch.context() as broken:
        broken.setattr(work.applying, "write", after_first(work.applying.write))
        with pytest.raises(OperationalError):
            run_job(job.pk)
    assert not Enterprise.objects.filter(uscc=code(1)).exists()

    assert taken(job).state == "done"
    assert Drill.objects.filter(enterprise__uscc=code(1)).count() == 1


def after_first(write):
    calls = []

    def dying(*args, **kwargs):
        if calls:
            dies()
        calls.append(1)
        return write(*args, **kwargs)

    return dying


def test_what_came_in_between_is_shown_before_anything_is_written(people):
    job = pressed(tried(people.county, enterprises=[company(1)], drills=[drill(code(1))]))
    put_in(tried(people.county, enterprises=[company(1)]))

    job = taken(job)

    assert (job.state, sums(job)) == ("checked", (1, 0, 1, 0))
    assert job.message


def test_the_template_has_a_sheet_for_every_part_and_goes_in_when_filled(people, sign_in, tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(sign_in(people.county).get("/enterprises/import/city/?template=1").content)
    sheets = load_workbook(path)

    assert sheets.sheetnames == [*(part.sheet for part in CITY.parts), "填写说明"]
    assert len(set(sheets.sheetnames)) == len(sheets.sheetnames)
    for part in CITY.parts:
        heads = [cell.value.strip("*") for cell in sheets[part.sheet][1]]
        assert heads == [column.head for column in part.columns]
        assert len(set(heads)) == len(heads)
    job = taken(sent(people.county, path.read_bytes()))
    assert (job.state, job.result["rows"], job.result["unknown_sheets"]) == ("checked", 0, [])


@pytest.mark.parametrize("role", ["town", "enterprise", "officer", "admin"])
def test_whoever_may_not_import_a_city_is_refused(people, sign_in, role):
    assert sign_in(getattr(people, role)).get("/enterprises/import/city/").status_code == 403
