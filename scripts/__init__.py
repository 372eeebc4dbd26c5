"""What the Makefile calls: setting the machine up, running, testing, backing up."""

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"


def data_folder():
    """The folder of everything this installation keeps: ``SHOUWANG_DATA``, or ``.data`` of the project."""
    return Path(os.environ.get("SHOUWANG_DATA") or PROJECT / ".data").absolute()


def _quiet_interrupt(kind, error, trace):
    # Ctrl-C during a long installation is a decision, not an error worth a page of traceback.
    if issubclass(kind, KeyboardInterrupt):
        print("Interrupted.", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _quiet_interrupt
