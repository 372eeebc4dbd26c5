"""What a person keeps about a list: filters under a name, and the choice of columns."""

import json
from dataclasses import dataclass

from django.db import connection

from accounts.models import User

# Every list asks this; as two statements of the ORM it takes longer to write than to answer.
KEPT = """
SELECT id, name, query, NULL::jsonb FROM listings_savedfilter WHERE user_id = %(user)s AND page = %(page)s
UNION ALL
SELECT 0, '', '', names FROM listings_columnchoice WHERE user_id = %(user)s AND page = %(page)s
ORDER BY 1
"""


@dataclass(frozen=True)
class KeptFilter:
    """A filter that the person gave a name."""

    pk: int
    name: str
    query: str


@dataclass(frozen=True)
class Kept:
    """The person's own filters in the order in which they were kept, and the columns chosen; none are the page's own."""

    filters: tuple[KeptFilter, ...] = ()
    columns: tuple[str, ...] = ()


def kept_by(user: User, page: str) -> Kept:
    """Return what the person keeps about the list, by one statement."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT, {"user": user.pk, "page": page})
        rows = cursor.fetchall()
    columns = [json.loads(names) for key, _name, _query, names in rows if not key]
    filters = [KeptFilter(key, name, query) for key, name, query, _names in rows if key]
    return Kept(tuple(filters), tuple(columns[0]) if columns else ())
