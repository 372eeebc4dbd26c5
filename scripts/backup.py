"""``make backup`` and ``make restore``: the database, the files and, where they are ours, the keys."""

import os
import shutil
import sys
import tarfile
from datetime import datetime
from pathlib import Path

from scripts import data_folder
from scripts.database import dump_database, empty_database, load_database
from scripts.services import services

# Without these two what is encrypted in the database cannot be read again.
KEYS = ("secret-key", "salt-key")


def main(arguments):
    """Save, or restore the folder named; raises SystemExit with one sentence where it cannot."""
    os.umask(0o077)
    if arguments[:1] == ["save"]:
        with services():
            return _save(data_folder() / "backups" / datetime.now().astimezone().strftime("%Y%m%d-%H%M%S"))
    folder = _wanted(arguments)
    with services():
        return _restore(folder)


def _wanted(arguments):
    named = [argument for argument in arguments[1:] if not argument.startswith("--")]
    if not named or not (Path(named[0]) / "database.dump").is_file():
        raise SystemExit("Name the folder of a backup: make restore from=.data/backups/... sure=yes")
    if "--sure" not in arguments:
        raise SystemExit("Restoring replaces database and files; if you mean it, add sure=yes.")
    return Path(named[0])


def _save(folder):
    folder.mkdir(parents=True)
    dump_database(os.environ["DATABASE_URL"], folder / "database.dump")
    with tarfile.open(folder / "media.tar", "w") as archive:
        if _media().is_dir():
            archive.add(_media(), arcname=".")
    for name in KEYS:
        if (data_folder() / name).exists():
            shutil.copy(data_folder() / name, folder / name)
    print(f"Saved to {folder}")
    return 0


def _restore(folder):
    empty_database(os.environ["DATABASE_URL"])
    load_database(os.environ["DATABASE_URL"], folder / "database.dump")
    shutil.rmtree(_media(), ignore_errors=True)
    with tarfile.open(folder / "media.tar") as archive:
        # Nothing is written outside the folder; before 3.11.4 Python had no such filter, and the backup is our own.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(_media())  # noqa: S202 - filtered where it can be
    for name in KEYS:
        if (folder / name).exists():
            shutil.copy(folder / name, data_folder() / name)
    print(f"Restored from {folder}")
    return 0


def _media():
    return Path(os.environ.get("MEDIA_ROOT") or data_folder() / "media")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
