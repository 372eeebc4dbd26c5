"""A file with the ID number of its legal representative."""

import pytest

from enterprises.models import Enterprise
from enterprises.services import change
from tests.factories.identity import valid_id_no
from tests.people import AT

NUMBER = valid_id_no(27)
SHOWN = f"370{'*' * 11}{NUMBER[-4:]}"


@pytest.fixture
def filed(people, enterprise) -> Enterprise:
    """The standing enterprise, the number entered by the town."""
    return change(enterprise, facts={"legal_rep_id_no": NUMBER}, by=people.town, at=AT)
