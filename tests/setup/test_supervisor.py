"""Web server, worker and clock as one: kept running, and ended as one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import PROJECT

# A stand-in for the product: what it runs is given by name, and "up" is said once all are started.
PROGRAM = """
import os, sys
from scripts import supervisor
supervisor.GRACE_SECONDS = 2
commands = {str(number): ["sh", "-c", words] for number, words in enumerate(sys.argv[1:])}
run = supervisor.Supervisor(commands, dict(os.environ), keep=lambda: None)
sys.exit(run.run(lambda running: print("up", flush=True)))
"""
STUBBORN = "trap '' TERM; while :; do sleep 0.1; done"


@pytest.fixture
def supervise(tmp_path):
    """Supervise shell commands, each of which can write to $NOTES; the running supervisor."""
    started = []

    def _supervise(*commands: str) -> subprocess.Popen:
        environment = {**os.environ, "NOTES": str(tmp_path / "notes")}
        program = [sys.executable, "-c", PROGRAM, *commands]
        process = subprocess.Popen(program, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout.readline() == "up\n"
        return process

    yield _supervise
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_being_told_to_stop_is_a_success(supervise, tmp_path, number) -> None:
    """All are asked to finish, and the exit status is 0."""
    goodbye = "trap 'echo bye >> \"$NOTES\"; exit 0' TERM; while :; do sleep 0.1; done"
    process = supervise(goodbye, goodbye)
    time.sleep(0.5)

    process.send_signal(number)

    assert process.wait(10) == 0
    assert _notes(tmp_path) == ["bye", "bye"]


def test_whoever_does_not_finish_is_killed(supervise) -> None:
    """The grace has an end."""
    process = supervise(STUBBORN)
    time.sleep(0.5)
    process.terminate()

    assert process.wait(10) == 0


def test_a_second_interrupt_does_not_wait(supervise) -> None:
    """Ctrl-C twice means now."""
    process = supervise(STUBBORN)
    time.sleep(0.5)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)

    assert process.wait(10) == 0
    assert time.monotonic() - begun < 1.8


def test_a_killed_process_is_started_again(supervise, tmp_path) -> None:
    """The others do not notice."""
    process = supervise('echo $$ >> "$NOTES"; exec sleep 100')
    _wait_for(lambda: len(_notes(tmp_path)) == 1)
    os.kill(int(_notes(tmp_path)[0]), signal.SIGKILL)

    _wait_for(lambda: len(_notes(tmp_path)) == 2)
    process.terminate()
    assert process.wait(10) == 0


def test_what_cannot_be_kept_running_ends_all(supervise) -> None:
    """After some tries, with a sentence and a failure."""
    process = supervise("exec sleep 100", "exit 3")

    assert process.wait(20) == 1
    assert process.stdout.read() == "The 1 does not keep running; its own words stand above.\n"


def _notes(folder: Path) -> list[str]:
    file = folder / "notes"
    return file.read_text().split() if file.exists() else []


def _wait_for(condition) -> None:
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
