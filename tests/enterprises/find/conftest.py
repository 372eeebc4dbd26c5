"""A token of the county, and of the market regulator for the whole city."""

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import Organisation, User
from enterprises.models import ApiToken
from enterprises.services import issue_token
from tests.people import AT, make_organisation, make_user


@pytest.fixture
def registry(people) -> User:
    """The account of the market regulator's system: the competent department, for all industries of the city."""
    body = make_organisation("东营市市场监督管理局", "3705", "department", "东市监")
    return make_user("registry", "市场监管接口", "dept", organisation=body, region_id="3705")


def token_for(user: User, people, **more: object) -> tuple[ApiToken, str]:
    """Issue a token that sees what the person sees."""
    facts = {
        "name": "接口",
        "organisation": user.organisation or Organisation.objects.first(),
        "from_on": date(2025, 1, 1),
        "to_on": date(2026, 12, 31),
        **more,
    }
    return issue_token(user=user, by=people.admin, at=AT, **facts)


@pytest.fixture
def api(people, client, time_machine):
    """Return a way to ask as a person's system: `api(person).get(…)`."""
    time_machine.move_to(AT + timedelta(hours=1))

    def as_(user: User, **more: object) -> Client:
        _token, text = token_for(user, people, **more)
        return Client(headers={"Authorization": f"Bearer {text}"})

    return as_
