"""Three administrators: one opens accounts, one gives posts, one reads the record."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Delegation, Organisation, Post, User
from audit.models import Entry

USERS = "/admin/accounts/user/"
NEW = "Harbour+light-42"


def account(person, **changes):
    """The form of an account as the browser sends it back, posts included."""
    facts = {
        "username": person.username,
        "name": person.name,
        "phone": person.phone or "",
        "organisation": person.organisation_id or "",
        "language": person.language,
        "is_active": "on",
        "post_set-TOTAL_FORMS": "0",
        "post_set-INITIAL_FORMS": "0",
        **changes,
    }
    return {name: value for name, value in facts.items() if value is not None}


def new_post(**facts):
    """One more post in the form."""
    post = {"role": "officer", "title": "执法队员", "region": "370523", "from_on": "2026-03-10", **facts}
    return {"post_set-TOTAL_FORMS": "1", **{f"post_set-0-{name}": value for name, value in post.items()}}


def test_the_system_administrator_opens_an_account_with_a_password_to_change(sign_in, people):
    answers = {
        "username": "370523-0118",
        "name": "高原",
        "usable_password": "true",
        "password1": NEW,
        "password2": NEW,
    }
    response = sign_in(people.admin).post(f"{USERS}add/", answers)
    assert response.status_code == 302
    person = User.objects.get(username="370523-0118")
    assert person.must_change_password
    assert person.phone is None
    assert person.check_password(NEW)


def test_two_people_without_a_mobile_do_not_collide(sign_in, people):
    browser = sign_in(people.admin)
    for number in ("a1", "a2"):
        answers = {
            "username": number,
            "name": "高",
            "usable_password": "true",
            "password1": NEW,
            "password2": NEW,
        }
        browser.post(f"{USERS}add/", answers)
    assert User.objects.filter(username__in=["a1", "a2"], phone=None).count() == 2


def test_the_system_administrator_keeps_accounts_but_gives_no_posts(sign_in, people):
    address = f"{USERS}{people.town.pk}/change/"
    browser = sign_in(people.admin)
    assert browser.get(address).status_code == 200
    response = browser.post(address, account(people.town, name="孙小燕", **new_post()))
    assert response.status_code == 302
    people.town.refresh_from_db()
    assert people.town.name == "孙小燕"
    assert people.town.post_set.count() == 1


def test_the_security_administrator_gives_posts_but_changes_no_account(sign_in, people):
    address = f"{USERS}{people.expert.pk}/change/"
    browser = sign_in(people.security)
    page = browser.get(address).content.decode()
    assert 'name="username"' not in page
    assert people.expert.password not in page
    response = browser.post(address, account(people.expert, name="别人", **new_post()))
    assert response.status_code == 302
    people.expert.refresh_from_db()
    assert people.expert.name == "沈听澜"
    assert people.expert.post_set.filter(role="officer", region="370523").exists()


def standing_post(post, **changes):
    """The post of a person in the form, as the browser sends it back."""
    facts = {"id": post.pk, "user": post.user_id, "to_on": post.to_on or "", **changes}
    rows = {f"post_set-0-{name}": value for name, value in facts.items()}
    return {"post_set-TOTAL_FORMS": "1", "post_set-INITIAL_FORMS": "1", **rows}


def test_a_post_given_is_on_record_once(sign_in, people):
    sign_in(people.security).post(f"{USERS}{people.expert.pk}/change/", account(people.expert, **new_post()))
    entry = Entry.objects.exclude(verb="accounts.sign_in").get()
    assert (entry.verb, entry.actor, entry.target) == ("accounts.give_post", people.security, people.expert)
    assert entry.data["region_id"] == "370523"


def test_a_post_ended_is_on_record_and_stays(sign_in, people):
    post = people.town.post_set.get()
    answers = account(people.town, **standing_post(post, to_on="2026-05-01"))
    sign_in(people.security).post(f"{USERS}{people.town.pk}/change/", answers)
    post.refresh_from_db()
    assert post.to_on == date(2026, 5, 1)
    assert Entry.objects.exclude(verb="accounts.sign_in").get().verb == "accounts.end_post"


@pytest.mark.parametrize("last_day", ["2026-06-01", ""])
def test_a_post_is_not_prolonged(sign_in, people, last_day):
    Post.objects.filter(user=people.town).update(to_on=date(2026, 5, 1))
    answers = account(people.town, **standing_post(people.town.post_set.get(), to_on=last_day))
    response = sign_in(people.security).post(f"{USERS}{people.town.pk}/change/", answers)
    assert response.status_code == 200
    assert people.town.post_set.get().to_on == date(2026, 5, 1)


def test_what_a_standing_post_is_for_does_not_change(sign_in, people):
    answers = account(people.town, **standing_post(people.town.post_set.get(), role="city", region="3705"))
    sign_in(people.security).post(f"{USERS}{people.town.pk}/change/", answers)
    post = people.town.post_set.get()
    assert (post.role, post.region_id) == ("town", "370523101")


def test_who_acts_for_the_security_administrator_gives_them_no_post(sign_in, people):
    today = timezone.localdate()
    Delegation.objects.create(
        giver=people.security, receiver=people.expert, from_on=today, to_on=today, reason="出差"
    )
    User.objects.filter(pk=people.expert.pk).update(is_staff=True)
    address = f"{USERS}{people.security.pk}/change/"
    sign_in(people.expert).post(address, account(people.security, **new_post()))
    assert people.security.post_set.count() == 1


def test_nobody_gives_a_post_to_themselves(sign_in, people):
    address = f"{USERS}{people.security.pk}/change/"
    sign_in(people.security).post(address, account(people.security, **new_post()))
    assert people.security.post_set.count() == 1


def test_a_post_that_covers_nothing_is_refused_in_the_form(sign_in, people):
    address = f"{USERS}{people.expert.pk}/change/"
    response = sign_in(people.security).post(address, account(people.expert, **new_post(region="")))
    assert response.status_code == 200
    assert people.expert.post_set.count() == 1


@pytest.mark.parametrize("role", ["admin", "security"])
def test_nobody_deletes_people_posts_or_organisations(sign_in, people, role):
    browser = sign_in(getattr(people, role))
    organisation = Organisation.objects.first()
    assert browser.post(f"{USERS}{people.town.pk}/delete/", {"post": "yes"}).status_code == 403
    address = f"/admin/accounts/organisation/{organisation.pk}/delete/"
    assert browser.post(address, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=people.town.pk).exists()
    assert Post.objects.filter(user=people.town).exists()


def test_a_given_password_is_changed_at_the_next_sign_in(sign_in, people):
    address = f"{USERS}{people.town.pk}/password/"
    answers = {"password1": NEW, "password2": NEW, "usable_password": "true", "set-password": "1"}
    assert sign_in(people.admin).post(address, answers).status_code == 302
    people.town.refresh_from_db()
    assert people.town.check_password(NEW)
    assert people.town.must_change_password


def test_the_security_administrator_gives_no_passwords(sign_in, people):
    address = f"{USERS}{people.town.pk}/password/"
    assert sign_in(people.security).get(address).status_code == 403


@pytest.mark.parametrize("role", ["auditor", "county"])
def test_others_keep_neither_accounts_nor_posts(sign_in, people, role):
    assert sign_in(getattr(people, role)).get(USERS, follow=True).status_code == 403


def test_organisations_are_kept_by_the_system_administrator(sign_in, people):
    answers = {"name": "河口区应急管理局", "short_name": "河口应急", "kind": "bureau", "region": "3705"}
    address = "/admin/accounts/organisation/add/"
    assert sign_in(people.security).post(address, answers).status_code == 403
    assert sign_in(people.admin).post(address, answers).status_code == 302
    assert Organisation.objects.filter(name="河口区应急管理局").exists()
    assert Entry.objects.filter(verb="accounts.add_organisation").exists()


def test_a_delegation_is_seen_and_ended_but_not_made_by_administrators(sign_in, people, at):
    delegation = Delegation.objects.create(
        giver=people.county, receiver=people.officer, from_on=at.date(), to_on=at.date(), reason="出差"
    )
    browser = sign_in(people.security)
    address = f"/admin/accounts/delegation/{delegation.pk}/change/"
    assert browser.get("/admin/accounts/delegation/add/").status_code == 403
    assert browser.post(address, {"ended_on": at.date().isoformat()}).status_code == 302
    delegation.refresh_from_db()
    assert delegation.ended_on == at.date()


def test_groups_are_no_second_way_to_permissions(sign_in, people):
    assert sign_in(people.admin).get("/admin/auth/group/").status_code == 404
