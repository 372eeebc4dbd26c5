"""What the embedded servers remember between starts: their ports and passwords."""

import contextlib
import fcntl
import json
import os
import secrets
import socket
from pathlib import Path

from config.embedded.errors import EmbeddedError

PROJECT = Path(__file__).resolve().parents[2]


def data_folder():
    """The folder of all that the embedded servers write: ``SHOUWANG_DATA`` or ``.data`` of the project."""
    return Path(os.environ.get("SHOUWANG_DATA") or PROJECT / ".data").absolute()


class State:
    """Ports and passwords of one data folder, kept in ``embedded.json``, readable by its owner only."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.path = self.folder / "embedded.json"

    @contextlib.contextmanager
    def locked(self):
        """Let one process at a time start or stop servers; raises EmbeddedError if the folder is not ours."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = open(self.folder / "embedded.lock", "a")  # noqa: SIM115 - closed below.
        except OSError as error:
            raise EmbeddedError(
                f"The data folder {self.folder} cannot be written: {error.strerror}."
            ) from error
        with handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def secret(self, name):
        """The remembered secret of that name, made at the first call."""
        return self._remembered(f"{name}_password", lambda: secrets.token_urlsafe(24))

    def port(self, name):
        """The port remembered for a server, or a free one."""
        return self._remembered(f"{name}_port", free_port)

    def usable_port(self, name):
        """A port that can be bound now: the remembered one, or a new one if somebody else has taken it."""
        if not bindable(self.port(name)):
            self._write({**self._read(), f"{name}_port": free_port()})
        return self.port(name)

    def _remembered(self, key, make):
        values = self._read()
        if key not in values:
            values[key] = make()
            self._write(values)
        return values[key]

    def _read(self):
        try:
            return json.loads(self.path.read_text())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise EmbeddedError(f"{self.path} cannot be read: {error}.") from error

    def _write(self, values):
        # Written beside and moved into place: a killed start must not leave half a file of passwords.
        beside = self.path.with_suffix(".new")
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            json.dump(values, handle, indent=1)
        if os.geteuid() == 0:
            owner = self.folder.stat()
            os.chown(beside, owner.st_uid, owner.st_gid)
        beside.replace(self.path)


def free_port():
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def bindable(port, host="127.0.0.1"):
    """Whether a server could listen on that port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
