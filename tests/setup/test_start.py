"""``make run`` where something is wrong: one sentence, a failure, no traceback."""

import os
import socket
import subprocess
import sys

import pytest

from scripts import PROJECT


@pytest.fixture
def start(servers, tmp_path):
    """Start the product with these variables, on servers that answer; its result."""

    def _start(**variables: str) -> subprocess.CompletedProcess:
        kept = {"PATH": os.environ["PATH"], "SHOUWANG_DATA": str(tmp_path), **servers.env()}
        return subprocess.run(
            [sys.executable, "-m", "scripts.run"],
            cwd=PROJECT,
            env={**kept, **variables},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return _start


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT must be a number from 1 to 65535, not 'eighty'."),
        ({"PORT": "70000"}, "PORT must be a number from 1 to 65535, not '70000'."),
        ({"DATABASE_URL": "sqlite:///db"}, "DATABASE_URL must begin with postgres://"),
        (
            {"DATABASE_URL": "postgres://me:hush@127.0.0.1:1/x"},
            "No database answers at 127.0.0.1:1 (DATABASE_URL)",
        ),
        ({"DATABASE_URL": "postgres://me:hush@127.0.0.1:no/x"}, "No database answers at 127.0.0.1:no"),
        ({"REDIS_URL": "redis://:hush@127.0.0.1:1/0"}, "No Redis server answers at 127.0.0.1:1 (REDIS_URL)"),
        ({"REDIS_URL": "http://127.0.0.1"}, "No Redis server answers at 127.0.0.1 (REDIS_URL)"),
        ({"REQUIRE_MFA": "perhaps"}, "A setting is wrong: REQUIRE_MFA must be yes or no"),
    ],
    ids=lambda value: "".join(value) if isinstance(value, dict) else "",
)
def test_a_wrong_setting_is_one_sentence(start, variables, sentence) -> None:
    """It names the setting and gives away no password."""
    result = start(**{"PORT": _free_port(), **variables})

    assert result.returncode == 1
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1
    assert "hush" not in result.stdout + result.stderr


def test_a_port_in_use_is_one_sentence(start) -> None:
    """It says what to type instead."""
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        port = squatter.getsockname()[1]

        result = start(PORT=str(port))

    assert result.returncode == 1
    assert result.stderr.startswith(f"Port {port} of 127.0.0.1 is in use")
    assert result.stderr.count("\n") == 1


def test_no_python_is_one_sentence(tmp_path) -> None:
    """Where Python is missing or too old, make says which one it needs."""
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)

    result = subprocess.run(
        ["/bin/sh", PROJECT / "scripts" / "python"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert result.returncode == 1
    assert result.stderr.startswith("Shouwang needs Python 3.11 or newer")


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
