"""Personal data as others see it."""

import pytest

from accounts.masking import mask_id_no, mask_name, mask_phone


@pytest.mark.parametrize(("name", "shown"), [("周明远", "周**"), ("李文", "李*"), ("李", "李"), ("", "")])
def test_of_a_name_the_first_character_stays(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"),
        ("05468300000", "054****0000"),
        ("8300123", "*****23"),
        ("119", "*19"),
        ("", ""),
    ],
)
def test_of_a_phone_number_the_middle_is_hidden(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [("370502199001011234", "370***********1234"), ("1234567", "*******"), ("", "")]
)
def test_of_an_identity_number_three_and_four_stay(number, shown):
    assert mask_id_no(number) == shown
