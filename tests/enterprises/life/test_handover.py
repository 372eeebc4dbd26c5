"""A safety officer leaves: post, tasks and messages go to the successor or to the principal."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Post, User
from accounts.selectors import contacts_of_enterprise
from deadlines.services import running
from enterprises import services
from enterprises.life.handover import watch_officers
from enterprises.models import Handover
from hazards.models import Hazard
from inbox.worklist import owed
from tests.factories.hazards import rectifying
from tests.factories.life import stopped
from tests.people import make_user

REACH = "enterprises.reach_officer"
LAST = date(2026, 3, 10)


@pytest.fixture
def successor(people, other_enterprise):
    user = make_user("successor", "高砚秋", "enterprise", enterprise_id=other_enterprise.pk)
    User.objects.filter(pk=user.pk).update(phone="13605460077")
    return User.objects.get(pk=user.pk)


def handed_over(people, enterprise, at, by=None, **facts):
    values = {"leaver": people.enterprise, "last_day": LAST, "reason": "离职", **facts}
    return services.hand_over(enterprise, **values, by=by or people.enterprise, at=at)


def to(user):
    return {"successor_name": user.name, "successor_phone": user.phone}


def today(user):
    """Return the person as they sign in anew."""
    return User.objects.get(pk=user.pk)


def test_the_successor_has_the_open_work_the_same_day(people, enterprise, successor, at):
    hazard = rectifying(people, enterprise)
    done = handed_over(people, enterprise, at, **to(successor))
    assert (done.successor, done.to_principal, done.open_tasks) == (successor, False, 1)
    entries = today(successor).scope.entries
    assert [clock.target_id for clock in owed(entries)] == [hazard.pk]
    assert Hazard.objects.visible_to(today(successor)).filter(pk=hazard.pk).exists()


def test_who_left_sees_nothing_after_the_last_day(people, enterprise, successor, at):
    handed_over(people, enterprise, at, **to(successor))
    assert Post.objects.get(user=people.enterprise).to_on == LAST
    assert set(contacts_of_enterprise(enterprise.pk, at + timedelta(days=1))) == {successor}


def test_the_file_names_the_successor_where_it_named_the_leaver(people, enterprise, successor, at):
    assert enterprise.contact_name == people.enterprise.name
    handed_over(people, enterprise, at, **to(successor))
    enterprise.refresh_from_db()
    assert (enterprise.contact_name, enterprise.contact_phone) == ("高砚秋", "13605460077")


@pytest.mark.parametrize(
    ("person", "phone"),
    [
        ("safety_deputy", "safety_deputy_phone"),
        ("safety_director", "safety_director_phone"),
        ("emergency_contact_name", "emergency_contact_phone"),
    ],
)
def test_every_place_that_named_the_leaver_names_the_successor_with_the_number(
    people, enterprise, successor, at, person, phone
):
    setattr(enterprise, person, people.enterprise.name)
    enterprise.save()

    handed_over(people, enterprise, at, **to(successor))

    enterprise.refresh_from_db()
    assert (getattr(enterprise, person), getattr(enterprise, phone)) == ("高砚秋", "13605460077")


def test_who_stays_is_not_written_over(people, enterprise, successor, at):
    enterprise.safety_director, enterprise.safety_director_phone = "周守拙", "13605460004"
    enterprise.save()

    handed_over(people, enterprise, at, **to(successor))

    enterprise.refresh_from_db()
    assert (enterprise.safety_director, enterprise.safety_director_phone) == ("周守拙", "13605460004")


def test_without_a_name_the_principal_gets_the_tasks(people, enterprise, at):
    principal = make_user("principal", enterprise.principal_name, "enterprise", enterprise_id=enterprise.pk)
    User.objects.filter(pk=principal.pk).update(phone=enterprise.principal_phone)
    done = handed_over(people, enterprise, at)
    assert (done.to_principal, done.successor_id, done.successor_name) == (True, principal.pk, "高砚平")
    assert Post.objects.filter(user=principal, enterprise_id=enterprise.pk).count() == 1


def test_a_successor_without_an_account_gets_the_messages_and_the_town_is_asked(people, enterprise, at):
    done = handed_over(people, enterprise, at, successor_name="何砚舟", successor_phone="13605460099")
    enterprise.refresh_from_db()
    assert (done.successor, enterprise.contact_phone) == (None, "13605460099")
    assert running(enterprise, REACH).due_on == date(2026, 3, 24)


def test_nobody_hands_an_enterprise_to_an_official(people, enterprise, at):
    User.objects.filter(pk=people.county.pk).update(phone="13605460088")
    with pytest.raises(ValidationError) as refused:
        handed_over(people, enterprise, at, successor_name="周明远", successor_phone="13605460088")
    assert "successor_phone" in refused.value.error_dict
    assert Post.objects.get(user=people.enterprise).to_on is None


def test_only_who_is_an_officer_here_can_leave(people, enterprise, at):
    with pytest.raises(ValidationError) as refused:
        handed_over(people, enterprise, at, leaver=people.other_enterprise)
    assert "leaver" in refused.value.error_dict
    with pytest.raises(ValidationError):
        handed_over(people, enterprise, at, last_day=LAST - timedelta(days=1))
    assert not Handover.objects.exists()


def test_the_town_hands_over_and_the_grid_does_not(people, enterprise, successor, at):
    assert handed_over(people, enterprise, at, by=people.town, **to(successor)).by == people.town
    with pytest.raises(PermissionDenied):
        handed_over(people, enterprise, at, by=people.grid)


def silent(people, at, **facts):
    Post.objects.filter(role="enterprise").update(from_on=date(2025, 1, 1))
    User.objects.filter(pk=people.enterprise.pk).update(last_login=at - timedelta(days=31), **facts)
    User.objects.filter(pk=people.other_enterprise.pk).update(last_login=at - timedelta(days=29))


def test_thirty_silent_days_put_the_enterprise_on_the_towns_list(people, enterprise, other_enterprise, at):
    silent(people, at)
    assert watch_officers(at=at) == (1, 0)
    assert watch_officers(at=at) == (0, 0)
    assert running(enterprise, REACH)
    assert not running(other_enterprise, REACH)
    assert [clock.rule for clock in owed(today(people.town).scope.entries)] == [REACH]


def test_who_is_heard_of_again_is_taken_off(people, enterprise, at):
    silent(people, at)
    watch_officers(at=at)
    User.objects.filter(pk=people.enterprise.pk).update(last_login=at)
    assert watch_officers(at=at) == (0, 1)


def test_a_closed_account_leaves_the_tasks_and_is_noticed(people, enterprise, at):
    hazard = rectifying(people, enterprise)
    User.objects.update(last_login=at)
    User.objects.filter(pk=people.enterprise.pk).update(is_active=False)
    assert watch_officers(at=at) == (1, 0)
    heir = make_user("heir", "高砚平", "enterprise", enterprise_id=enterprise.pk)
    assert hazard.pk in [clock.target_id for clock in owed(heir.scope.entries)]


def test_what_is_done_counts_as_a_sign_of_life(people, enterprise, at):
    silent(people, at)
    rectifying(people, enterprise, at=at - timedelta(days=2))
    assert watch_officers(at=at) == (0, 0)


def test_a_stopped_enterprise_may_be_silent(people, enterprise, at):
    stopped(people, enterprise, at=at - timedelta(days=40))
    silent(people, at)
    assert watch_officers(at=at) == (0, 0)
