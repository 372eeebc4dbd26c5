"""What a password must be, and that the last five do not come back."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.passwords import ThreeKindsValidator
from accounts.services import change_password, give_password
from tests.people import PASSWORD

NEXT = [f"Harbour+light-{number}" for number in range(10, 18)]


@pytest.mark.parametrize("password", ["abcdefghij", "ABCDEFGHIJ", "abcdeFGHIJ", "abcde12345", "12345-----"])
def test_one_or_two_kinds_of_signs_are_too_few(password):
    with pytest.raises(ValidationError):
        ThreeKindsValidator().validate(password)


@pytest.mark.parametrize("password", ["abcDE12345", "abc-123456", "ABC-123456", "守望abc-12345"])
def test_three_kinds_are_enough(password):
    ThreeKindsValidator().validate(password)


def test_the_present_password_is_refused_even_if_it_was_never_changed(people):
    with pytest.raises(ValidationError) as refused:
        validate_password(PASSWORD, people.county)
    assert refused.value.error_list[0].code == "password_used_before"


def test_the_last_five_are_refused_and_the_one_before_them_is_not(people, at):
    for password in NEXT[:6]:
        change_password(people.county, password, at=at)
    for used in NEXT[:6]:
        with pytest.raises(ValidationError):
            validate_password(used, people.county)
    validate_password(PASSWORD, people.county)
    assert people.county.former_passwords.count() == 5


def test_one_persons_passwords_do_not_bind_another(people, at):
    change_password(people.county, NEXT[0], at=at)
    validate_password(NEXT[0], people.town)


def test_a_new_person_has_nothing_behind_them(people):
    validate_password("Harbour+light-99", None)


def test_a_given_password_must_be_changed_and_a_chosen_one_not(people, at):
    give_password(people.county, NEXT[0], at=at)
    assert people.county.must_change_password
    change_password(people.county, NEXT[1], at=at)
    people.county.refresh_from_db()
    assert not people.county.must_change_password
    assert people.county.password_changed_at == at
