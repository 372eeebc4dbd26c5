"""The plate at the door: its code leads to the file for who may see it, and nowhere for others."""

import re

import pytest
from django.urls import reverse

from enterprises.plates import address_of, key_of, token_of


def test_the_code_leads_to_the_file_for_who_may_see_it(people, sign_in, enterprise):
    url = reverse("plate", args=[token_of(enterprise.pk)])

    for person in (people.county, people.town, people.grid, people.enterprise):
        assert sign_in(person).get(url).url == enterprise.get_absolute_url()
    for person in (people.other_county, people.other_enterprise, people.dept, people.expert):
        assert sign_in(person).get(url).status_code == 404


def test_a_visitor_signs_in_first_and_then_arrives(client, enterprise):
    url = reverse("plate", args=[token_of(enterprise.pk)])

    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


def test_a_misread_code_opens_no_other_file(people, sign_in, enterprise):
    token = token_of(enterprise.pk)
    browser = sign_in(people.city)

    for wrong in (
        token[:-1],
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        f"1{token}",
        "x",
        f"{'z' * 40}-0",
    ):
        assert browser.get(reverse("plate", args=[wrong])).status_code == 404


def test_a_plate_outlives_a_new_salt(enterprise, settings):
    token = token_of(enterprise.pk)
    settings.SALT_KEY = ["new", *settings.SALT_KEY]

    assert key_of(token) == enterprise.pk
    assert token_of(enterprise.pk) != token


@pytest.mark.parametrize("person", ["town", "enterprise"])
def test_the_sheet_bears_name_code_and_a_picture_of_the_address(
    people, sign_in, enterprise, settings, person
):
    settings.BASE_URL = "https://anjian.example.cn/"
    page = (
        sign_in(getattr(people, person))
        .get(reverse("enterprises:plate", args=[enterprise.pk]))
        .content.decode()
    )

    assert enterprise.name in page
    assert enterprise.uscc in page
    # Without a view box it would be printed a few millimetres wide.
    assert re.search(r'<svg[^>]+viewBox="0 0 \d+ \d+"', page)
    assert address_of(enterprise) == f"https://anjian.example.cn/e/{token_of(enterprise.pk)}/"
    assert address_of(enterprise) in page
