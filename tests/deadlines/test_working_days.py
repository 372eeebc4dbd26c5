"""The table of holidays: where it comes from, and that an edit reaches everybody."""

from datetime import date

import pytest
from django.core.management import call_command

from deadlines import almanac, services
from deadlines.models import WorkingDay
from tests.deadlines.conftest import Lamp

pytestmark = pytest.mark.django_db


def test_the_command_loads_holidays_and_make_up_days(capsys):
    call_command("load_working_days", since=2024)
    assert WorkingDay.objects.get(pk=date(2026, 2, 17)).name == "春节"
    assert not WorkingDay.objects.get(pk=date(2026, 2, 17)).is_workday
    assert WorkingDay.objects.get(pk=date(2026, 2, 28)).is_workday
    assert "2024–2026" in capsys.readouterr().out


def test_a_second_load_adds_nothing_and_leaves_what_an_administrator_changed(capsys):
    call_command("load_working_days", since=2026)
    WorkingDay.objects.filter(pk=date(2026, 2, 17)).update(is_workday=True, name="值班")
    call_command("load_working_days", since=2026)
    assert "0 days added" in capsys.readouterr().out
    assert WorkingDay.objects.get(pk=date(2026, 2, 17)).name == "值班"


def test_years_nobody_has_announced_count_by_weekends(working_days):
    assert working_days.is_workday(date(2029, 10, 1))
    assert not working_days.is_workday(date(2029, 10, 6))


def test_the_calendar_is_read_once(working_days, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert almanac.working_days() is almanac.working_days()


def test_a_calendar_that_is_kept_is_not_asked_after(working_days, monkeypatch):
    with almanac.calendar_kept():
        monkeypatch.setattr(almanac.cache, "get", lambda key: pytest.fail("asked the cache"))
        assert almanac.working_days() is almanac.working_days()


def test_a_kept_calendar_is_let_go_after_the_block(working_days, django_capture_on_commit_callbacks):
    with almanac.calendar_kept(), django_capture_on_commit_callbacks(execute=True):
        WorkingDay.objects.create(day=date(2026, 3, 12), is_workday=False, name="台风停工")
        almanac.changed()
        assert almanac.working_days().is_workday(date(2026, 3, 12))
    assert not almanac.working_days().is_workday(date(2026, 3, 12))


def test_an_edit_reaches_a_calendar_already_read(working_days, django_capture_on_commit_callbacks):
    assert almanac.working_days().is_workday(date(2026, 3, 11))
    with django_capture_on_commit_callbacks(execute=True):
        WorkingDay.objects.create(day=date(2026, 3, 11), is_workday=False, name="台风停工")
        almanac.changed()
    assert not almanac.working_days().is_workday(date(2026, 3, 11))


def test_an_administrator_edits_a_day_and_open_deadlines_are_counted_again(
    people, working_days, lamp, at, sign_in, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("deadlines.tasks.recount.delay", lambda by: services.recount(at=at, by=people.admin))
    deadline = services.start(lamp, "lamps.order", at=at)
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(people.admin).post(
            "/admin/deadlines/workingday/add/",
            {"day": "2026-03-11", "name": "台风停工", "basis": "市政府通知"},
        )
    deadline.refresh_from_db()
    assert deadline.due_on == date(2026, 3, 18)
    assert deadline.extensions.get().by == people.admin


def test_what_was_decided_or_is_late_is_not_counted_again(working_days, lamp, at, town):
    given = services.start(lamp, "lamps.paint", at=at, due_on=date(2026, 3, 17))
    extended = services.start(lamp, "lamps.order", at=at)
    services.extend(extended, due_on=date(2026, 3, 20), by=None, at=at, reason="material")
    other = Lamp.objects.create(region=town, name="Lamp 2", state="dark", state_since=at)
    stopped = services.start(other, "lamps.order", at=at)
    services.suspend(stopped, at=at, by=None, reason="storm")
    WorkingDay.objects.create(day=date(2026, 3, 11), is_workday=False)
    almanac.forget()
    assert services.recount(at=at, by=None) == 0
    given.refresh_from_db()
    assert given.due_on == date(2026, 3, 17)


def test_nobody_is_made_late_by_a_recount(working_days, lamp, at):
    services.start(lamp, "lamps.order", at=at)
    WorkingDay.objects.create(day=date(2026, 3, 14), is_workday=True)
    almanac.forget()
    later = at.replace(day=17, hour=9)
    assert services.recount(at=later, by=None) == 0
