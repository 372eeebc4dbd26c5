"""The demo command leaves data alone, and says who can sign in."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.demo import PASSWORD
from audit.services import record
from config import demo


def said(*arguments: str) -> str:
    """Run the command and return what it says."""
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def demo_on(settings, tmp_path) -> None:
    """An installation that is a demo."""
    settings.DEMO, settings.DATA_DIR = True, tmp_path


def test_a_real_installation_gets_no_demo_city(settings, db):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        said()


def test_an_empty_database_is_filled(demo_on, db, monkeypatch):
    built = []
    monkeypatch.setattr(
        demo, "build", lambda **given: built.append(given) or type("Stage", (), {"hazards": 1})
    )
    assert "ready" in said("--if-empty")
    assert built[0]["now"] <= timezone.now()


def test_a_database_with_a_finished_city_is_left_alone(demo_on, people, at):
    record(None, demo.READY, None, at=at)
    assert said("--if-empty") == ""
    with pytest.raises(CommandError, match="not empty"):
        said()


def test_a_city_that_was_interrupted_is_noticed(demo_on, people):
    with pytest.raises(CommandError, match="interrupted"):
        said("--if-empty")


def test_the_sign_ins_are_printed_with_the_password_and_colleagues_are_not(demo_on, people):
    text = said("--sign-ins")
    assert PASSWORD in text
    assert "town" in text
    assert "孙晓燕" in text
    assert "other_town" not in text


def test_where_nobody_can_sign_in_nothing_is_printed(demo_on, db):
    assert said("--sign-ins") == ""
