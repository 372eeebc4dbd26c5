"""Looking for server processes and ending them, without ever touching a stranger's."""

import os
import time

import psutil

from config.embedded.errors import EmbeddedError


def running(pid, *marks):
    """Whether the process lives and its command line holds all marks: a reused pid is not ours."""
    try:
        line = " ".join(psutil.Process(pid).cmdline())
        return alive(pid) and all(str(mark) in line for mark in marks)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def titled(mark):
    """The pids of all processes whose command line begins with the mark."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if " ".join(process.info["cmdline"] or []).startswith(mark):
            found.append(process.pid)
    return found


def end(pid, signal, then, patience=30):
    """Signal and wait for the end, after ``patience`` seconds signal ``then``; EmbeddedError if in vain."""
    for number, seconds in ((signal, patience), (then, 10)):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        except PermissionError as error:
            raise EmbeddedError(f"Process {pid} belongs to another user and cannot be stopped.") from error
        if wait_until(lambda: not alive(pid), lambda: True, seconds):
            return
    raise EmbeddedError(f"Process {pid} does not end.")


def alive(pid):
    """Whether the process still runs; one that waits to be collected has ended (some containers never do)."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until(ready, hopeful, seconds):
    """Wait for ``ready()``; False as soon as ``hopeful()`` is false or the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if ready():
            return True
        if not hopeful():
            return False
        time.sleep(0.02)
    return False


def last_words(log, lines=3):
    """The end of a log, on one line, to say why a server did not start."""
    try:
        return " | ".join(log.read_text(errors="replace").strip().splitlines()[-lines:])
    except OSError:
        return "no log"
