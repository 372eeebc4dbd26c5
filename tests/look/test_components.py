"""The parts that pages are put together from."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as Thing

import pytest
from django.template.loader import render_to_string
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def part(name: str, **context: object) -> str:
    return render_to_string(f"components/{name}.html", context)


def test_the_current_tab_is_marked_and_only_that_one():
    tabs = [
        Thing(label="Mine", url="?tab=mine", current=True, count=15),
        Thing(label="All", url="?tab=all", current=False, count=None),
    ]
    html = part("tabs", label="Whose work", tabs=tabs)
    assert html.count('aria-current="page"') == 1
    assert html.count("<span>") == 1


def test_a_count_of_zero_is_still_a_count():
    html = part("tabs", label="x", tabs=[Thing(label="Late", url="#", current=False, count=0)])
    assert "<span>0</span>" in html


def test_an_empty_place_without_a_way_on_shows_no_button():
    assert "btn" not in part("empty", heading="No hazards", reason="None was found.")
    assert 'href="/all"' in part("empty", heading="x", reason="y", action_label="All", action_url="/all")


def test_a_fact_that_is_missing_is_said_to_be_missing_and_zero_is_not_missing():
    html = part("facts", facts=[Thing(label="People", value=0), Thing(label="Head", value="")])
    assert "<dd>0</dd>" in html
    assert html.count("not filled in") == 1


def test_the_future_stands_in_the_timeline_without_weight():
    entries = [
        Thing(at=date(2026, 11, 28), title="Reported upward", kind="next"),
        Thing(at=date(2026, 11, 17), title="Resumption requested", kind=""),
    ]
    html = part("timeline", entries=entries)
    assert "<strong>Reported upward" not in html
    assert "<strong>Resumption requested</strong>" in html
    assert 'class="is-next"' in html


def test_a_reason_is_quoted_in_the_timeline():
    entries = [Thing(at=date(2026, 10, 17), title="Returned", note="Zhou", quote="no budget", kind="")]
    assert "“no budget”" in part("timeline", entries=entries)


def test_a_figure_is_named_by_its_finding_and_every_number_opens_its_list():
    html = part(
        "figure",
        code="late",
        heading="173 are late",
        unit="hazards",
        kind="bars",
        head=[Thing(label="County"), Thing(label="Late", color="")],
        rows=[Thing(label="Guangrao", cells=[Thing(text="72", url="/hazards/?late=1")])],
    )
    assert 'data-chart="bars" data-table="tab-late"' in html
    assert 'id="tab-late"' in html
    assert '<h2 id="fig-late">173 are late</h2>' in html
    assert '<a href="/hazards/?late=1">72</a>' in html


def test_colours_of_a_figure_are_asked_for_by_name():
    head = [Thing(label="County", color=""), Thing(label="Major", color="red")]
    html = part("figure", code="a", heading="x", unit="y", kind="stack", head=head, rows=[])
    assert html.count("data-color") == 1
    assert 'data-color="red"' in html


def test_work_that_has_not_begun_shows_a_bar_without_an_end():
    assert "max=" not in part("progress", doing="Exporting", done=0, total=None)
    assert 'value="12" max="40"' in part("progress", doing="Exporting", done=12, total=40)


def test_one_is_told_that_one_may_leave():
    assert "You may leave this page" in part("progress", doing="x", done=1, total=2)
    assert "You may leave this page" not in part("progress", doing="x", done=1, total=2, leave=False)


def test_the_pager_offers_the_exact_count_only_where_it_is_not_exact():
    assert "Count exactly" in part("pager", first=1, last=25, total="10,000+", exact_url="?exact=1")
    assert "Count exactly" not in part("pager", first=1, last=25, total="1,284")


def test_the_pager_marks_the_page_one_is_on_and_the_gap():
    pages = [Thing(label="1", current=True), Thing(label="", url=""), Thing(label="52", url="?page=52")]
    html = part("pager", first=1, last=25, total="1,284", pages=pages)
    assert '<span aria-current="page">1</span>' in html
    assert "<span>…</span>" in html


def test_facts_that_are_stale_ask_loudly_and_fresh_ones_quietly():
    stale = part(
        "freshness",
        code="b",
        title="People",
        who="Yan",
        on=date(2026, 8, 2),
        days=-24,
        overdue=24,
        confirm_url="/x",
    )
    fresh = part(
        "freshness",
        code="b",
        title="People",
        who="Yan",
        on=date(2026, 8, 2),
        days=96,
        age=9,
        confirm_url="/x",
    )
    assert "is-late" in stale
    assert "btn-primary" in stale
    assert "is-late" not in fresh
    assert "btn-link" in fresh


def test_a_message_is_one_line_and_an_error_is_announced_at_once():
    class Said(str):
        level_tag = "info"

    class Refused(str):
        level_tag = "error"

    html = part("said", messages=[Said("Handed over to Daozhuang."), Refused("Someone else changed it.")])
    assert html.count("<p") == 2
    assert html.count('role="alert"') == 1
    assert part("said", messages=[]).strip() == ""


def test_the_language_button_is_written_in_the_language_it_leads_to():
    with translation.override("zh-hans"):
        html = part("language")
    assert html.strip() == "" or ('value="en"' in html and ">English<" in html)


def test_the_save_bar_has_one_main_verb():
    html = part("save_bar", submit="Hand in", later="Keep for later", back_url="/x", draft=True)
    assert html.count("btn-primary") == 1
    assert "formnovalidate" in html
    assert "data-saved" in html


def test_a_possible_double_offers_both_ways_on():
    rows = [Thing(url="/enterprises/7/", cells=["Qilin Wood", "91370523MA9XQ88K4F"])]
    html = part(
        "twin",
        heading="One is alike",
        head=["Name", "Code"],
        rows=rows,
        open_label="Open it",
        go_on_label="Not the same",
    )
    assert 'value="open"' in html
    assert 'value="different"' in html
    assert '<a class="sw-u" href="/enterprises/7/">Qilin Wood</a>' in html
