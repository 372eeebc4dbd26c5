"""``python -m scripts.test_template``: what the tests' databases are copied from, the law in it; prints its name.

Running all migrations takes some seconds of a processor for each worker, copying their result a moment. The name carries a
hash of every migration there is and of the law, so that a changed one makes a new template and an old one is never taken
for it.
"""

import hashlib
import inspect
import os
import sys
from io import StringIO

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from scripts import PROJECT

PREFIX = "test_template_"
# Two checkouts that share a server need not throw away each other's.
KEPT = 4
LAW = ("load_rulebook", "load_working_days")
# The holidays come with a package.
LAW_FILES = ("rulebook/data/**/*", "requirements.txt")


def main():
    """Make the template unless it stands; throws away the oldest of other migrations."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    django.setup()
    name = PREFIX + mark()
    standing = templates()
    if name not in standing:
        make(name)
    for old in [each for each in standing if each != name][KEPT - 1 :]:
        run(f'DROP DATABASE "{old}"')
    print(name)


def mark():
    """Return a hash of the text of every migration, ours and those of the packages, and of the law."""
    text = hashlib.sha256(django.get_version().encode())
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        source = inspect.getsource(sys.modules[type(migration).__module__])
        text.update(f"{app}.{name}\n{source}".encode())
    for path in sorted(path for name in LAW_FILES for path in PROJECT.glob(name) if path.is_file()):
        text.update(path.read_bytes())
    return text.hexdigest()[:12]


def templates():
    """Return the names of the templates on the server, the newest first."""
    names = [name for (name,) in run("SELECT datname FROM pg_database ORDER BY oid DESC")]
    return [name for name in names if name.startswith(PREFIX)]


def make(name):
    """Run the migrations in a database, load the law, and give it the name only when they are through."""
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    for command in LAW:
        call_command(command, verbosity=0, stdout=StringIO())
    connection.close()
    run(f'ALTER DATABASE "{made}" RENAME TO "{name}"')


def run(statement):
    """Run a statement beside the databases of the tests; its rows, if it has any."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


if __name__ == "__main__":
    main()
