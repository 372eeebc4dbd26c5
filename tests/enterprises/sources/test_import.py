"""A workbook of major hazard sources: units whole or not at all, calculated as those entered by hand."""

import re
from datetime import date
from decimal import Decimal

import pytest

from audit.models import Entry
from enterprises.importing import SOURCES
from enterprises.models import SourceCalculation, SourceUnit
from enterprises.sources.tables import edition_on
from lifecycle.models import StateChange
from tests.factories.books import put_in, substance, sums, tried, unit, wrong
from tests.factories.sources import recorded

pytestmark = pytest.mark.django_db
UNIT_SHEET, SUBSTANCE_SHEET = "重大危险源单元", "重大危险源物质"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def imported(user, *, found="update", **rows):
    return tried(user, spec=SOURCES, found=found, **rows)


def pair(enterprise, *substances, **cells):
    code = enterprise.uscc
    rows = [substance(code, **each) for each in substances or ({},)]
    return {"units": [unit(code, **cells)], "substances": rows}


def test_a_unit_is_calculated_put_on_record_and_moved_by_the_arithmetic(people, enterprise):
    job = put_in(imported(people.county, **pair(enterprise, {"name": "甲醇", "quantity": 600})))

    found = SourceUnit.objects.get()
    assert (job.state, sums(job)) == ("done", (2, 0, 0, 0))
    assert (found.s_value, found.state, found.grade) == (Decimal("1.2"), "identified", 4)
    made = SourceCalculation.objects.get(unit=found)
    assert (made.by, made.lines[0]["threshold"]) == (people.county, "500")
    verbs = StateChange.objects.filter(lifecycle="enterprises.source").values_list("verb", flat=True)
    assert set(verbs) == {"record_source", "identify_source"}
    entry = Entry.objects.get(verb="enterprises.import_sources")
    assert (entry.actor, entry.data["new"]) == (people.county, 2)


@pytest.mark.parametrize("word", ["甲醇", "木醇", "67-56-1"])
def test_a_substance_is_known_by_name_alias_and_cas_number(word, people, enterprise):
    listed = next(row for row in edition_on(date(2026, 1, 1)).listed.values() if row.name == "甲醇")
    assert word in (listed.name, *re.split("[、；]", listed.alias), listed.cas)

    put_in(imported(people.county, **pair(enterprise, {"name": word})))

    assert SourceUnit.objects.get().substances.get().number == listed.no


def test_a_substance_without_a_threshold_quantity_is_refused_and_its_unit_with_it(people, enterprise):
    job = imported(people.county, **pair(enterprise, {}, {"name": "某种没有临界量的物质", "quantity": 5}))

    assert set(wrong(job)) == {
        (UNIT_SHEET, 2, "辨识单元"),
        (SUBSTANCE_SHEET, 2, "辨识单元名称"),
        (SUBSTANCE_SHEET, 3, "危险性类别"),
    }
    assert job.result["new"] == 0


def test_a_hazard_category_gives_a_substance_its_threshold_quantity(people, enterprise):
    other = {"name": "丙烯酸丁酯", "categories": "w5.4", "quantity": 5200}
    put_in(imported(people.county, **pair(enterprise, other)))

    line = SourceCalculation.objects.get().lines[0]
    assert (line["name"], line["threshold_from"]) == ("丙烯酸丁酯", "W5.4")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"quantity": 0}, "设计最大量（吨）"),
        ({"quantity": "很多"}, "设计最大量（吨）"),
        ({"categories": "Z9"}, "危险性类别"),
        ({"number": 999}, "表1序号"),
        ({"name": "苯", "number": 1}, "表1序号"),
        ({"unit_name": "没有这个单元"}, "统一社会信用代码"),
    ],
)
def test_a_wrong_substance_is_refused_in_its_cell(cells, column, people, enterprise):
    job = imported(people.county, **pair(enterprise, cells))

    assert (SUBSTANCE_SHEET, 2, column) in wrong(job)
    assert job.result["new"] == 0


def test_a_new_unit_without_substances_is_refused(people, enterprise):
    assert wrong(imported(people.county, units=[unit(enterprise.uscc)])) == [(UNIT_SHEET, 2, "辨识单元")]


def test_a_known_unit_is_calculated_anew_with_what_the_workbook_says_and_keeps_the_rest(people, enterprise):
    put_in(imported(people.county, **pair(enterprise, {"name": "甲醇", "quantity": 600})))

    more = [substance(enterprise.uscc, "苯", 25)]
    job = put_in(imported(people.county, substances=more))

    found = SourceUnit.objects.get()
    assert sums(job) == (1, 0, 0, 0)
    assert sorted(found.substances.values_list("name", flat=True)) == ["甲醇", "苯"]
    assert found.s_value == Decimal("1.7")
    assert found.calculations.count() == 2


def test_the_same_workbook_again_calculates_nothing(people, enterprise):
    rows = pair(enterprise)
    put_in(imported(people.county, **rows))

    job = put_in(imported(people.county, **rows))

    assert sums(job) == (0, 0, 2, 0)
    assert SourceCalculation.objects.count() == 1


def test_units_on_file_can_be_left_as_they_are(people, enterprise):
    put_in(imported(people.county, **pair(enterprise)))

    put_in(imported(people.county, found="skip", **pair(enterprise, {"quantity": 900}, residents_500m=500)))

    found = SourceUnit.objects.get()
    assert (found.residents_500m, found.substances.get().quantity) == (40, 600)


def test_a_unit_that_was_taken_off_the_file_is_not_changed(people, enterprise):
    put_in(imported(people.county, **pair(enterprise)))
    SourceUnit.objects.update(state="deregistered")

    job = imported(people.county, **pair(enterprise, {"quantity": 900}, residents_500m=500))

    assert {sheet for sheet, _row, _column in wrong(job)} == {UNIT_SHEET, SUBSTANCE_SHEET}
    assert job.result["changed"] == 0


def test_an_enterprise_that_has_ended_gets_no_unit(people, enterprise):
    type(enterprise).objects.filter(pk=enterprise.pk).update(operating_status="closed")

    assert (UNIT_SHEET, 2, "统一社会信用代码") in wrong(imported(people.county, **pair(enterprise)))


def test_an_enterprise_outside_the_area_reads_like_one_without_a_file(people, other_enterprise):
    job = imported(people.county, **pair(other_enterprise))

    assert (UNIT_SHEET, 2, "统一社会信用代码") in wrong(job)
    assert job.result["new"] == 0


def test_an_enterprise_imports_its_own_sources(people, enterprise):
    job = put_in(imported(people.enterprise, **pair(enterprise)))

    assert job.state == "done"
    assert SourceUnit.objects.get().enterprise == enterprise


def test_the_list_leads_to_the_import_for_who_may(people, enterprise, sign_in):
    recorded(enterprise, people.county)
    page = "/enterprises/sources/import/"
    assert page in sign_in(people.county).get("/enterprises/sources/").content.decode()
    assert page not in sign_in(people.town).get("/enterprises/sources/").content.decode()
    assert sign_in(people.town).get(page).status_code == 403
