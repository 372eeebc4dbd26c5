"""Search by any two neighbouring characters, and never by a pattern the person did not mean."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import characters, text

from enterprises.models import Enterprise
from listings.text import comparison
from tests.factories.enterprises import make_enterprise


@pytest.fixture
def rows(places):
    return [
        make_enterprise(name=name) for name in ("广饶松烟纸业", "广饶50%_纸板", "利津Abc涂料", "a\\b化工")
    ]


def found(words: str) -> list[str]:
    return sorted(Enterprise.objects.filter(search_text__bigrams=words).values_list("name", flat=True))


def test_two_characters_find_every_name_that_holds_them(rows):
    assert found("广饶") == ["广饶50%_纸板", "广饶松烟纸业"]


def test_the_characters_must_stand_together(rows):
    assert found("松纸") == []


def test_letters_are_found_in_either_case(rows):
    assert found("aBC涂") == ["利津Abc涂料"]


def test_a_percent_sign_is_a_sign_and_no_wildcard(rows):
    assert found("%_") == ["广饶50%_纸板"]
    assert found("50%纸") == []


def test_an_underscore_is_a_sign_and_no_wildcard(rows):
    assert found("_纸") == ["广饶50%_纸板"]


def test_a_backslash_is_a_sign(rows):
    assert found("a\\b") == ["a\\b化工"]


def test_several_words_are_found_wherever_each_of_them_stands(rows):
    assert found("纸 广饶") == ["广饶50%_纸板", "广饶松烟纸业"]
    assert found("纸业　广饶") == ["广饶松烟纸业"]
    assert found("广饶 涂料") == []


def test_a_word_of_one_character_narrows_down_what_the_others_find(rows):
    assert found("广饶 松") == ["广饶松烟纸业"]
    assert found("广 烟") == ["广饶松烟纸业"]


def test_no_words_stand_in_every_text(rows):
    assert len(found("  ")) == len(rows)


@pytest.mark.parametrize("words", ["广饶 纸", "纸 a", "松 烟", "", "A\\B 化"])
def test_both_ways_of_looking_find_the_same(rows, words):
    assert found(words) == sorted(
        Enterprise.objects.filter(search_text__holds=words).values_list("name", flat=True)
    )


def test_one_character_is_looked_for_too(rows):
    assert found("松") == ["广饶松烟纸业"]


def test_words_longer_than_the_text_find_nothing(rows):
    assert found("广饶松烟纸业有限责任公司东营分公司") == []


def test_an_emoji_is_looked_for_and_breaks_nothing(rows):
    make_enterprise(name="好🔥材料厂")

    assert found("🔥材") == ["好🔥材料厂"]


def test_only_words_with_small_and_capital_letters_are_compared_in_small_ones():
    assert "lower" in comparison("text", "Abc涂料")
    assert "lower" not in comparison("text", "9号可燃13605460001")
    # Of letters outside the Latin ones too.
    assert "lower" in comparison("text", "Вал")


def pairs(words: str, place: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sw_placed_bigrams(%s, %s)", [words, place])
        return set(cursor.fetchone()[0])


@given(text(characters(codec="utf-8", exclude_characters="\x00\x01"), max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_knows_every_pair_of_neighbours_and_nothing_else(db, words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower(%s)", [words])
        small = cursor.fetchone()[0]

    assert pairs(words, "") == {small[at : at + 2] for at in range(len(small) - 1)}


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        ("", set()),
        ("3705", set()),
        ("370523", {"370523"}),
        ("370523101", {"370523", "370523101"}),
        ("370523101001", {"370523", "370523101"}),
    ],
)
def test_the_index_knows_the_county_and_the_town_of_a_row(db, place, codes):
    assert pairs("东", place) == codes


def test_a_control_character_in_a_text_hides_none_of_its_other_pairs(db):
    assert {"广饶", "松烟"} <= pairs("广饶\x01松烟", "")
