"""Notices of the market regulator for the tests."""

from datetime import date, datetime
from typing import Any

from accounts.models import User
from enterprises.models import ApiToken, Enterprise, Registration
from enterprises.services import push_registration
from tests.factories.enterprises import valid_uscc
from tests.people import AT, People


def make_token(user: User, by: User, at: datetime = AT) -> ApiToken:
    """Create a token of the person."""
    return ApiToken.objects.create(
        name="接口",
        organisation=user.organisation,
        user=user,
        start="sw_12345",
        digest=f"{user.pk:064}",
        from_on=date(2025, 1, 1),
        to_on=date(2027, 1, 1),
        issued_by=by,
        issued_at=at,
    )


def make_registration(enterprise: Enterprise, people: People, at: Any = AT) -> Registration:
    """Take in a change of the industry, which waits for a person."""
    facts = {
        "kind": "change",
        "uscc": enterprise.uscc,
        "name": enterprise.name,
        "division": "370523101",
        "event_on": date(2026, 3, 1),
        "industry_code": "2614",
    }
    token = make_token(people.county, people.admin, at)
    return push_registration(facts, key="world", token=token, at=at)[0]


def make_first_registration(people: People, at: Any = AT, **facts: Any) -> Registration:
    """Take in the registration of an enterprise that has no file yet."""
    said = {
        "kind": "register",
        "uscc": valid_uscc(777),
        "name": "广饶新立化工有限公司",
        "division": "370523101",
        "event_on": date(2026, 3, 9),
        "legal_rep_name": "高砚清",
        "registered_address": "大王镇8号",
        **facts,
    }
    token = make_token(people.county, people.admin, at)
    return push_registration(said, key="first", token=token, at=at)[0]
