"""Sign-ins and acts of the accounts room reach the record by signals."""

from datetime import timedelta

from django.urls import reverse

from accounts.services import change_password, delegate, end_delegation
from audit.models import Entry
from tests.people import PASSWORD


def test_signing_in_and_out_are_on_record_with_the_address(client, people):
    client.post(reverse("account_login"), {"login": "county", "password": PASSWORD}, REMOTE_ADDR="10.9.8.7")
    client.post(reverse("account_logout"))
    verbs = list(Entry.objects.order_by("id").values_list("verb", "actor__username", "ip"))
    assert verbs[0] == ("accounts.sign_in", "county", "10.9.8.7")
    assert verbs[1][:2] == ("accounts.sign_out", "county")


def test_a_failed_sign_in_is_on_the_accounts_record(client, people):
    client.post(reverse("account_login"), {"login": "county", "password": "not-the-one"})
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.target) == ("accounts.sign_in_failed", None, people.county)


def test_a_password_typed_into_the_wrong_field_is_not_kept(client, people):
    client.post(reverse("account_login"), {"login": "MySecret-2026", "password": "x"})
    entry = Entry.objects.get()
    assert "MySecret" not in f"{entry.target_label}{entry.data}{entry.reason}"


def test_delegating_and_ending_it_are_on_record(people, at):
    day = at.date() + timedelta(days=1)
    delegation = delegate(
        people.county, receiver=people.officer, from_on=day, to_on=day, reason="出差", at=at
    )
    end_delegation(delegation, by=people.county, at=at)
    end_delegation(delegation, by=people.county, at=at)
    entries = Entry.objects.order_by("id")
    assert [entry.verb for entry in entries] == ["accounts.delegate", "accounts.end_delegation"]
    assert {(entry.actor, entry.at) for entry in entries} == {(people.county, at)}
    assert entries[0].reason == "出差"


def test_a_changed_password_is_on_record_without_the_password(people, at):
    change_password(people.county, "Harbour+light-42", at=at)
    entry = Entry.objects.get(verb="accounts.change_password")
    assert entry.target == people.county
    assert "Harbour" not in str(entry.data)
