"""How PostgreSQL would answer a question in a city: many rows made of one, and the plan over them."""

from django.db import connection
from django.db.models import Model, QuerySet

# Beyond this a table is worth an index: with a handful of rows every index costs the same, and chance chooses.
MANY = 3000


def multiply(row: Model, times: int = MANY, **parts: str) -> None:
    """Copy a row many times and gather the statistics; a part is SQL for a column, `nth` the number of the copy."""
    fields = [f for f in row._meta.concrete_fields if f.name in parts or not (f.generated or f.primary_key)]
    quoted = connection.ops.quote_name
    into = ", ".join(quoted(field.column) for field in fields)
    values = ", ".join(parts.get(field.name, quoted(field.column)) for field in fields)
    table = quoted(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({into}) SELECT {values} "  # noqa: S608 - names of the model and words of the test
            f"FROM {table} CROSS JOIN generate_series(1, %s) copy(nth) WHERE {quoted(row._meta.pk.column)} = %s",
            [times, row.pk],
        )
        cursor.execute(f"ANALYZE {table}")


def plan_of(asked: QuerySet | str, *off: str) -> str:
    """Return the plan of a question, rows or a whole statement; `off` are ways it may not go, such as `seqscan`."""
    with connection.cursor() as cursor:
        for way in off:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        if not isinstance(asked, str):
            return asked.explain()
        cursor.execute(f"EXPLAIN {asked.replace('%', '%%')}")
        return "\n".join(line for (line,) in cursor.fetchall())
