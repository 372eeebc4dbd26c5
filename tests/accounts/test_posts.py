"""What a post allows and where; who holds one; who acts for whom."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts import grants, services
from accounts.models import Post, User
from accounts.roles import Role
from accounts.selectors import contacts_of_enterprise, each_asked_once, people_holding
from accounts.services import acting_post, delegate, end_delegation, may

TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _today(time_machine, at):
    time_machine.move_to(at)


@pytest.fixture
def granted(monkeypatch):
    """Let town and county officers, and nobody else, do the act of these tests."""
    monkeypatch.setattr(services, "granted_roles", lambda: {"testing.act": frozenset({"town", "county"})})


def again(user):
    """The person as the next request reads them, with nothing remembered."""
    return User.objects.get(pk=user.pk)


def away(people, at, days=3):
    return delegate(
        people.town,
        receiver=people.other_town,
        from_on=at.date(),
        to_on=at.date() + timedelta(days=days),
        reason="年休假",
        at=at,
    )


def test_a_permission_comes_from_the_role_of_a_post(people, granted):
    assert may(people.town, "testing.act")
    assert not may(people.enterprise, "testing.act")
    assert not may(people.town, "testing.other")


def test_nobody_and_closed_accounts_may_nothing(people, granted):
    people.town.is_active = False
    assert not may(people.town, "testing.act")
    assert not may(None, "testing.act")


def test_a_permission_reaches_as_far_as_the_post(people, granted, enterprise, other_enterprise):
    assert may(people.town, "testing.act", enterprise)
    assert may(people.county, "testing.act", enterprise)
    assert not may(people.other_town, "testing.act", enterprise)
    assert not may(people.county, "testing.act", other_enterprise)


def test_role_and_place_must_come_from_the_same_post(people, granted, other_enterprise):
    Post.objects.create(user=people.town, role="legal", region_id="370522", from_on=date(2025, 1, 1))
    assert not may(again(people.town), "testing.act", other_enterprise)


def test_django_asks_the_same_question(people, enterprise, other_enterprise):
    assert people.town.has_perm("enterprises.change", enterprise)
    assert not people.town.has_perm("enterprises.change", other_enterprise)
    assert people.town.has_module_perms("enterprises")
    assert not people.town.has_module_perms("audit")


@pytest.mark.parametrize(
    ("from_on", "to_on", "holds"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (date(2025, 1, 1), TODAY - timedelta(days=1), False),
    ],
)
def test_a_post_holds_from_its_first_day_to_its_last(people, granted, from_on, to_on, holds):
    Post.objects.filter(user=people.town).update(from_on=from_on, to_on=to_on)
    assert may(again(people.town), "testing.act") is holds


def test_while_one_is_away_the_colleague_acts_in_their_place(people, granted, enterprise, at):
    assert not may(people.other_town, "testing.act", enterprise)
    away(people, at)
    colleague = again(people.other_town)
    post = acting_post(colleague, "testing.act", enterprise)
    assert post.user == people.town
    assert enterprise in type(enterprise).objects.visible_to(colleague)


def test_an_own_post_comes_before_a_delegated_one(people, granted, at):
    away(people, at)
    assert acting_post(again(people.other_town), "testing.act").user == people.other_town


def test_a_delegation_ends_with_its_last_day_or_when_it_is_ended(
    people, granted, enterprise, at, time_machine
):
    delegation = away(people, at, days=1)
    time_machine.move_to(at + timedelta(days=2))
    assert not may(again(people.other_town), "testing.act", enterprise)
    time_machine.move_to(at)
    end_delegation(delegation, by=people.town, at=at)
    assert not may(again(people.other_town), "testing.act", enterprise)


def test_what_was_delegated_is_not_delegated_further(people, granted, enterprise, at):
    away(people, at)
    delegate(
        people.other_town, receiver=people.grid, from_on=at.date(), to_on=at.date(), reason="出差", at=at
    )
    assert not may(again(people.grid), "testing.act", enterprise)


def test_a_closed_account_delegates_nothing(people, granted, enterprise, at):
    away(people, at)
    User.objects.filter(pk=people.town.pk).update(is_active=False)
    assert not may(again(people.other_town), "testing.act", enterprise)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"receiver": "town"}, "receiver"),
        ({"from_on": TODAY - timedelta(days=1)}, "from_on"),
        ({"to_on": TODAY - timedelta(days=1)}, "to_on"),
    ],
)
def test_an_impossible_delegation_is_refused_at_its_field(people, at, change, field):
    facts = {"receiver": "other_town", "from_on": TODAY, "to_on": TODAY, "reason": "年休假", **change}
    facts["receiver"] = getattr(people, facts["receiver"])
    with pytest.raises(ValidationError) as refused:
        delegate(people.town, at=at, **facts)
    assert list(refused.value.message_dict) == [field]


def test_two_people_do_not_act_for_one_on_the_same_day(people, at):
    away(people, at)
    with pytest.raises(ValidationError):
        delegate(people.town, receiver=people.grid, from_on=TODAY, to_on=TODAY, reason="出差", at=at)


def test_people_of_a_division_are_those_of_exactly_this_one(people, at):
    assert set(people_holding("town", "370523101", at)) == {people.town}
    assert set(people_holding(("county", "officer"), "370523", at)) == {
        people.county,
        people.officer,
        people.second_officer,
    }
    assert not people_holding("town", "370523", at)


def test_who_acts_for_the_absent_hears_of_what_happens(people, at):
    delegation = away(people, at)
    assert set(people_holding("town", "370523101", at)) == {people.town, people.other_town}
    end_delegation(delegation, by=people.town, at=at)
    assert set(people_holding("town", "370523101", at)) == {people.town}


def test_the_contacts_of_an_enterprise_are_its_safety_officers(people, enterprise, at):
    assert list(contacts_of_enterprise(enterprise.pk, at)) == [people.enterprise]


def test_whom_a_batch_asks_for_again_it_has_at_hand(people, enterprise, at, django_assert_num_queries):
    with django_assert_num_queries(2), each_asked_once():
        for _time in range(3):
            assert set(people_holding("town", "370523101", at)) == {people.town}
            assert list(contacts_of_enterprise(enterprise.pk, at)) == [people.enterprise]


def test_after_the_batch_people_are_asked_for_anew(people, at):
    with each_asked_once():
        assert set(people_holding("town", "370523101", at)) == {people.town}
    away(people, at)
    assert set(people_holding("town", "370523101", at)) == {people.town, people.other_town}


def test_posts_are_read_once_and_bring_the_organisation_along(people, django_assert_num_queries):
    person = again(people.county)
    with django_assert_num_queries(1):
        assert person.roles == {"county"}
        assert [post.organisation for post in person.posts] == [person.organisation]


@pytest.mark.parametrize("role", ["enterprise", "town", "city", "officer"])
def test_a_post_that_covers_nothing_is_refused(people, role):
    with pytest.raises(ValidationError):
        Post(user=people.expert, role=role, from_on=TODAY).full_clean()


def test_system_security_and_audit_are_kept_by_three_people(people):
    for person in (people.admin, people.security):
        with pytest.raises(ValidationError):
            Post(user=person, role="auditor", from_on=TODAY).full_clean()
    Post.objects.filter(user=people.admin).update(to_on=TODAY)
    Post(user=people.admin, role="auditor", from_on=TODAY + timedelta(days=1)).full_clean()


def test_every_grant_of_every_app_names_a_role_that_exists():
    for permission, roles in grants.granted_roles().items():
        assert "." in permission
        assert roles <= set(Role.values), permission
