"""Under which user a server runs, and how it reaches its files without any permission being opened for it.

PostgreSQL refuses to run as root. So root's servers run as ``nobody``; where the way to the project leads
through a private folder (``/root``, a home of mode 0700), the process keeps the one capability to look
folders up instead of the folders being opened to everybody.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass

from config.embedded.errors import EmbeddedError

UNPRIVILEGED = "nobody"
# In the order of least power; containers often withhold the first and have the second.
CAPABILITIES = ("dac_read_search", "dac_override")


@dataclass(frozen=True)
class Confinement:
    """A user to run as, and the capability it keeps on the way (``None`` for most)."""

    uid: int
    gid: int
    capability: str | None = None

    def own(self, folder):
        """Give a folder of the servers' own data to this user, private."""
        os.chmod(folder, 0o700)
        if os.geteuid() == 0:
            os.chown(folder, self.uid, self.gid)

    def run(self, command, **options):
        """Run a command to its end as this user; see ``subprocess.run``."""
        return subprocess.run(*self._call(command), **self._user(), **options)

    def start(self, command, log):
        """Start a command that outlives us, in a session of its own: Ctrl-C at our terminal spares it."""
        with open(log, "ab") as output:
            return subprocess.Popen(
                *self._call(command),
                **self._user(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def _call(self, command):
        if self.capability is None:
            return ([str(part) for part in command],)
        kept = f"-all,+{self.capability}"
        who = [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups", "--no-new-privs"]
        # access(2), by which PostgreSQL finds its programs, counts capabilities only under this securebit.
        keep = [f"--inh-caps={kept}", f"--ambient-caps={kept}", "--securebits=+no_setuid_fixup"]
        return (["setpriv", *who, *keep, *map(str, command)],)

    def _user(self):
        # "/" because the current folder may be one that this user cannot see.
        if self.capability is not None or os.geteuid() != 0:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.uid, "group": self.gid, "extra_groups": []}


def confinement_for(data, *folders):
    """The least powerful confinement that reaches all folders and owns ``data``; else EmbeddedError."""
    if os.geteuid() != 0:
        return _ourselves()
    plain = _owner(data) or _unprivileged()
    if _reaches(plain, folders):
        return plain
    if not shutil.which("setpriv"):
        raise EmbeddedError(
            "The project lies in a private folder and the program setpriv (package util-linux) is missing: "
            "install it, start as an ordinary user, or set DATABASE_URL and REDIS_URL."
        )
    for capability in CAPABILITIES:
        kept = Confinement(plain.uid, plain.gid, capability)
        if _reaches(kept, folders):
            return kept
    raise EmbeddedError(
        f"User {UNPRIVILEGED} cannot reach {folders[0]}: move the project out of the private folder, "
        "start as an ordinary user, or set DATABASE_URL and REDIS_URL."
    )


def _ourselves():
    try:
        account = pwd.getpwuid(os.geteuid())
    except KeyError as error:
        raise EmbeddedError(
            f"User {os.geteuid()} has no name on this machine, which PostgreSQL needs: "
            "start as a named user, or set DATABASE_URL and REDIS_URL."
        ) from error
    return Confinement(account.pw_uid, os.getegid())


def _unprivileged():
    try:
        account = pwd.getpwnam(UNPRIVILEGED)
    except KeyError as error:
        raise EmbeddedError(
            f"Servers do not run as root, and there is no user {UNPRIVILEGED} here."
        ) from error
    return Confinement(account.pw_uid, account.pw_gid)


def _owner(data):
    # Data that an ordinary user has begun stay that user's, also when root starts the server once.
    try:
        found = data.stat()
    except FileNotFoundError:
        return None
    return Confinement(found.st_uid, found.st_gid) if found.st_uid else None


def _reaches(confinement, folders):
    # Asked of the kernel, not computed from mode bits: access lists and mounts count too.
    probes = (confinement.run(["test", "-x", folder], capture_output=True) for folder in folders)
    return all(probe.returncode == 0 for probe in probes)
