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
        os.environ["TEST_TEMPLATE"] = _template()
        return _pytest(folder, *_journeys(folder))


def _template():
    """Have the database made that every worker's is a copy of; its name."""
    made = subprocess.run(
        [PYTHON, "-m", "scripts.test_template"], cwd=PROJECT, stdout=subprocess.PIPE, text=True, check=True
    )
    return made.stdout.strip()


def _journeys(folder):
    """Make the browser journeys of this folder ready; what to tell pytest about them."""
    if not any(path.is_relative_to(folder) for path in JOURNEYS.glob("test_*.py")):
        return []
    if chromium() is None:
        return [f"--ignore={JOURNEYS}"]
    os.environ["CHROMIUM"] = chromium()
    return []


def _pytest(folder, *arguments):
    """Run the tests, on every processor; the exit status."""
    # A file stays with one worker, so that what is made once for its tests is made once; the longest files come first.
    workers = ("-n", str(os.cpu_count() or 1), "--dist", "loadfile", "--no-loadscope-reorder")
    # Made anew each time: a database kept from an older migration would lie.
    run = subprocess.run([PYTHON, "-m", "pytest", "--create-db", *workers, *arguments, folder], cwd=PROJECT)
    missing = _not_run("browser journeys", "no Chromium") if arguments else 0
    return max(run.returncode, missing)


def _not_run(what, why):
    """Say loudly what this machine did not test; in CI that is a failure."""
    names = "\n".join(f"  {path.relative_to(PROJECT)}" for path in sorted(JOURNEYS.glob("test_*.py")))
    print(f"\n{'!' * 78}\nNOT RUN ({why}): {what}\n{names}\n{'!' * 78}", file=sys.stderr, flush=True)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
