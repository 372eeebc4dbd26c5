"""The database that the tests' ones are copied from: another for other migrations or law, and a fresh copy is complete."""

import inspect
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from scripts.test_template import PREFIX, mark, templates


def test_the_same_migrations_have_the_same_mark():
    assert mark() == mark()


@pytest.mark.parametrize(
    "changed", ["hazards.migrations.0001_initial", "django.contrib.auth.migrations.0001_initial"]
)
def test_a_change_in_any_migration_changes_the_mark(monkeypatch, changed):
    before, source = mark(), inspect.getsource
    monkeypatch.setattr(
        inspect, "getsource", lambda module: source(module) + "#" * (module.__name__ == changed)
    )

    assert mark() != before


def test_a_change_in_the_law_changes_the_mark(monkeypatch):
    before, read = mark(), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b"#" * (path.name == "parameters.csv"))

    assert mark() != before


@pytest.mark.django_db
def test_the_database_of_this_test_lacks_no_migration():
    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.django_db
def test_a_template_is_never_the_database_of_a_test():
    assert not connection.settings_dict["NAME"].startswith(PREFIX)
    assert connection.settings_dict["NAME"] not in templates()
