"""Accounts, posts, organisations and delegations lie below the record; their fields are kept all the same."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils import translation

from accounts.models import Delegation, Organisation, PasswordRecord, Post, User
from accounts.services import change_password, delegate, end_post, give_password
from audit.history import changes_of, events_of, is_tracked

NEW = "Harbour+light-42"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def versions(obj):
    return events_of(type(obj)).objects.filter(pgh_obj_id=obj.pk).order_by("pgh_id")


@pytest.mark.parametrize("model", [User, Post, Organisation, Delegation])
def test_they_are_tracked(model):
    assert is_tracked(model())


def test_a_changed_account_shows_before_and_after(people):
    User.objects.filter(pk=people.town.pk).update(name="孙小燕", is_active=False)
    (version,) = changes_of(people.town)
    assert {change.before for change in version.changes} == {"孙晓燕", "yes"}
    assert {change.after for change in version.changes} == {"孙小燕", "no"}


def test_a_moved_post_shows_before_and_after(people):
    post = people.town.post_set.get()
    Post.objects.filter(pk=post.pk).update(region="370523102")
    (version,) = changes_of(post)
    assert [(change.before, change.after) for change in version.changes] == [("大王镇", "稻庄镇")]


def test_an_organisation_renamed_by_plain_sql_is_not_missed(people):
    office = people.town.organisation
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_organisation SET name = '大王镇安监办' WHERE id = %s", [office.pk])
    (version,) = changes_of(office)
    assert version.changes[0].after == "大王镇安监办"


def test_a_post_deleted_by_plain_sql_leaves_its_last_version(people):
    post = people.expert.post_set.get()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_post WHERE id = %s", [post.pk])
    last = versions(post).last()
    assert (last.pgh_label, last.role, last.user_id) == ("delete", "expert", people.expert.pk)


def test_acts_of_accounts_carry_person_verb_and_moment(people, at):
    delegation = delegate(
        people.town, receiver=people.other_town, from_on=at.date(), to_on=at.date(), reason="出差", at=at
    )
    assert versions(delegation).get().pgh_context.metadata == {
        "user": people.town.pk,
        "verb": "accounts.delegate",
        "at": at.isoformat(),
    }


def test_the_change_stands_beside_the_act_that_made_it(people, at, time_machine):
    time_machine.move_to(at)
    post = people.town.post_set.get()
    end_post(post, last_day=at.date(), by=people.security, at=at)
    (version,) = changes_of(post)
    assert (version.verb, version.user_id, version.at) == ("accounts.end_post", people.security.pk, at)


def test_a_password_is_never_copied(people, at):
    change_password(people.town, NEW, at=at)
    give_password(people.town, f"{NEW}!", at=at)
    assert "password" not in {field.name for field in events_of(User)._meta.fields}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(kept)::text FROM {events_of(User)._meta.db_table} kept")
        kept = "".join(row[0] for row in cursor.fetchall())
    people.town.refresh_from_db()
    assert people.town.password not in kept
    assert people.town.password.split("$")[0] not in kept


def test_no_history_holds_a_secret():
    """Neither former passwords, nor second factors, nor sessions have a history."""
    secret = {PasswordRecord, apps.get_model("mfa", "Authenticator"), apps.get_model("sessions", "Session")}
    assert not [model for model in secret if events_of(model)]


def test_signing_in_is_no_version_of_the_account(people, at):
    before = versions(people.town).count()
    User.objects.filter(pk=people.town.pk).update(last_login=at)
    assert versions(people.town).count() == before


def test_the_administrators_page_shows_the_account_and_its_posts(client, people, at, time_machine):
    time_machine.move_to(at)
    User.objects.filter(pk=people.town.pk).update(phone="13812341234", language="en")
    end_post(people.town.post_set.get(), last_day=at.date(), by=people.security, at=at, reason="调离")
    client.force_login(people.security)
    page = client.get(f"/admin/accounts/user/{people.town.pk}/history/").content.decode()
    assert "调离" in page
    assert "2026-03-10" in page
    assert "138****1234" in page
    assert "13812341234" not in page
    assert "pbkdf2" not in page


def test_the_administrators_page_shows_what_an_organisation_was_called(client, people):
    office = people.town.organisation
    Organisation.objects.filter(pk=office.pk).update(name="大王镇安监办")
    client.force_login(people.admin)
    page = client.get(f"/admin/accounts/organisation/{office.pk}/history/").content.decode()
    assert "<del>大王镇应急管理办公室</del>" in page
    assert "<ins>大王镇安监办</ins>" in page


def test_who_may_not_see_accounts_does_not_see_their_history(client, people):
    client.force_login(people.auditor)
    assert client.get(f"/admin/accounts/user/{people.town.pk}/history/").status_code == 403


def test_an_address_that_is_no_number_leads_nowhere(client, people):
    client.force_login(people.admin)
    assert client.get("/admin/accounts/user/x/history/", follow=True).status_code == 200
