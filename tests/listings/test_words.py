"""Counts, values and texts as a person reads them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from enterprises.models import Enterprise
from listings.columns import Column, in_words, link
from listings.counting import capped, in_figures
from listings.words import between, flat, is_set, sentence
from tests.factories.enterprises import make_enterprise


def test_a_count_within_the_limit_is_exact():
    assert [in_figures(count) for count in (0, 7, 1284, 10_000)] == ["0", "7", "1,284", "10,000"]


def test_a_count_beyond_the_limit_says_that_there_are_more():
    assert in_figures(10_001) == "10,000+"


def test_counting_stops_one_row_after_the_limit(places, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("listings.counting.LIMIT", 2)
    for _serial in range(5):
        make_enterprise()

    with django_assert_num_queries(1):
        assert capped(Enterprise.objects.all()) == 3


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ("", ""),
        (0, 0),
        (date(2026, 3, 10), "03-10"),
        (datetime(2026, 3, 9, 20, 0, tzinfo=ZoneInfo("UTC")), "03-10"),
        (Decimal("1200.50"), "1200.5"),
        (Decimal("5000"), "5000"),
    ],
)
def test_a_value_is_written_as_a_person_reads_it(value, shown):
    assert in_words(value) == shown


def test_a_column_follows_a_path_and_stops_where_nothing_is():
    class Row:
        enterprise = None

    assert Column("name", "Name", "enterprise.name").raw(Row()) is None


def test_a_link_escapes_its_text():
    assert link("/x/", "<b>") == '<a href="/x/" title="&lt;b&gt;">&lt;b&gt;</a>'


@pytest.mark.parametrize(
    ("value", "given"), [(None, False), ("", False), ([], False), (False, True), (0, True), ("x", True)]
)
def test_no_is_an_answer_and_nothing_is_none(value, given):
    assert is_set(value) is given


def test_a_range_is_written_with_both_ends_or_the_one_it_has():
    with translation.override("en"):
        assert between(date(2026, 1, 1), date(2026, 1, 31)) == "2026-01-01 – 2026-01-31"
        assert between(date(2026, 1, 1), None) == "from 2026-01-01"
        assert between(None, 20) == "until 20"


def test_choices_lose_their_groups():
    assert flat([("", "—"), ("Group", [("a", "A"), ("b", "B")])]) == [("", "—"), ("a", "A"), ("b", "B")]


def test_no_condition_is_everything():
    with translation.override("en"):
        assert sentence([]) == "everything"
