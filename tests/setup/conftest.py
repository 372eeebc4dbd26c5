"""Embedded servers of the tests' own, in folders that no one else can look into."""

import os
import pwd
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.embedded import Servers
from config.embedded.confine import Confinement, confinement_for
from scripts import PROJECT


@dataclass
class Home:
    """A private folder of one user, and how to run the project's commands there as that user."""

    path: Path
    user: Confinement

    @property
    def data(self) -> Path:
        """The data folder, not made yet."""
        return self.path / "data"

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """Run ``python -m <arguments>`` as the user, with these variables."""
        command = [sys.executable, "-m", *arguments]
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
        variables = {**kept, "SHOUWANG_DATA": str(self.data), "SHOUWANG_PG_FAST": "1", **environment}
        return self.user.run(command, env=variables, capture_output=True, text=True, timeout=120)

    def embedded(self, action: str, **environment: str) -> subprocess.CompletedProcess:
        """Run ``python -m config.embedded <action>``."""
        return self.run("config.embedded", action, **environment)

    def addresses(self, **environment: str) -> dict[str, str]:
        """Start the servers; what ``up`` prints, as variables."""
        result = self.embedded("up", **environment)
        assert result.returncode == 0, result.stderr
        return dict(line.split("=", 1) for line in result.stdout.split())


def make_home(path: Path, who: str) -> Home:
    """Make a home of mode 0700 for "root", a "plain user", or "whoever runs this"."""
    path.mkdir(mode=0o700)
    if who != "plain user":
        return Home(path, Confinement(os.geteuid(), os.getegid()))
    account = pwd.getpwnam("daemon")
    os.chown(path, account.pw_uid, account.pw_gid)
    # The checkout and the folder of the tests may be root's private ones; this user is let through to read them, and to
    # nothing else.
    return Home(path, confinement_for(path, path, PROJECT, Path(sys.prefix), Path(sys.base_prefix)))


@pytest.fixture
def home(request: pytest.FixtureRequest, tmp_path: Path):
    """A private home, of whoever runs the tests unless a parameter names the user; its servers end with the test."""
    made = make_home(tmp_path / "home", getattr(request, "param", "whoever runs this"))
    yield made
    made.embedded("down")


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory):
    """Servers that several tests share, of whoever runs the tests."""
    started = Servers(tmp_path_factory.mktemp("servers"))
    started.up()
    yield started
    started.down()
