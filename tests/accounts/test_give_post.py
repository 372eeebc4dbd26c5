"""Giving and ending a post: each is on record, and nobody gives one to their own side."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from accounts.models import Delegation, Post, User
from accounts.services import delegate, end_post, give_post, may
from audit.models import Entry

TODAY = date(2026, 3, 10)
YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def _today(time_machine, at):
    time_machine.move_to(at)


@pytest.fixture
def give(people, at):
    """Have the security administrator give the expert an officer's post, or what is asked."""

    def _give(to=None, by=None, **facts):
        facts = {"role": "officer", "region_id": "370523", "from_on": TODAY, **facts}
        return give_post(to or people.expert, by=by or people.security, at=at, **facts)

    return _give


def again(user):
    """The person as the next request reads them."""
    return User.objects.get(pk=user.pk)


def let_act_for(people, giver, receiver, at):
    return Delegation.objects.create(
        giver=giver, receiver=receiver, from_on=at.date(), to_on=at.date(), reason="出差"
    )


def test_who_was_given_a_post_acts_by_it(people, give):
    give()
    assert again(people.expert).roles == {"expert", "officer"}


def test_a_post_given_is_on_the_persons_record_with_what_it_is(people, give, at):
    post = give(title="执法队员", reason="借调")
    entry = Entry.objects.get(verb="accounts.give_post")
    assert (entry.actor, entry.target, entry.at, entry.reason) == (people.security, people.expert, at, "借调")
    assert entry.data == {
        "post": post.pk,
        "role": "officer",
        "title": "执法队员",
        "region_id": "370523",
        "from_on": "2026-03-10",
    }


def test_a_post_of_setting_up_is_the_clocks(people, at):
    give_post(people.expert, role="town", region_id="370523101", from_on=TODAY, by=None, at=at)
    assert Entry.objects.get(verb="accounts.give_post").actor is None


@pytest.mark.parametrize("role", ["admin", "auditor", "city", "county"])
def test_only_the_security_administrator_gives_posts(people, give, role):
    with pytest.raises(PermissionDenied):
        give(by=getattr(people, role))
    assert people.expert.post_set.count() == 1


@pytest.mark.parametrize("role", ["officer", "admin", "auditor", "security"])
def test_nobody_gives_a_post_to_themselves(people, give, role):
    with pytest.raises(ValidationError):
        give(to=people.security, role=role)
    assert people.security.post_set.count() == 1
    assert not Entry.objects.filter(verb="accounts.give_post").exists()


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_the_other_administrators_give_themselves_nothing(people, give, role):
    person = getattr(people, role)
    with pytest.raises(PermissionDenied):
        give(to=person, by=person)


def test_who_acts_for_the_security_administrator_gives_them_nothing(people, give, at):
    let_act_for(people, people.security, people.county, at)
    acting = again(people.county)
    with pytest.raises(ValidationError):
        give(to=people.security, by=acting)
    give(to=people.expert, by=acting)
    assert Entry.objects.get(verb="accounts.give_post").on_behalf_of == people.security


@pytest.mark.parametrize(
    "facts", [{"region_id": None}, {"role": "enterprise"}, {"role": "king"}, {"to_on": TODAY - YEAR}]
)
def test_a_post_that_cannot_be_leaves_no_trace(people, give, facts):
    with pytest.raises(ValidationError):
        give(**facts)
    assert people.expert.post_set.count() == 1
    assert not Entry.objects.filter(verb="accounts.give_post").exists()


@pytest.mark.parametrize("holder", ["admin", "auditor"])
def test_no_hand_holds_two_of_the_three_administrators(people, give, holder):
    with pytest.raises(ValidationError):
        give(to=getattr(people, holder), role="security")


def test_one_may_follow_the_other_in_time(people, give):
    Post.objects.filter(user=people.admin).update(to_on=TODAY)
    give(to=people.admin, role="auditor", from_on=TODAY + timedelta(days=1))
    assert people.admin.post_set.count() == 2


def test_a_post_that_ends_before_the_other_begins_is_no_second_one(people, give):
    Post.objects.filter(user=people.admin).update(from_on=TODAY + YEAR)
    give(to=people.admin, role="auditor", to_on=TODAY)
    assert people.admin.post_set.count() == 2


def test_acting_for_an_administrator_counts_as_holding(people, give, at):
    let_act_for(people, people.admin, people.county, at)
    with pytest.raises(ValidationError):
        give(to=people.county, role="auditor")


@pytest.mark.parametrize(
    ("giver", "receiver"), [("security", "admin"), ("auditor", "admin"), ("admin", "auditor")]
)
def test_an_administrator_does_not_delegate_to_another(people, at, giver, receiver):
    with pytest.raises(ValidationError) as refused:
        delegate(
            getattr(people, giver),
            receiver=getattr(people, receiver),
            from_on=TODAY,
            to_on=TODAY,
            reason="出差",
            at=at,
        )
    assert list(refused.value.message_dict) == ["receiver"]


def test_one_colleague_does_not_act_for_two_administrators(people, at):
    let_act_for(people, people.admin, people.county, at)
    with pytest.raises(ValidationError):
        delegate(people.security, receiver=people.county, from_on=TODAY, to_on=TODAY, reason="出差", at=at)


def test_an_administrator_delegates_to_a_colleague_who_keeps_nothing(people, at):
    delegate(people.security, receiver=people.county, from_on=TODAY, to_on=TODAY, reason="出差", at=at)
    assert may(again(people.county), "accounts.give_post")


def test_an_ended_post_holds_through_its_last_day(people, at, time_machine):
    end_post(people.town.post_set.get(), last_day=TODAY, by=people.security, at=at)
    assert again(people.town).roles == {"town"}
    time_machine.move_to(at + timedelta(days=1))
    assert again(people.town).roles == frozenset()


def test_an_ended_post_is_on_the_persons_record(people, at):
    post = people.town.post_set.get()
    end_post(post, last_day=TODAY, by=people.security, at=at, reason="调离")
    entry = Entry.objects.get(verb="accounts.end_post")
    assert (entry.actor, entry.target, entry.reason) == (people.security, people.town, "调离")
    assert (entry.data["post"], entry.data["to_on"]) == (post.pk, "2026-03-10")


def test_a_post_is_shortened_but_not_prolonged(people, at):
    post = people.town.post_set.get()
    end_post(post, last_day=TODAY + YEAR, by=people.security, at=at)
    end_post(post, last_day=TODAY, by=people.security, at=at)
    with pytest.raises(ValidationError):
        end_post(post, last_day=TODAY + YEAR, by=people.security, at=at)
    post.refresh_from_db()
    assert post.to_on == TODAY


def test_a_post_does_not_end_before_it_began(people, at):
    post = people.town.post_set.get()
    with pytest.raises(ValidationError):
        end_post(post, last_day=date(2024, 12, 31), by=people.security, at=at)


@pytest.mark.parametrize("role", ["admin", "auditor", "town", "city"])
def test_only_the_security_administrator_ends_posts(people, at, role):
    with pytest.raises(PermissionDenied):
        end_post(people.town.post_set.get(), last_day=TODAY, by=getattr(people, role), at=at)


@pytest.mark.parametrize(("language", "words"), [("en", "three different people"), ("zh-hans", "三")])
def test_the_refusal_speaks_the_persons_language(people, give, language, words):
    with translation.override(language), pytest.raises(ValidationError) as refused:
        give(to=people.admin, role="auditor")
    with translation.override(language):
        assert words in refused.value.messages[0]


@pytest.mark.parametrize(("role", "keeper"), [("admin", "auditor"), ("auditor", "admin")])
def test_no_administrator_s_post_goes_to_whom_another_administrator_acts_for(people, give, at, role, keeper):
    let_act_for(people, people.expert, getattr(people, keeper), at)

    with pytest.raises(ValidationError) as refused:
        give(role=role, region_id=None)
    assert "role" in refused.value.message_dict


def test_the_colleague_who_acts_may_keep_the_same_office(people, give, at):
    let_act_for(people, people.expert, people.admin, at)

    assert give(role="admin", region_id=None).pk


@pytest.mark.parametrize("ended", [True, False])
def test_a_delegation_that_is_over_stands_in_no_way(people, give, at, ended):
    held = let_act_for(people, people.expert, people.auditor, at)
    if ended:
        Delegation.objects.filter(pk=held.pk).update(ended_on=at.date())

    post = {"role": "admin", "region_id": None, "from_on": TODAY + timedelta(days=0 if ended else 1)}
    assert give(**post).pk


def test_another_post_may_be_given_to_whom_an_administrator_acts_for(people, give, at):
    let_act_for(people, people.expert, people.auditor, at)

    assert give().pk
