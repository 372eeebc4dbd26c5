"""The page 两化: who reads it, by which places it splits, and what stands there before anything was counted."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from inspections.figures.indicators import INDICATORS
from inspections.figures.months import count_conduct
from inspections.figures.page import conduct_of, figures
from inspections.models import ConductMonth
from tests.factories.figures import moment
from tests.factories.figures import standing as hazard
from tests.factories.self_checks import accepted
from tests.people import AT

pytestmark = pytest.mark.django_db
URL = "inspections:conduct"


@pytest.fixture(autouse=True)
def in_english(people):
    people.county.language = "en"
    people.county.save()
    with time_machine.travel(AT, tick=False), translation.override("en"):
        yield


def test_the_city_reads_its_counties_and_the_county_its_towns(people):
    count_conduct(at=AT)

    city, county = conduct_of(people.city), conduct_of(people.county)

    assert (city.level, city.order) == ("county", ["370522", "370523"])
    assert (county.level, county.order) == ("town", ["370523101"])


def test_a_department_reads_its_industry_alone(people):
    count_conduct(at=AT)

    assert conduct_of(people.dept).total["required"] == 1
    assert conduct_of(people.city).total["required"] == 2


def test_the_page_shows_every_indicator_with_its_numbers(people, enterprise, sign_in):
    accepted(people, enterprise)
    hazard(enterprise, found_at=moment(2026, 3, 4))
    count_conduct(at=AT)

    page = sign_in(people.county).get(reverse(URL))

    shown = {figure["label"]: figure["value"] for figure in page.context["key_figures"]}
    assert [str(label) for label in shown] == [
        *(str(each.label) for each in INDICATORS),
        "Score of hazards found",
        "Score of the grids",
    ]
    assert shown["Lists compiled"] == "100.0 %"
    assert shown["Hazards per enterprise this month"] == "1.00"
    assert shown["Visits back-filled"] == "—"
    assert "asked for: 10 %" in page.content.decode()


def test_the_worst_place_stands_first(people, enterprise):
    accepted(people, enterprise)
    count_conduct(at=AT)

    page_of = conduct_of(people.city)
    from_worst = [row.label for row in figure_of(page_of, "list_compile_rate").rows]

    assert from_worst == ["利津县", "广饶县"]


def figure_of(now, code):
    return next(figure for figure in figures(now) if figure.code == code)


def test_a_month_without_a_counting_shows_a_dash(people, sign_in):
    count_conduct(at=AT)

    page = sign_in(people.county).get(reverse(URL))

    first = page.context["months"]["rows"][0]
    assert [cell.text for cell in first.cells] == ["—"] * 11 + ["0.0 %"]


def test_before_the_first_night_the_page_says_so(people, sign_in):
    page = sign_in(people.county).get(reverse(URL))

    assert "Nothing has been counted yet" in page.content.decode()


def test_the_page_does_not_ask_more_for_a_large_area(people, sign_in, django_assert_max_num_queries):
    count_conduct(at=AT)
    browser = sign_in(people.city)
    browser.get(reverse(URL))

    with django_assert_max_num_queries(14):
        browser.get(reverse(URL))


def test_neither_grid_nor_enterprise_reads_the_months(people):
    count_conduct(at=AT)

    assert not ConductMonth.objects.visible_to(people.grid).exists()
    assert not ConductMonth.objects.visible_to(people.enterprise).exists()
