"""Telephone numbers as people type them."""

import pytest
from django.core.exceptions import ValidationError

from enterprises.phones import clean_phone


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13605460001", "13605460001"),
        (" 136 0546 0001 ", "13605460001"),
        ("１３６０５４６０００１", "13605460001"),
        ("0546-6412345", "0546-6412345"),
        ("（0546）6412345", "05466412345"),
    ],
)
def test_a_number_is_read_in_the_ways_people_type_it(typed, number):
    assert clean_phone(typed) == number


@pytest.mark.parametrize(
    "typed", ["1360546", "136054600011", "12345678901", "电话", "", "6412345", "1" * 10_000]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_phone(typed)


def test_a_landline_will_not_do_where_sms_go():
    with pytest.raises(ValidationError) as refused:
        clean_phone("0546-6412345", mobile=True)
    assert refused.value.code == "mobile"


def test_a_number_too_short_is_told_how_many_digits_it_has():
    with pytest.raises(ValidationError) as refused:
        clean_phone("136054600")
    assert refused.value.params == {"n": 9}
