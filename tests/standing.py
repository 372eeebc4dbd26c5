"""The standing places, enterprises and people: made once in a test database, and put back as rows from then on.

To make eighteen people through the models takes longer than most tests do, and they are the same every time.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from io import StringIO
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, transaction

from enterprises.models import Enterprise
from tests.factories.enterprises import make_enterprise
from tests.people import make_people, make_places

# What the database writes by itself when a row comes in comes anew with the row.
BY_TRIGGER = "event"


class Rows(NamedTuple):
    """Rows of one table as COPY writes them."""

    table: str
    columns: str
    text: str


@dataclass(frozen=True)
class Step:
    """What was made together, and the rows that it wrote."""

    made: Any
    rows: list[Rows]

    def put_back(self) -> Any:
        """Write the rows, and return copies of what was made: a test may change them."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table, columns, text in self.rows:
                cursor.copy_expert(f'COPY "{table}" ({columns}) FROM STDIN', StringIO(text))
        return deepcopy(self.made)


@dataclass(frozen=True)
class Standing:
    """The steps, each of which stands on the one before."""

    places: Step
    enterprise: Step
    other_enterprise: Step
    people: Step


_known: dict[str, Standing] = {}


def standing() -> Standing:
    """Return the steps for the database in use; the first to ask makes them, in a transaction that is undone."""
    name = connection.settings_dict["NAME"]
    if name not in _known:
        with transaction.atomic():
            _known[name] = make()
            transaction.set_rollback(True)
    return _known[name]


def make() -> Standing:
    """Make everything as the tests of the services do, and keep what was written."""
    places, ours, others = step(make_places), step(our_enterprise), step(chemical_enterprise)
    return Standing(places, ours, others, step(lambda: make_people(ours.made.pk, others.made.pk)))


def our_enterprise() -> Enterprise:
    """Make the enterprise in Dawang where `people.enterprise` is safety officer."""
    return make_enterprise(name="广饶砚池木业有限公司", grid_id="370523101001001")


def chemical_enterprise() -> Enterprise:
    """Make a chemical enterprise in another county."""
    return make_enterprise("370522001001", name="利津棠川石化有限公司", regulatory_category="hazchem")


def step(make: Callable[[], Any]) -> Step:
    """Make something, and keep it with the rows that came with it."""
    before = {(rows.table, line) for rows in written() for line in rows.text.splitlines()}
    made = make()
    after = [
        rows._replace(
            text="".join(f"{line}\n" for line in rows.text.splitlines() if (rows.table, line) not in before)
        )
        for rows in written()
    ]
    return Step(made, [rows for rows in after if rows.text])


def written() -> list[Rows]:
    """Return the rows of this transaction, table by table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::xid::text::bigint")
        here = f"xmin::text::bigint >= {cursor.fetchone()[0]}"
        return [rows_of(cursor, model, here) for model in models() if has_rows(cursor, model, here)]


def models() -> list[Any]:
    """Return the models whose rows somebody writes."""
    return [model for model in every_model() if not model._meta.model_name.endswith(BY_TRIGGER)]


def every_model() -> list[Any]:
    """Return the models that have a table of their own."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def has_rows(cursor: Any, model: Any, here: str) -> bool:
    """Say whether this transaction wrote rows of the model."""
    cursor.execute(f'SELECT EXISTS (SELECT FROM "{model._meta.db_table}" WHERE {here})')
    return cursor.fetchone()[0]


def rows_of(cursor: Any, model: Any, here: str) -> Rows:
    """Return those rows of a model that are `here`; what the database computes it computes again."""
    table, text = model._meta.db_table, StringIO()
    given = [field.column for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{column}"' for column in given)
    cursor.copy_expert(f'COPY (SELECT {columns} FROM "{table}" WHERE {here}) TO STDOUT', text)
    return Rows(table, columns, text.getvalue())
