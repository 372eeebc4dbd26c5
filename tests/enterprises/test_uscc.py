"""The unified social credit code: read as people type it, refused with a sentence that helps."""

import pytest
from django.core.exceptions import ValidationError
from stdnum.cn import uscc

from enterprises.uscc import clean_uscc, is_right
from tests.factories.enterprises import valid_uscc

CODE = valid_uscc(1)


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.lower(), f" {CODE[:8]} {CODE[8:]} ", f"{CODE[:8]}-{CODE[8:]}", CODE.replace("9", "９")],
)
def test_a_code_is_read_in_the_ways_people_type_it(typed):
    assert clean_uscc(typed) == CODE


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (CODE[:-1], "length"),
        (CODE + "1", "length"),
        (CODE[:-1] + ("1" if CODE[-1] != "1" else "2"), "checksum"),
        (CODE[:10] + "I" + CODE[11:], "format"),
        ("AB" + CODE[2:], "format"),
        ("", "length"),
        ("😀" * 18, "format"),
        ("9" * 10_000, "length"),
    ],
)
def test_a_wrong_code_is_refused_with_its_reason(typed, reason):
    with pytest.raises(ValidationError) as refused:
        clean_uscc(typed)
    assert refused.value.code == reason


def test_two_characters_changed_for_each_other_are_noticed():
    swapped = CODE[:3] + CODE[4] + CODE[3] + CODE[5:]
    assert swapped != CODE
    with pytest.raises(ValidationError):
        clean_uscc(swapped)


def test_the_quick_answer_is_that_of_the_library():
    for serial in range(300):
        code = valid_uscc(serial)
        assert is_right(code)
        for sign in "0AY":
            changed = code[:12] + sign + code[13:]
            assert is_right(changed) == uscc.is_valid(changed)
