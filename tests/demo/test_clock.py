"""The demo's clock goes forward for everybody, and what comes due on the way is done."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from config import demo_clock
from config.apps import ConfigConfig
from hazards import services
from tests.factories.hazards import reported


@pytest.fixture
def clock(settings, tmp_path, monkeypatch) -> None:
    """A demo of its own, with its clock installed."""
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    monkeypatch.setattr(timezone, "now", demo_clock.now)


def ahead() -> float:
    """How many days the demo is ahead of the machine."""
    return round((timezone.now() - datetime.now(tz=UTC)) / timedelta(days=1), 3)


def test_the_clock_tells_the_machines_time_until_it_is_moved(clock):
    assert ahead() == 0


def test_moves_add_up_and_a_reset_takes_them_back(clock):
    demo_clock.move(timedelta(days=2))
    demo_clock.move(timedelta(hours=12))
    assert ahead() == 2.5
    demo_clock.reset()
    assert ahead() == 0


def test_another_process_that_moves_the_clock_is_followed(clock):
    assert ahead() == 0
    demo_clock.clock_file().write_text("86400")
    assert ahead() == 1


def test_the_clock_does_not_go_back(clock):
    with pytest.raises(ValueError, match="forward only"):
        demo_clock.move(timedelta(days=-1))


def test_a_traveller_has_a_time_of_their_own(clock, at):
    with demo_clock.travelled_to(at):
        assert timezone.now() == at
        with demo_clock.travelled_to(at + timedelta(days=1)):
            assert timezone.localdate().day == 11
        assert timezone.now() == at
    assert timezone.now() != at


def test_a_real_installation_keeps_its_clock(settings, monkeypatch):
    monkeypatch.setattr(timezone, "now", timezone.now)
    ready = ConfigConfig("config", __import__("config"))
    settings.DEMO = False
    ready.ready()
    assert timezone.now is not demo_clock.now
    settings.DEMO = True
    ready.ready()
    assert timezone.now is demo_clock.now


def test_a_real_installation_refuses_the_command(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        call_command("demo_clock", "+1d")


@pytest.mark.parametrize("span", ["12d", "+0d", "+d", "+12y", "tomorrow"])
def test_a_wrong_span_says_how_to_write_it(clock, span):
    with pytest.raises(CommandError, match="Write"):
        call_command("demo_clock", span)


def test_two_weeks_on_a_missed_deadline_has_warned_lapsed_and_climbed(clock, people, enterprise):
    people.enterprise.phone = "13005460001"
    people.enterprise.save()
    now = timezone.now()
    hazard = reported(enterprise, people.enterprise, at=now)
    day = timezone.localdate(now) + timedelta(days=5)
    services.accept_report(hazard, deadline_on=day, by=people.town, at=now)

    said = StringIO()
    call_command("demo_clock", "+2w", stdout=said)

    hazard.refresh_from_db()
    assert hazard.level_in_charge in {"county", "city"}
    assert "SMS sent" in said.getvalue()
    assert "The demo's clock says" in said.getvalue()
    assert (demo_clock.clock_file().parent / "sms.log").exists()
    assert ahead() == 14


def test_without_a_span_the_command_tells_the_time(clock, db):
    said = StringIO()
    call_command("demo_clock", stdout=said)
    assert f"{timezone.localtime():%Y-%m-%d}" in said.getvalue()
    call_command("demo_clock", "--reset", stdout=said)
