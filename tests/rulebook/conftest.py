"""The rulebook's own tests write their own law: they begin with an empty one."""

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def empty_rulebook(request: pytest.FixtureRequest) -> None:
    """Empty the rulebook for the length of the test; what the session loaded is back afterwards."""
    if request.node.get_closest_marker("django_db") is None and "db" not in request.fixturenames:
        return
    request.getfixturevalue("db")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE rulebook_law, rulebook_question CASCADE")
