"""What a division code says by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.codes import is_functional_zone, parent_code, prefixes, trim


@pytest.mark.parametrize(
    ("padded", "trimmed"),
    [
        ("370000000000", "37"),
        ("370500000000", "3705"),
        ("370523000000", "370523"),
        ("370523107000", "370523107"),
        ("370523001001", "370523001001"),
        ("370523", "370523"),
        ("370500", "3705"),
        ("100000000000", "10"),
    ],
)
def test_a_code_is_cut_to_its_significant_digits(padded, trimmed):
    assert trim(padded) == trimmed


@pytest.mark.parametrize("text", ["", "000000000000", "3", "37052", "37o5", "3705231010011", "东营"])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(ValueError, match="is not a division code"):
        trim(text)


@given(st.integers(min_value=10, max_value=99), st.integers(min_value=1, max_value=99))
def test_cutting_a_cut_code_changes_nothing(province, city):
    code = f"{province}{city:02}"
    assert trim(code.ljust(12, "0")) == code
    assert trim(trim(code.ljust(12, "0"))) == code


def test_every_wider_place_contains_the_code():
    assert prefixes("370523101001") == ["37", "3705", "370523", "370523101", "370523101001"]
    assert prefixes("370523101001007")[-1] == "370523101001007"
    assert prefixes("") == []


def test_the_parent_is_one_level_up_and_a_province_has_none():
    assert parent_code("370523101001") == "370523101"
    assert parent_code("3705") == "37"
    assert parent_code("37") is None


@pytest.mark.parametrize("code", ["370571", "370572", "370523400"])
def test_a_development_zone_is_known_by_its_code(code):
    assert is_functional_zone(code)


@pytest.mark.parametrize("code", ["37", "3705", "370523", "370523101", "370523101400"])
def test_other_places_are_no_zones(code):
    assert not is_functional_zone(code)
