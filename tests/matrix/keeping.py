"""The world of the matrix made once in a test database, and put back as rows and files from then on.

To make one of everything through the services takes longer than most of what is then asked of it, in every module anew.
"""

import shutil
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from enterprises.models import Enterprise
from tests.emptying import marks_of, write_anew
from tests.matrix.world import World, make_world
from tests.people import People
from tests.standing import Rows, every_model, rows_of


@dataclass(frozen=True)
class Kept:
    """A world as it was made, the whole of every table in which something was written for it, and its files."""

    world: World
    rows: list[Rows]
    files: Path


_known: dict[str, Kept] = {}


def laid_world(people: People, enterprise: Enterprise) -> World:
    """Put one of everything beside the standing people, and return it."""
    name = connection.settings_dict["NAME"]
    if name not in _known:
        _known[name] = kept(people, enterprise)
    return put_back(_known[name], enterprise)


def kept(people: People, enterprise: Enterprise) -> Kept:
    """Make the world, in a transaction that is undone, and keep what was written."""
    files = Path(mkdtemp())
    models = {model._meta.db_table: model for model in every_model()}
    with transaction.atomic(), connection.cursor() as cursor, override_settings(MEDIA_ROOT=files):
        before = marks_of(cursor, list(models))
        world = make_world(people, enterprise)
        after = marks_of(cursor, list(models))
        written = [table for table in models if after[table] != before[table]]
        rows = [rows_of(cursor, models[table], "TRUE") for table in written]
        transaction.set_rollback(True)
    return Kept(world, rows, files)


def put_back(was: Kept, enterprise: Enterprise) -> World:
    """Write the rows and the files; the enterprise of the world is the one that the test has."""
    shutil.copytree(was.files, settings.MEDIA_ROOT, dirs_exist_ok=True)
    with transaction.atomic(), connection.cursor() as cursor:
        # What was written before in this transaction is checked first: a table on which a check waits cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        write_anew(cursor, [rows.table for rows in was.rows], was.rows)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return replace(deepcopy(was.world), enterprise=enterprise)
