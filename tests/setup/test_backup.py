"""A backup brings back what was there, and nothing is lost by mistake."""

import os
import subprocess
import sys

import psycopg2
import pytest

from scripts import PROJECT
from scripts.database import dump_database, empty_database, load_database


@pytest.fixture
def database(servers):
    """A database of the test's own, with one table and an extension; its address."""
    name = "backup"
    admin = psycopg2.connect(servers.postgres.url)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    url = servers.postgres.url_of(name)
    _sql(url, "CREATE EXTENSION pg_trgm; CREATE TABLE note (word text); INSERT INTO note VALUES ('守望')")
    yield url
    with admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    admin.close()


def test_a_dump_brings_everything_back(database, tmp_path) -> None:
    """Also over what was added since."""
    dump_database(database, tmp_path / "dump")
    _sql(database, "UPDATE note SET word = 'spoilt'; CREATE TABLE later (n int)")

    empty_database(database)
    load_database(database, tmp_path / "dump")

    assert _sql(database, "SELECT word, to_regclass('later') FROM note") == [("守望", None)]


def test_a_database_in_use_is_not_emptied(database) -> None:
    """The sentence says what to do, and nothing is gone."""
    user = psycopg2.connect(database)
    with user.cursor() as cursor:
        cursor.execute("SELECT * FROM note")

        with pytest.raises(SystemExit, match="stop what runs on it first"):
            empty_database(database)

    user.close()
    assert _sql(database, "SELECT word FROM note") == [("守望",)]


def test_backup_and_restore_take_files_and_keys_along(database, servers, tmp_path) -> None:
    """Through the commands that make calls."""
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "photo").write_text("a photo")
    (tmp_path / "salt-key").write_text("the key")
    environment = {**os.environ, **servers.env(), "DATABASE_URL": database, "SHOUWANG_DATA": str(tmp_path)}
    environment.pop("MEDIA_ROOT", None)

    _make(environment, "save")
    (saved,) = (tmp_path / "backups").iterdir()
    (tmp_path / "media" / "photo").unlink()
    (tmp_path / "salt-key").write_text("another key")
    _make(environment, "restore", str(saved), "--sure")

    assert (tmp_path / "media" / "photo").read_text() == "a photo"
    assert (tmp_path / "salt-key").read_text() == "the key"
    assert _sql(database, "SELECT word FROM note") == [("守望",)]


@pytest.mark.parametrize(
    ("module", "arguments"),
    [("scripts.backup", ["restore", "."]), ("scripts.demo_reset", [])],
    ids=["restore", "demo-reset"],
)
def test_nothing_is_replaced_without_being_sure(database, module, arguments) -> None:
    """A given database is not touched by a slip of the finger."""
    result = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
    )

    assert result.returncode == 1
    assert "sure=yes" in result.stderr
    assert _sql(database, "SELECT word FROM note") == [("守望",)]


def _make(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", "scripts.backup", *arguments]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True)


def _sql(url: str, words: str) -> list[tuple]:
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(words)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows
