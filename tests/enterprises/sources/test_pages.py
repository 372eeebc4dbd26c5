"""The pages: entering a unit, its calculation line by line, its materials, the list and its figures."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from enterprises.measures import MEASURES
from enterprises.models import SourceUnit
from enterprises.sources import services
from listings.measures import split
from tests.factories.enterprises import make_enterprise
from tests.factories.sources import FACTS, assessed, filed, recorded, scan, submitted, tonnes, with_materials


def answers(*rows: dict[str, str], initial: int = 0, **more: str) -> dict[str, str]:
    """Return what the form of a unit sends with these substances."""
    sent = {
        "substances-TOTAL_FORMS": str(len(rows) + 1),
        "substances-INITIAL_FORMS": str(initial),
        **{name: str(value) for name, value in FACTS.items()},
        "monitor_points": "12",
        "videos": "4",
        **more,
    }
    for place, row in enumerate(rows):
        sent |= {f"substances-{place}-{name}": value for name, value in row.items()}
    return sent


def new_url(enterprise) -> str:
    return reverse("enterprises:source_new", args=[enterprise.pk])


def test_a_unit_is_entered_and_calculated_on_one_page(people, enterprise, sign_in):
    browser = sign_in(people.enterprise)

    answer = browser.post(new_url(enterprise), answers({"number": "1", "quantity": "12"}))

    unit = SourceUnit.objects.get()
    assert (answer.status_code, answer.url) == (302, unit.get_absolute_url())
    assert (unit.grade, unit.state) == (4, "identified")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"name": "某种物料", "quantity": "5"}, "category"),
        ({"number": "5", "quantity": "5"}, "category"),
        ({"number": "1", "name": "氨水", "quantity": "5"}, "name"),
        ({"number": "99", "quantity": "5"}, "number"),
        ({"number": "1", "quantity": "0"}, "quantity"),
        ({"number": "1", "quantity": "-3"}, "quantity"),
        ({"number": "1", "quantity": "许多"}, "quantity"),
        ({"number": "1", "quantity": "NaN"}, "quantity"),
        ({"number": "1", "quantity": "1e99"}, "quantity"),
        ({"number": "1"}, "quantity"),
        ({"quantity": "5"}, "number"),
        ({"number": "5", "quantity": "5", "category": "W99"}, "category"),
    ],
    ids=[
        "without Q",
        "without beta",
        "both",
        "unknown",
        "nothing",
        "less than nothing",
        "words",
        "nan",
        "huge",
        "no amount",
        "no substance",
        "no such category",
    ],
)
def test_a_substance_that_cannot_be_counted_is_refused_beside_its_field(
    people, enterprise, sign_in, row, field
):
    answer = sign_in(people.enterprise).post(new_url(enterprise), answers(row))

    assert answer.status_code == 422
    assert field in answer.context["form"].substances.forms[0].errors
    assert not SourceUnit.objects.exists()


def test_the_summary_leads_to_the_substance_that_cannot_be_counted(people, enterprise, sign_in):
    sent = answers({"name": "某溶剂", "quantity": "5"}, {"number": "1", "quantity": "0"}, place="")

    page = sign_in(people.enterprise).post(new_url(enterprise), sent).text.partition('class="sw-summary"')[2]

    summary = page.partition("</ul>")[0]
    assert summary.count("<li>") == 3
    assert 'href="#id_substances-0-category"' in summary
    assert 'href="#id_substances-1-quantity"' in summary
    assert "3" in summary.partition("</h2>")[0]


def test_a_category_gives_an_unlisted_substance_its_threshold(people, enterprise, sign_in):
    row = {"name": "丙烯酸丁酯", "quantity": "6000", "category": "W5.4", "other_category": "W5.3"}

    sign_in(people.enterprise).post(new_url(enterprise), answers(row))

    line = SourceUnit.objects.get().calculations.get().lines[0]
    assert (line["threshold"], line["threshold_from"]) == ("1000", "W5.3")


def test_a_unit_without_any_substance_is_refused(people, enterprise, sign_in):
    answer = sign_in(people.enterprise).post(new_url(enterprise), answers())

    assert answer.status_code == 422
    assert answer.context["form"].substances.non_form_errors()


def test_a_name_that_is_taken_is_refused_beside_it(people, enterprise, sign_in):
    recorded(enterprise, people.enterprise)

    answer = sign_in(people.enterprise).post(new_url(enterprise), answers({"number": "1", "quantity": "12"}))

    assert (answer.status_code, "name" in answer.context["form"].errors) == (422, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [("residents_500m", "-1"), ("residents_500m", ""), ("principal_phone", "12"), ("longitude", "9")],
)
def test_facts_that_cannot_be_are_refused(people, enterprise, sign_in, field, value):
    sent = answers({"number": "1", "quantity": "12"}, **{field: value})

    answer = sign_in(people.enterprise).post(new_url(enterprise), sent)

    assert field in answer.context["form"].errors


def test_a_stranger_does_not_find_the_form(people, enterprise, sign_in):
    assert sign_in(people.other_county).get(new_url(enterprise)).status_code == 404


def test_the_calculation_is_written_out_beside_the_table_values(people, enterprise, sign_in):
    unit = recorded(enterprise, people.enterprise, tonnes("12"), tonnes("30", 66))

    text = sign_in(people.town).get(unit.get_absolute_url()).content.decode()

    assert "R = α · Σ β·q/Q = 1.5 × 2.55 = 3.83" in text
    assert "S = Σ q/Q = 1.35 ≥ 1" in text
    assert "GB 18218-2018" in text


def test_a_beta_taken_by_the_usual_category_is_marked(people, enterprise, sign_in):
    unit = recorded(enterprise, people.enterprise, tonnes("300", 66))

    assert sign_in(people.town).get(unit.get_absolute_url()).context["calculation"].needs_confirmation


def test_an_earlier_calculation_is_opened_from_the_history(people, enterprise, sign_in, at):
    unit = recorded(enterprise, people.enterprise)
    first = unit.calculations.get()
    services.recalculate_source(unit, facts={}, substances=[tonnes("40")], by=people.enterprise, at=at)

    answer = sign_in(people.town).get(f"{unit.get_absolute_url()}?calculation={first.pk}")

    assert answer.context["calculation"].row == first
    assert not answer.context["is_newest"]
    assert len(answer.context["history"]) == 2


def change(browser, unit, *rows, **more):
    sent = answers(*rows, initial=1, version=str(unit.version), **more)
    return browser.post(reverse("enterprises:recalculate_source", args=[unit.pk]), sent)


def test_amounts_are_changed_and_calculated_anew(people, enterprise, sign_in):
    unit = recorded(enterprise, people.enterprise)

    answer = change(
        sign_in(people.enterprise),
        unit,
        {"number": "12", "quantity": "63"},
        residents_500m="100",
        reason="改建",
    )

    assert answer.status_code == 302
    unit.refresh_from_db()
    assert (unit.grade, unit.calculations.first().reason) == (1, "改建")


def test_a_substance_marked_for_removal_is_left_out(people, enterprise, sign_in):
    unit = recorded(enterprise, people.enterprise, tonnes("12"))

    change(
        sign_in(people.enterprise),
        unit,
        {"number": "1", "quantity": "12", "DELETE": "on"},
        {"number": "12", "quantity": "5"},
    )

    assert [row.number for row in unit.substances.all()] == [12]


def test_a_form_opened_before_somebody_else_s_change_is_not_written(people, enterprise, sign_in, at):
    unit = recorded(enterprise, people.enterprise)
    services.recalculate_source(unit, facts={}, substances=[tonnes("40")], by=people.county, at=at)

    answer = change(sign_in(people.enterprise), unit, {"number": "1", "quantity": "5"})

    assert answer.status_code == 409
    assert unit.substances.get().quantity == 40


def test_the_form_of_a_unit_shows_its_amounts_as_they_are(people, enterprise, sign_in):
    unit = recorded(enterprise, people.enterprise, tonnes("3000", 65))

    form = (
        sign_in(people.enterprise)
        .get(reverse("enterprises:recalculate_source", args=[unit.pk]))
        .context["form"]
    )

    assert form.substances.forms[0].initial["quantity"] == "3000"


def test_what_is_missing_for_the_filing_is_shown(people, enterprise, sign_in):
    unit = assessed(enterprise, people.enterprise)

    answer = sign_in(people.enterprise).get(unit.get_absolute_url())

    assert answer.context["missing"] == 10


def test_a_material_is_added_under_its_line(people, enterprise, sign_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    unit = assessed(enterprise, people.enterprise)
    browser = sign_in(people.enterprise)

    browser.post(
        reverse("enterprises:add_source_material", args=[unit.pk]),
        {"material": "sds", "files": scan(), "version": unit.version},
    )

    lines = browser.get(unit.get_absolute_url()).context["materials"]
    assert [line.material.code for line in lines if line.files] == ["sds", "assessment"]


def test_an_assessment_is_entered_with_its_report(people, enterprise, sign_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    unit = recorded(enterprise, people.enterprise)
    sent = {"assessed_on": "2026-03-05", "agency": "安评", "report": scan(), "version": unit.version}

    sign_in(people.enterprise).post(reverse("enterprises:assess_source", args=[unit.pk]), sent)

    unit.refresh_from_db()
    assert (unit.state, unit.assessed_on) == ("assessed", date(2026, 3, 5))


def test_the_bureau_is_offered_the_next_filing_number(people, enterprise, sign_in):
    unit = submitted(people, enterprise)

    form = sign_in(people.county).get(reverse("enterprises:file_source", args=[unit.pk])).context["form"]

    assert form["number"].initial == f"BA370523〔{timezone.localdate().year}〕001"


def listed(browser, query: str) -> list[str]:
    page = browser.get(f"{reverse('enterprises:sources')}?{query}").context["page"]
    return [str(row) for row in page.rows]


def test_the_list_finds_by_grade_state_place_and_words(people, enterprise, sign_in):
    recorded(enterprise, people.enterprise)
    recorded(enterprise, people.enterprise, tonnes("63", 12), name="液氯库", residents_500m=100)
    recorded(enterprise, people.enterprise, tonnes("3"), name="小仓库")
    browser = sign_in(people.county)

    assert len(listed(browser, "")) == 3
    assert len(listed(browser, "standing=true")) == 2
    assert listed(browser, "grade=1") == [f"{enterprise.name} · 液氯库"]
    assert listed(browser, "state=below") == [f"{enterprise.name} · 小仓库"]
    assert listed(browser, "place=370523102") == []
    assert listed(browser, "q=液氯") == [f"{enterprise.name} · 液氯库"]


def test_the_list_is_exported_with_the_figures_on_screen(people, enterprise, sign_in):
    recorded(enterprise, people.enterprise)

    answer = sign_in(people.county).get(f"{reverse('enterprises:sources')}?format=csv")

    text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8-sig")
    assert "液氨罐区" in text
    assert "3.60" in text


def test_a_figure_opens_exactly_the_rows_it_counts(people, enterprise, sign_in, at):
    recorded(enterprise, people.enterprise)
    recorded(enterprise, people.enterprise, tonnes("63", 12), name="液氯库", residents_500m=100)
    recorded(make_enterprise("370523102001"), people.county)
    recorded(enterprise, people.enterprise, tonnes("3"), name="小仓库")
    make_enterprise("370523101001")
    browser = sign_in(people.county)

    for measure in (one for one in MEASURES if "sources" in one.code):
        assert len(browser.get(measure.url()).context["table"]) == measure.value(people.county, at), (
            measure.code
        )
        for way in measure.breakdowns:
            for part in split(measure, way.code, people.county, at):
                assert len(browser.get(part.url).context["table"]) == part.count, part


def test_the_enterprise_s_page_shows_its_sources(people, enterprise, sign_in):
    recorded(enterprise, people.enterprise)

    text = sign_in(people.enterprise).get(enterprise.get_absolute_url(), {"whole": "shown"}).content.decode()

    assert "液氨罐区" in text
    assert new_url(enterprise) in text


def test_a_unit_of_elsewhere_is_not_found(people, enterprise, sign_in):
    unit = recorded(enterprise, people.enterprise)

    assert sign_in(people.other_town).get(unit.get_absolute_url()).status_code == 404


def test_a_filed_source_says_where_it_stands(people, enterprise, sign_in):
    unit = filed(people, with_grid(enterprise))

    text = sign_in(people.grid).get(unit.get_absolute_url()).content.decode()

    assert unit.filing_number in text


def with_grid(enterprise):
    """Return the enterprise, which lies in the grid worker's grid."""
    assert enterprise.grid_id
    return enterprise


def test_the_filing_is_handed_in_by_one_button_once_it_is_complete(people, enterprise, sign_in):
    unit = with_materials(assessed(enterprise, people.enterprise), people.enterprise)

    sign_in(people.enterprise).post(
        reverse("enterprises:submit_source_filing", args=[unit.pk]), {"version": unit.version}
    )

    unit.refresh_from_db()
    assert unit.state == "submitted"


def test_the_form_says_what_a_change_does_to_a_filing_under_review(people, enterprise, sign_in):
    unit = submitted(people, enterprise)
    page = sign_in(people.enterprise).get(reverse("enterprises:recalculate_source", args=[unit.pk]))

    assert page.status_code == 200
    assert "第40号" in page.content.decode()
