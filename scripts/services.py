"""The database and the broker for one command: the given ones, or embedded ones that end with it."""

import contextlib
import os
import subprocess
import sys

from config.embedded import EmbeddedError, Servers
from scripts import PROJECT
from scripts.checks import check_broker, check_database

TEST_DATA = PROJECT / ".data" / "test"


@contextlib.contextmanager
def services():
    """Set DATABASE_URL and REDIS_URL; yields the embedded servers and the variables they serve.

    Raises SystemExit with one sentence if a given server does not answer or an embedded one does not start.
    """
    servers = Servers()
    embedded = [variable for variable in servers.by_variable if not os.environ.get(variable)]
    started = []
    try:
        started = _up(servers, embedded)
        os.environ.update({variable: servers.env()[variable] for variable in embedded})
        check_database(os.environ["DATABASE_URL"])
        check_broker(os.environ["REDIS_URL"])
        yield servers, embedded
    finally:
        _down(servers, started)


def use_test_data():
    """Point this process to the servers of the tests: a data folder of their own, quick and forgetful."""
    os.environ["SHOUWANG_DATA"] = str(TEST_DATA)
    os.environ["SHOUWANG_PG_FAST"] = "1"
    # WhiteNoise warns where nothing was ever collected, and a warning fails a test.
    (TEST_DATA / "static").mkdir(parents=True, exist_ok=True)
    for variable in ("DATABASE_URL", "REDIS_URL"):
        # What the shell points to is somebody's real data; tests go elsewhere only if told so by name.
        given = os.environ.pop(f"TEST_{variable}", "")
        os.environ.pop(variable, None)
        if given:
            os.environ[variable] = given


def _up(servers, variables):
    try:
        return servers.up(variables)
    except EmbeddedError as error:
        raise SystemExit(str(error)) from error


def _down(servers, variables):
    try:
        servers.down(variables)
    except EmbeddedError as error:
        print(error, file=sys.stderr)


def main(arguments):
    """Run a command with services up, ``python -m scripts.services [--test] command``; its exit status."""
    if arguments[:1] == ["--test"]:
        use_test_data()
        arguments = arguments[1:]
    with services():
        return subprocess.run(arguments, cwd=PROJECT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
