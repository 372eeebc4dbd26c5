"""Chinese numerals, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.numerals import LIMIT, article_label, to_chinese, to_int


@given(st.integers(min_value=0, max_value=LIMIT - 1))
def test_what_is_written_is_read_back(number):
    assert to_int(to_chinese(number)) == number


@given(st.integers(min_value=0, max_value=LIMIT - 2))
def test_two_numbers_are_never_written_alike(number):
    assert to_chinese(number) != to_chinese(number + 1)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("七十八", 78),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百一十九", 119),
        ("一百三十四", 134),
        ("一千零一", 1001),
        ("一千零一十", 1010),
        ("一千二百六十", 1260),
        ("一万零三", 10003),
        ("二十万零五百", 200500),
    ],
)
def test_numbers_are_written_as_laws_write_them(text, number):
    assert to_int(text) == number
    assert to_chinese(number) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一百〇五", 105),
        ("一百一十", 110),
        ("百二十", 120),
        ("两百", 200),
        ("廿一", 21),
        ("78", 78),
        (" 十 ", 10),
    ],
)
def test_other_ways_of_writing_are_read_too(text, number):
    assert to_int(text) == number


@pytest.mark.parametrize("text", ["", "万", "条", "一二", "第一", "一百条", "一 百", "１x", "-1"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError):
        to_int(text)


@pytest.mark.parametrize("number", [-1, LIMIT])
def test_a_number_out_of_range_is_refused(number):
    with pytest.raises(ValueError, match="out of range"):
        to_chinese(number)


def test_an_article_has_its_chinese_label():
    assert article_label(78) == "第七十八条"
    assert article_label(134, 1) == "第一百三十四条之一"
