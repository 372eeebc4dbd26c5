"""The embedded servers: what they may touch, and what they survive."""

import hashlib
import os
import signal
import socket
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis

from config.embedded.processes import running
from scripts import PROJECT

# As root both kinds of user can be shown; as an ordinary user only that one, and the ids say so.
USERS = ["root", "plain user"] if os.geteuid() == 0 else ["whoever runs this"]
users = pytest.mark.parametrize("home", USERS, indirect=True, ids=lambda who: f"started by {who}")

# The settings of ``make run``; the other tests take the quick ones of ``make test``.
LASTING = {"SHOUWANG_PG_FAST": "0"}


def test_root_is_shown_too() -> None:
    """Say aloud when this run could not show root's start-up."""
    if os.geteuid() != 0:
        pytest.skip("not root: that root's start-up opens no permission was not shown in this run")


def _facts(folder: Path) -> dict[str, tuple]:
    """Mode and owner of everything on the way to a folder and beside it, and the machine's accounts."""
    on_the_way = [folder, *folder.parents, PROJECT, *PROJECT.parents, *PROJECT.iterdir(), Path("/tmp")]
    stats = {str(path): path.stat() for path in on_the_way}
    facts = {path: (oct(stat.st_mode), stat.st_uid, stat.st_gid) for path, stat in stats.items()}
    accounts = [hashlib.sha256(Path(name).read_bytes()).hexdigest() for name in ("/etc/passwd", "/etc/group")]
    return {**facts, "accounts": tuple(accounts)}


@users
def test_starting_changes_no_permission_outside_the_data_folder(home) -> None:
    """Parents, project and accounts are the same before, during and after."""
    before = _facts(home.path)

    home.addresses()
    during = _facts(home.path)
    home.embedded("down")

    assert during == before
    assert _facts(home.path) == before


@users
def test_the_data_are_private(home) -> None:
    """No one else can read data or passwords."""
    home.addresses()

    modes = {
        name: (home.data / name).stat().st_mode & 0o077 for name in ("postgres", "valkey", "embedded.json")
    }
    assert modes == {"postgres": 0, "valkey": 0, "embedded.json": 0}


@users
def test_the_server_is_not_root(home) -> None:
    """PostgreSQL and Valkey run as an unprivileged user whoever starts them."""
    home.addresses()

    assert psutil.Process(_postmaster(home)).uids().real != 0
    assert psutil.Process(_valkey(home)).uids().real != 0


@users
def test_a_second_up_changes_nothing(home) -> None:
    """The same addresses, the same processes."""
    first, pids = home.addresses(), (_postmaster(home), _valkey(home))

    assert home.addresses() == first
    assert (_postmaster(home), _valkey(home)) == pids


@users
def test_what_was_committed_survives_a_kill(home) -> None:
    """After kill -9 of both servers, with a session open, the next up brings everything back."""
    addresses = home.addresses(**LASTING)
    session = _write_down(addresses, "kept")
    for pid in (_postmaster(home), _valkey(home)):
        os.kill(pid, signal.SIGKILL)

    again = home.addresses(**LASTING)

    assert again == addresses
    assert _read_back(again) == "kept"
    session.close()


def test_what_was_queued_survives_a_kill(home) -> None:
    """With the settings of ``make run``, Valkey keeps a queue over kill -9."""
    address = home.addresses(**LASTING)["REDIS_URL"]
    with redis.Redis.from_url(address) as broker:
        broker.rpush("queue", "message")
        broker.execute_command("WAITAOF", 1, 0, 2000)
    os.kill(_valkey(home), signal.SIGKILL)

    home.addresses(**LASTING)

    with redis.Redis.from_url(address) as broker:
        assert broker.lrange("queue", 0, -1) == [b"message"]


def test_down_stops_both(home) -> None:
    """Nothing is left running, and a second down is fine."""
    home.addresses()
    pids = _postmaster(home), _valkey(home)

    assert home.embedded("down").returncode == 0
    assert not [pid for pid in pids if running(pid)]
    assert home.embedded("down").returncode == 0
    assert home.embedded("status").returncode == 1


def test_a_reused_pid_is_left_alone(home) -> None:
    """A pid file that names a stranger's process neither stops the start nor kills the stranger."""
    home.addresses()
    home.embedded("down")
    (home.data / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{home.data / 'postgres'}\n")
    (home.data / "valkey.pid").write_text(f"{os.getpid()}\n")

    home.addresses()

    assert _postmaster(home) != os.getpid()


def test_a_killed_first_start_is_begun_anew(home) -> None:
    """Half an initialisation left behind does no harm."""
    (home.data / "postgres.new").mkdir(parents=True)
    (home.data / "postgres.new" / "half").touch()

    assert _read_back(home.addresses()) is None


def test_a_taken_port_is_given_up(home) -> None:
    """Where somebody else listens at the remembered port, the server moves and says where it is."""
    first = home.addresses()
    home.embedded("down")
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", _port(first)))
        squatter.listen()

        assert _port(home.addresses()) != _port(first)


def test_data_of_another_version_are_refused_in_one_sentence(home) -> None:
    """The data are left as they are."""
    home.addresses()
    home.embedded("down")
    (home.data / "postgres" / "PG_VERSION").write_text("9\n")

    result = home.embedded("up")

    assert result.returncode == 1
    assert "made by PostgreSQL 9" in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_application_is_no_superuser(servers) -> None:
    """What a city's server forbids, the embedded one forbids too; its extensions can be made."""
    with psycopg2.connect(servers.postgres.url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, True)
        for extension in ("pg_trgm", "btree_gin", "citext"):
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        cursor.execute("SELECT similarity('广饶砚池木业有限公司', '砚池木业')")
        assert cursor.fetchone()[0] > 0
    connection.close()


def test_a_wrong_password_is_refused(servers) -> None:
    """Other users of the machine do not get in."""
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(servers.postgres.url, password="guessed")
    guesser = redis.Redis.from_url(servers.valkey.url.replace(servers.state.secret("valkey"), "guessed"))
    with guesser, pytest.raises(redis.AuthenticationError):
        guesser.ping()


def _postmaster(home) -> int:
    return int((home.data / "postgres" / "postmaster.pid").read_text().split()[0])


def _valkey(home) -> int:
    return int((home.data / "valkey.pid").read_text())


def _port(addresses: dict[str, str]) -> int:
    return int(addresses["DATABASE_URL"].rpartition(":")[2].partition("/")[0])


def _write_down(addresses: dict[str, str], word: str):
    session = psycopg2.connect(addresses["DATABASE_URL"])
    with session, session.cursor() as cursor:
        cursor.execute("CREATE TABLE note (word text)")
        cursor.execute("INSERT INTO note VALUES (%s)", [word])
    return session


def _read_back(addresses: dict[str, str]) -> str | None:
    session = psycopg2.connect(addresses["DATABASE_URL"])
    with session, session.cursor() as cursor:
        cursor.execute("SELECT to_regclass('note')")
        if cursor.fetchone()[0] is None:
            return None
        cursor.execute("SELECT word FROM note")
        return cursor.fetchone()[0]
