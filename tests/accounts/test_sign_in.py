"""The door: who gets in, how often one may try, and what is not there at all."""

import pytest
from django.contrib.auth import get_user
from django.urls import NoReverseMatch, reverse

from accounts.models import Post
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def signed_in(client):
    return get_user(client)


def test_the_work_number_and_the_password_open_the_door(client, people, type_in):
    response = type_in("county")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in(client) == people.county


def test_the_mobile_bound_to_the_account_opens_it_too(client, people, type_in):
    people.enterprise.phone = "13800001234"
    people.enterprise.save()
    type_in(" 13800001234 ")
    assert signed_in(client) == people.enterprise


def test_after_signing_in_one_comes_to_the_page_one_wanted(people, type_in):
    assert type_in("county", next="/hazards/")["Location"] == "/hazards/"
    assert type_in("county", next="https://elsewhere.example/")["Location"] == "/"


def test_a_wrong_password_and_an_unknown_number_read_alike(people, type_in):
    wrong, unknown = type_in("county", "not-the-one"), type_in("nobody", "not-the-one")
    sentences = [list(page.context["form"].non_field_errors()) for page in (wrong, unknown)]
    assert sentences[0] == sentences[1] != []
    assert all('role="alert"' in page.content.decode() for page in (wrong, unknown))


def test_after_five_wrong_passwords_even_the_right_one_is_refused(client, people, type_in):
    for _try in range(5):
        type_in("county", "not-the-one")
    page = type_in("county")
    assert page.status_code == 200
    assert "15" in page.content.decode()
    assert not signed_in(client).is_authenticated


def test_the_closed_door_is_the_same_by_mobile_and_in_capitals(client, people, type_in):
    people.county.phone = "13800001111"
    people.county.save()
    for login in ("county", "13800001111", "COUNTY", "county", "county"):
        type_in(login, "not-the-one")
    type_in("13800001111")
    assert not signed_in(client).is_authenticated


def test_one_closed_door_leaves_the_others_open(client, people, type_in):
    for _try in range(5):
        type_in("county", "not-the-one")
    type_in("town")
    assert signed_in(client) == people.town


def test_a_right_password_wipes_out_the_wrong_ones_before(client, people, type_in):
    for _try in range(4):
        type_in("county", "not-the-one")
    type_in("county")
    client.logout()
    type_in("county", "not-the-one")
    type_in("county")
    assert signed_in(client) == people.county


def test_a_closed_account_gets_a_sentence_and_no_session(client, people, type_in):
    people.county.is_active = False
    people.county.save()
    response = client.get(type_in("county")["Location"])
    assert response.status_code == 200
    assert not signed_in(client).is_authenticated


@pytest.mark.parametrize("door", ["regulator", "enterprise", "grid", "expert", "nonsense"])
def test_each_door_says_who_gives_a_new_password(client, people, door):
    page = client.get(reverse("account_login"), {"as": door, "next": "/hazards/"}).content.decode()
    assert page.count('aria-current="page"') == 1
    assert f"as={door}" in page or door == "nonsense"
    assert "next=%2Fhazards%2F" in page


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "confirm-email/", "password/reset/", "password/set/", "login/code/", "sessions/"],
)
def test_what_visitors_could_do_alone_elsewhere_is_not_there(client, db, path):
    assert client.get(f"/account/{path}").status_code == 404


def test_the_names_of_those_pages_do_not_exist_either():
    for name in ("account_signup", "account_email", "account_reset_password"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_signing_out_asks_first_and_only_a_post_does_it(client, people, type_in):
    type_in("county")
    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client) == people.county
    assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")
    assert not signed_in(client).is_authenticated


def test_the_administration_sends_visitors_to_the_one_door(client, people, type_in):
    response = client.get("/admin/")
    assert response.status_code == 302
    login = client.get(response["Location"])
    assert login["Location"].startswith(reverse("account_login"))


def test_the_administration_is_closed_to_people_who_keep_nothing(sign_in, people):
    browser = sign_in(people.county)
    assert browser.get("/admin/", follow=True).status_code == 403


def test_the_administration_changes_passwords_where_everybody_does(sign_in, people):
    response = sign_in(people.admin).get("/admin/password_change/")
    assert response["Location"] == reverse("account_change_password")


def test_who_decides_over_others_has_one_session_only(client, people, type_in):
    type_in("county")
    first = client.session.session_key
    client.cookies.clear()
    type_in("county")
    assert client.session.session_key != first
    assert not client.session.exists(first)


def test_a_safety_officer_may_be_signed_in_at_the_desk_and_on_the_phone(client, people, type_in):
    type_in("enterprise")
    first = client.session.session_key
    client.cookies.clear()
    type_in("enterprise")
    assert client.session.exists(first)


def test_the_demo_is_shared_so_that_nobody_is_put_out(client, people, type_in, settings):
    settings.DEMO = True
    type_in("county")
    first = client.session.session_key
    client.cookies.clear()
    type_in("county")
    assert client.session.exists(first)


def test_a_person_without_a_post_gets_in_and_sees_nothing(client, people, type_in):
    Post.objects.filter(user=people.expert).delete()
    type_in("expert")
    assert signed_in(client) == people.expert
    assert client.get(reverse("accounts:me")).status_code == 200
    assert PASSWORD not in client.get(reverse("accounts:me")).content.decode()
