"""``make demo-reset``: empty the database and make the demo city anew."""

import os
import shutil
import subprocess
import sys

import redis

from scripts import PROJECT, PYTHON, data_folder
from scripts.database import empty_database
from scripts.services import services


def main(arguments):
    """Reset; the exit status. Raises SystemExit before touching a database that is not the embedded one."""
    if os.environ.get("DATABASE_URL") and "--sure" not in arguments:
        raise SystemExit("DATABASE_URL leads to a database of yours; to empty it: make demo-reset sure=yes")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    with services():
        empty_database(os.environ["DATABASE_URL"])
        redis.Redis.from_url(os.environ["REDIS_URL"]).flushdb()
        shutil.rmtree(data_folder() / "media", ignore_errors=True)
        return _manage("migrate", "--no-input", "-v0") or _manage("demo", "--if-empty")


def _manage(*arguments):
    return subprocess.run([PYTHON, "manage.py", *arguments], cwd=PROJECT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
