"""What only the machine's own package manager can give: libraries and fonts for PDF, a browser, gettext.

As root on Debian and its relatives they are installed; elsewhere the command to type is printed. Standard
library only, because this runs before anything is installed.
"""

import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

TRIES = 3
NAMES = (
    "gobject-2.0.{0}",
    "pango-1.0.{0}",
    "pangoft2-1.0.{0}",
    "harfbuzz.{0}",
    "harfbuzz-subset.{0}",
    "fontconfig.{1}",
)


@dataclass(frozen=True)
class Need:
    """Something of the machine that a part of the product needs."""

    what: str
    present: Callable[[], bool]
    apt: str
    dnf: str
    brew: str

    def command(self):
        """What to type on this machine to get it."""
        sudo = "" if os.geteuid() == 0 else "sudo "
        if shutil.which("apt-get"):
            return f"{sudo}apt-get install {self.apt}"
        if shutil.which("dnf"):
            return f"{sudo}dnf install {self.dnf}"
        if shutil.which("brew"):
            return f"brew install {self.brew}"
        return f"install the equivalents of: {self.apt}"


def ensure(need):
    """Install it where we may; whether it is there. Where it is not, say what to type."""
    if need.present():
        return True
    if can_install():
        print(f"Installing for {need.what}: {need.apt}", flush=True)
        apt_install(*need.apt.split())
    if need.present():
        return True
    print(f"No {need.what} on this machine. To have them:  {need.command()}", file=sys.stderr, flush=True)
    return False


def can_install():
    """Whether we may install packages: root, with apt-get."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages):
    """Install Debian packages without asking anything; whether it worked after some tries."""
    # Mirrors fail for a moment and other installers hold the lock: both are worth another try.
    patient = ["apt-get", "-qq", "-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=120"]
    for attempt in range(TRIES):
        time.sleep(5 * attempt)
        if _apt(*patient, "update") and _apt(*patient, "install", "-y", "--no-install-recommends", *packages):
            return True
    return False


def _apt(*command):
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    result = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if result.returncode:
        print(result.stderr.strip()[-1000:], file=sys.stderr, flush=True)
    return result.returncode == 0


def _pdf_present():
    return all(_loads(name) for name in NAMES) and _speaks_chinese()


def _loads(name):
    suffixes = ("so.0", "so.1") if sys.platform != "darwin" else ("0.dylib", "1.dylib")
    try:
        ctypes.CDLL("lib" + name.format(*suffixes))
    except OSError:
        return False
    return True


def _speaks_chinese():
    if sys.platform == "darwin":
        return True
    if not shutil.which("fc-list"):
        return False
    found = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True)
    return bool(found.stdout.strip())


def chromium():
    """The path of a Chromium for the browser journeys, or ``None``."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if shutil.which(name):
            return shutil.which(name)
    return None


PDF = Need(
    "PDF documents (Pango, HarfBuzz and a Chinese font)",
    _pdf_present,
    apt="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fontconfig fonts-noto-cjk",
    dnf="pango harfbuzz fontconfig google-noto-sans-cjk-fonts",
    brew="pango",
)
BROWSER = Need(
    "browser journeys (Chromium and a Chinese font)",
    lambda: chromium() is not None,
    apt="chromium fonts-noto-cjk",
    dnf="chromium google-noto-sans-cjk-fonts",
    brew="--cask chromium",
)
GETTEXT = Need(
    "translation tools (gettext)",
    lambda: shutil.which("xgettext") is not None,
    apt="gettext",
    dnf="gettext",
    brew="gettext",
)
