"""``make test``: the tests, then the browser journeys, on servers of their own.

``python -m scripts.test [app]``; the exit status is 0 only if everything passed that this machine can run,
and in CI only if it could run everything.
"""

import os
import subprocess
import sys

from scripts import PROJECT, PYTHON
from scripts.messages import compile_messages
from scripts.services import services, use_test_data
from scripts.system import chromium

JOURNEYS = PROJECT / "tests" / "journeys"


def main(arguments):
    """Run the tests of one app, or all of them and the journeys; the exit status."""
    use_test_data()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    compile_messages()
    app = arguments[0] if arguments else ""
    folder = PROJECT / "tests" / app
    if not folder.is_dir():
        raise SystemExit(f"There is no folder tests/{app}.")
    with services():
        return _one(folder) if app else _all(folder)


def _one(folder):
    return _journeys() if folder == JOURNEYS else _pytest(folder, *_workers())


def _all(folder):
    """Both halves run whatever the first one says, so that one run shows everything that is broken."""
    statuses = [_pytest(folder, f"--ignore={JOURNEYS}", *_workers()), _journeys()]
    return max(statuses)


def _workers():
    return ("-n", str(os.cpu_count() or 1))


def _pytest(*arguments):
    # Made anew each time: a database kept from an older migration would lie.
    return subprocess.run([PYTHON, "-m", "pytest", "--create-db", *arguments], cwd=PROJECT).returncode


def _journeys():
    if not any(JOURNEYS.glob("test_*.py")):
        return 0
    if chromium() is None:
        return _not_run("browser journeys", "no Chromium")
    os.environ["CHROMIUM"] = chromium()
    return _pytest(JOURNEYS)


def _not_run(what, why):
    """Say loudly what this machine did not test; in CI that is a failure."""
    names = "\n".join(f"  {path.relative_to(PROJECT)}" for path in sorted(JOURNEYS.glob("test_*.py")))
    print(f"\n{'!' * 78}\nNOT RUN ({why}): {what}\n{names}\n{'!' * 78}", file=sys.stderr, flush=True)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
