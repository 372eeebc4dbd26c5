"""Bring this machine to where the project can run: ``python -m scripts.setup [dev] [gettext]``.

Runs with the machine's Python and the standard library, and does only what is not done yet.
"""

import sys

from scripts.packages import ensure_node_packages, ensure_python_packages, ensure_venv
from scripts.system import BROWSER, GETTEXT, PDF, ensure

SETUP_TOOLS = "scripts/requirements.txt"


def main(extras):
    """Install everything; raises SystemExit with one sentence where something indispensable is missing."""
    ensure_venv()
    ensure_python_packages("requirements-dev.txt" if "dev" in extras else "requirements.txt", SETUP_TOOLS)
    ensure_node_packages()
    ensure(PDF)
    if "dev" in extras:
        ensure(BROWSER)
    if "gettext" in extras and not ensure(GETTEXT):
        raise SystemExit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
