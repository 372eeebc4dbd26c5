"""The check of ID numbers (GB 11643): what is right passes as people type it, one wrong sign never does."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from enterprises.id_numbers import clean_id_no
from tests.factories.identity import valid_id_no

TODAY = date(2026, 3, 10)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
BIRTHS = st.dates(date(1900, 1, 1), date(2010, 3, 10))


@st.composite
def numbers(draw):
    """A right number, its check sign by the table of the standard and not by the code under test."""
    place = draw(st.integers(110_000, 659_999))
    body = f"{place}{draw(BIRTHS):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def clean(text):
    return clean_id_no(text, today=TODAY)


def refused(text):
    with pytest.raises(ValidationError) as caught:
        clean(text)
    return caught.value


@given(numbers())
def test_every_right_number_passes(number):
    assert clean(number) == number


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number, place, more):
    wrong = f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1 :]}"

    assert refused(wrong).code == "checksum"


@given(numbers(), st.integers(0, 15))
def test_two_digits_in_the_wrong_order_are_always_found(number, place):
    turned = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if turned != number:
        assert refused(turned).code == "checksum"


@pytest.mark.parametrize(
    "text", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_it_is_read_as_people_type_it(text):
    assert clean(text) == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("110105491231002", "length"),
        ("9" * 10_000, "length"),
        ("11010519491231X02X", "format"),
        ("²10105194912310021", "checksum"),
        ("110105194912310021", "checksum"),
        (valid_id_no(born="20261301"), "birth"),
        (valid_id_no(born="18991231"), "birth"),
        (valid_id_no(born="20270101"), "birth"),
    ],
)
def test_what_is_wrong_has_its_own_sentence_without_the_number(text, code):
    error = refused(text)

    assert error.code == code
    assert text not in error.messages[0]


def test_nobody_below_sixteen_stands_for_an_enterprise():
    birthday = date(2010, 3, 10)

    assert clean(valid_id_no(born=f"{birthday:%Y%m%d}"))
    assert refused(valid_id_no(born=f"{birthday + timedelta(days=1):%Y%m%d}")).code == "birth"
