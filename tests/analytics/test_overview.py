"""The page of figures: findings, charts, tables, and the list behind every number."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from analytics import figures, findings
from analytics.selectors import situation
from analytics.views import key_figures
from enterprises.models import Enterprise
from hazards.models import Hazard
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import a_year_of_hazards, moment, standing
from tests.hazards.test_measures import rows_of_list
from tests.people import AT

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
REGULATORS = ["city", "county", "town", "other_town", "leader", "legal", "officer", "dept"]


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False), translation.override("en"):
        yield


@pytest.fixture
def year(people, enterprise, other_enterprise):
    a_year_of_hazards(enterprise, make_enterprise("370523102001"), other_enterprise)


def numbers_of(figure):
    """Every number of a figure with its list, the last row and the sum included."""
    rows = [*figure.rows, *([figure.foot] if figure.foot else [])]
    return [(cell, figure.code) for row in rows for cell in row.cells if cell.text.replace(",", "").isdigit()]


def figure(user, code):
    return next(each for each in figures.overview(situation(user, AT)) if each.code == code)


def table(figure) -> dict[str, list[str]]:
    return {str(row.label): [cell.text for cell in row.cells] for row in figure.rows}


@pytest.mark.parametrize("who", ["city", "county", "town", "other_county", "other_town", "dept"])
def test_every_number_is_the_number_of_rows_of_its_list(year, people, who):
    user = getattr(people, who)
    found = [pair for each in figures.overview(situation(user, AT)) for pair in numbers_of(each)]
    assert len(found) > 60
    for cell, code in found:
        assert int(cell.text.replace(",", "")) == rows_of_list(cell.url, user).count(), (code, cell.url)


@pytest.mark.parametrize("who", ["city", "county", "town"])
def test_every_figure_under_the_title_is_the_number_of_rows_of_its_list(year, people, who):
    user = getattr(people, who)
    for each in key_figures(situation(user, AT))[:-1]:
        assert int(each["value"]) == rows_of_list(each["url"], user).count(), each["url"]


def test_the_city_reads_its_counties_the_county_its_towns_the_town_its_villages(year, people):
    assert set(table(figure(people.city, "place"))) == {"广饶县", "利津县"}
    assert set(table(figure(people.county, "place"))) == {"大王镇", "稻庄镇"}
    assert set(table(figure(people.town, "place"))) == {"大王社区"}


def test_a_county_without_hazards_stands_in_the_table_with_noughts(enterprise, people):
    standing(enterprise)
    assert table(figure(people.city, "place"))["利津县"] == ["0", "0", "0"]


def test_a_hazard_that_lies_at_the_county_itself_is_counted_and_found(people, enterprise):
    standing(enterprise, region_id="370523")
    standing(enterprise)
    shown = figure(people.county, "place")
    assert table(shown)["广饶县"] == ["1", "0", "0"]
    url = next(row.cells[0].url for row in shown.rows if row.label == "广饶县")
    assert rows_of_list(url, people.county).count() == 1


def test_the_parts_of_each_way_add_up_to_the_whole(year, people):
    for each in figures.overview(situation(people.city, AT)):
        if each.foot and each.kind == "bars":
            sums = [sum(int(row.cells[i].text) for row in each.rows) for i in range(len(each.head) - 1)]
            assert sums == [int(cell.text) for cell in each.foot.cells], each.code


def test_twelve_months_stand_in_the_trend_and_boundaries_are_local(year, people):
    shown = figure(people.city, "months")
    assert [column.label for column in shown.head] == [
        "From 2025-04", "4", "5", "6", "7", "8", "9", "10", "11", "12", "1", "2", "3",
    ]  # fmt: skip
    counts = table(shown)
    assert counts["Closed"][-2:] == ["3", "1"]
    assert counts["Found"][-1] == "11"


def test_a_place_where_nothing_was_due_has_no_rate(enterprise, other_enterprise, people):
    standing(enterprise, deadline_on=moment(2026, 3, 1).date())
    standing(other_enterprise)
    assert list(table(figure(people.city, "rate"))) == ["广饶县"]


def test_the_headings_say_the_finding_with_its_number(year, people):
    said = {each.code: each.heading for each in figures.overview(situation(people.city, AT))}
    assert said["place"] == "Open: 14; most in 广饶县: 11"
    assert said["grade"] == "Major hazards open: 3, overdue: 0"
    assert said["level"] == "In the hands of county or city: 1, of the city: 1"
    assert said["months"] == "March 2026 so far: 1 closed, fewer than the 11 found"
    assert said["industry"].startswith("Industry and trade: 11 open, 78.5 %")
    assert said["source"].startswith("Enterprises found ")


def test_the_title_names_the_place_that_is_late(year, people, sign_in):
    people.city.language = "en"
    people.city.save()
    page = sign_in(people.city).get(reverse("analytics:overview"))
    assert page.context["title"] == "Overdue: 4, most of them in 广饶县"


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(0, 0, "—"), (1, 1, "100.0 %"), (9999, 10000, "99.9 %"), (2, 3, "66.6 %")]
)
def test_only_all_of_it_is_a_hundred_percent(part, whole, said):
    assert findings.percent(part, whole) == said


def test_charts_are_drawn_from_the_tables_under_them(year, people, sign_in):
    page = sign_in(people.city).get(reverse("analytics:overview")).content.decode()
    charts = re.findall(r'data-chart="([a-z]+)" data-table="([a-z-]+)"', page)
    assert len(charts) == 8
    assert {kind for kind, _id in charts} == {"trend", "rate", "bars"}
    assert all('<table class="sw-table' in page and f'id="{each}"' in page for _kind, each in charts)


def test_a_number_on_the_page_opens_a_list_of_as_many_rows(year, people, sign_in):
    browser = sign_in(people.county)
    page = browser.get(reverse("analytics:overview")).content.decode()
    links = re.findall(r'<td class="sw-num"><a href="(/hazards/[^"]+)">(\d+)</a>', page)
    url, number = max(links, key=lambda link: int(link[1]))
    answer = browser.get(url.replace("&amp;", "&"))
    assert answer.context["page"].total == int(number) > 3
    assert not answer.context["page"].filterset.form.errors


def test_the_chip_of_the_list_says_the_name_of_the_place(year, people, sign_in):
    answer = sign_in(people.city).get(reverse("hazards:list"), {"county": "370523", "open": "true"})
    assert "广饶县" in [chip.words for chip in answer.context["chips"]]


def test_an_area_without_hazards_says_so_and_shows_no_chart(people, sign_in):
    page = sign_in(people.city).get(reverse("analytics:overview"))
    assert page.status_code == 200
    assert page.context.get("title") is None
    assert b"sw-empty" in page.content
    assert b"data-chart" not in page.content


@pytest.mark.parametrize("who", REGULATORS)
def test_who_watches_over_others_reads_it(year, people, sign_in, who):
    assert sign_in(getattr(people, who)).get(reverse("analytics:overview")).status_code == 200


@pytest.mark.parametrize("who", ["enterprise", "grid", "expert", "agency", "admin", "auditor", "security"])
def test_who_does_not_is_refused(year, people, sign_in, who):
    browser = sign_in(getattr(people, who))
    assert browser.get(reverse("analytics:overview")).status_code == 403
    assert browser.get(reverse("analytics:measure", args=["hazards.open"])).status_code == 403


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get(reverse("analytics:overview")).status_code == 302


def test_the_page_is_read_not_written(people, sign_in):
    assert sign_in(people.city).post(reverse("analytics:overview")).status_code == 405


@pytest.mark.parametrize("who", ["city", "county", "town"])
def test_the_queries_do_not_grow_with_the_rows(people, enterprise, sign_in, who):
    browser = sign_in(getattr(people, who))
    standing(enterprise)
    queries(browser)
    few = queries(browser)
    for month in range(1, 13):
        for grade in ("general", "major"):
            standing(enterprise, found_at=moment(2025, month, 5), grade=grade, source="patrol")
    assert queries(browser) == few <= MOST_QUERIES


def queries(browser) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(reverse("analytics:overview")).status_code == 200
    return len(captured)


def test_one_measure_splits_in_its_own_ways(year, people, sign_in):
    browser = sign_in(people.city)
    page = browser.get(reverse("analytics:measure", args=["hazards.open"]), {"by": "industry"})
    shown = page.context["figure"]
    assert [row.cells[0].text for row in shown.rows] == ["11", "3"]
    assert shown.foot.cells[0].text == "14"
    assert [tab["current"] for tab in page.context["tabs"]].count(True) == 1


def test_one_measure_by_month_stands_in_the_order_of_time(year, people, sign_in):
    page = sign_in(people.city).get(reverse("analytics:measure", args=["hazards.open"]), {"by": "month"})
    labels = [row.label for row in page.context["figure"].rows]
    assert labels == sorted(labels)
    assert labels[0] == "2024-05"


def test_a_measure_without_rows_says_so(people, sign_in):
    page = sign_in(people.city).get(reverse("analytics:measure", args=["hazards.overdue"]))
    assert page.context["figure"] is None
    assert b"sw-empty" in page.content


@pytest.mark.parametrize(("code", "by"), [("hazards.nothing", "town"), ("hazards.open", "moon")])
def test_an_unknown_measure_or_way_is_not_found(people, sign_in, code, by):
    answer = sign_in(people.city).get(reverse("analytics:measure", args=[code]), {"by": by})
    assert answer.status_code == 404


def test_the_menu_leads_there_for_regulators_only(people, sign_in):
    url = reverse("analytics:overview")
    assert url in sign_in(people.city).get(reverse("hazards:list")).content.decode()
    assert url not in sign_in(people.enterprise).get(reverse("hazards:list")).content.decode()


def test_ended_enterprises_are_not_under_supervision(year, people):
    Enterprise.objects.filter(county_code="370522").update(operating_status="closed")
    assert situation(people.city, AT).enterprises == 2
    assert Hazard.objects.filter(county_code="370522").exists()
