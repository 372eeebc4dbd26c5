"""``python -m scripts.test_template``: the empty database that the tests' databases are copied from; prints its name.

Running all migrations takes half a minute of a processor, copying their result a moment. The name carries a hash of every
migration there is, so that a changed one makes a new template and an old one is never taken for it.
"""

import hashlib
import inspect
import os
import sys

import django
from django.db import connection
from django.db.migrations.loader import MigrationLoader

PREFIX = "test_template_"


def main():
    """Make the template unless it stands; throws away those of other migrations."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    django.setup()
    name = PREFIX + mark()
    standing = templates()
    if name not in standing:
        make(name)
    for old in standing - {name}:
        run(f'DROP DATABASE "{old}"')
    print(name)


def mark():
    """Return a hash of the text of every migration, ours and those of the packages."""
    text = hashlib.sha256(django.get_version().encode())
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        source = inspect.getsource(sys.modules[type(migration).__module__])
        text.update(f"{app}.{name}\n{source}".encode())
    return text.hexdigest()[:12]


def templates():
    """Return the names of the templates on the server."""
    return {name for (name,) in run("SELECT datname FROM pg_database") if name.startswith(PREFIX)}


def make(name):
    """Run the migrations in a database, and give it the name only when they are through."""
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    run(f'ALTER DATABASE "{made}" RENAME TO "{name}"')


def run(statement):
    """Run a statement beside the databases of the tests; its rows, if it has any."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


if __name__ == "__main__":
    main()
