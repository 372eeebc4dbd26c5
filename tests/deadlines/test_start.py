"""Starting a clock freezes the due moment, the law behind it, the place, and everything that will happen."""

from datetime import date, datetime, timedelta

import pytest

from deadlines import services
from deadlines.models import Deadline
from deadlines.schedule import remaining_steps
from rulebook.models import Parameter
from rulebook.services import RuleNotFound
from tests.people import AT

pytestmark = pytest.mark.django_db


def moments(deadline):
    """Give kind, level and local moment of each step to come."""
    return [
        (step.kind, step.level, step.at.astimezone(AT.tzinfo).strftime("%m-%d %H:%M"))
        for step in remaining_steps(deadline)
    ]


def test_it_takes_length_and_basis_from_the_rulebook(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    assert (deadline.n, deadline.unit, deadline.due_on) == (5, "workday", date(2026, 3, 17))
    assert deadline.basis.code == "LAMP_ORDER"
    assert deadline.state == "running"


def test_it_takes_the_number_of_the_place_and_of_the_day(working_days, lamp, at):
    Parameter.objects.create(
        code="LAMP_ORDER",
        name="here",
        value=2,
        unit="workday",
        jurisdiction="370523",
        basis="county",
        mark="D",
        effective_from=date(2026, 1, 1),
    )
    assert services.start(lamp, "lamps.order", at=at).due_on == date(2026, 3, 12)
    assert services.start(lamp, "lamps.order", at=at - timedelta(days=90)).n == 5


def test_a_missing_number_fails_loudly(lamp, at):
    Parameter.objects.filter(code="LAMP_ORDER").update(effective_to=date(2020, 1, 1))
    with pytest.raises(RuleNotFound):
        services.start(lamp, "lamps.order", at=at)
    assert not Deadline.objects.exists()


def test_a_rule_without_a_number_must_be_given_its_day(lamp, at):
    with pytest.raises(ValueError, match="give due_on"):
        services.start(lamp, "lamps.paint", at=at)


def test_an_unknown_rule_fails_loudly(lamp, at):
    with pytest.raises(LookupError, match=r"lamps\.nonsense"):
        services.start(lamp, "lamps.nonsense", at=at)


def test_a_given_day_stays_even_on_a_sunday(working_days, lamp, at):
    assert services.start(lamp, "lamps.mend", at=at, due_on=date(2026, 3, 15)).due_on == date(2026, 3, 15)


def test_it_freezes_warnings_lapse_and_ladder(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.mend", at=at)
    assert moments(deadline) == [
        ("warned", "", "03-17 08:00"),
        ("due", "", "03-20 08:00"),
        ("lapsed", "", "03-21 00:00"),
        ("escalated", "town", "03-21 00:00"),
        ("escalated", "county", "03-24 00:00"),
        ("escalated", "city", "03-28 00:00"),
    ]
    assert deadline.next_at == datetime(2026, 3, 17, 8, tzinfo=AT.tzinfo)


def test_nobody_is_warned_about_the_past(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.mend", at=at, due_on=at.date())
    assert [kind for kind, *_ in moments(deadline)] == ["lapsed", "escalated", "escalated", "escalated"]


def test_a_clock_of_hours_warns_by_minutes_and_has_no_morning(lamp, at):
    deadline = services.start(lamp, "lamps.call", at=at)
    assert deadline.due_at == at + timedelta(hours=2)
    assert moments(deadline) == [("warned", "", "03-10 11:30"), ("lapsed", "", "03-10 12:00")]


def test_a_second_start_replaces_the_first(lamp, at):
    first = services.start(lamp, "lamps.order", at=at)
    second = services.start(lamp, "lamps.order", at=at + timedelta(days=1))
    first.refresh_from_db()
    assert (first.state, first.next_at) == ("cancelled", None)
    assert services.running(lamp, "lamps.order") == second


def test_it_is_seen_by_those_who_see_the_record(people, lamp, town, at):
    services.start(lamp, "lamps.order", at=at)
    for user in (people.town, people.county, people.city):
        assert Deadline.objects.visible_to(user).count() == 1
    for user in (people.other_town, people.other_county, people.enterprise, people.admin):
        assert not Deadline.objects.visible_to(user).exists()


def test_it_carries_the_enterprise_grid_and_industry_of_its_record(people, enterprise, at):
    deadline = services.start(enterprise, "lamps.paint", at=at, due_on=date(2026, 3, 20))
    assert deadline.enterprise_id == enterprise.pk
    assert deadline.industry == enterprise.regulatory_category
    assert deadline.grid_code == enterprise.grid_id
    for user in (people.enterprise, people.grid):
        assert Deadline.objects.visible_to(user).get() == deadline
    for user in (people.other_enterprise, people.dept):
        assert not Deadline.objects.visible_to(user).exists()


def test_its_place_follows_the_record(people, lamp, at):
    services.start(lamp, "lamps.order", at=at)
    lamp.region_id = "370523102"
    lamp.save()
    assert services.relocate(lamp) == 1
    assert Deadline.objects.visible_to(people.other_town).exists()
    assert not Deadline.objects.visible_to(people.town).exists()
