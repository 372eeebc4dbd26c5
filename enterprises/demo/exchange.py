"""What the demo city's market regulator sends: changes taken over by themselves, and some that wait for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from accounts.demo import CITY, COUNTY, TOWN, Recruit, Stage, enlist
from accounts.roles import Role
from enterprises import services as do
from enterprises.demo import base
from enterprises.models import ApiToken, Enterprise, Registration

Steps = Iterator[datetime]
SENDER = "市市场监督管理局"
# Serial numbers of licences that no enterprise of the demo has.
NEW_LICENCES = (900_001, 900_002, 900_003)
DAYS_AGO = 6


def exchange_stories(stage: Stage) -> Iterator[tuple[datetime, Steps]]:
    """Give the week in which the market regulator's system was connected."""
    begin = stage.now - timedelta(days=DAYS_AGO)
    yield begin, connected(stage, begin)


def connected(stage: Stage, at: datetime) -> Steps:
    """Issue the token, then send one notice after another."""
    sender = stage.organisations[SENDER]
    recruit = Recruit(Role.DEPT, "3705-20", "登记注册系统接口", place=CITY, post={"organisation": sender})
    user = enlist(stage, [recruit])[0]
    token, _text = do.issue_token(
        name="登记注册系统",
        organisation=sender,
        user=user,
        from_on=localdate(at),
        to_on=localdate(at) + timedelta(days=365),
        by=stage.people[Role.ADMIN, ""][0],
        at=at,
    )
    for serial, facts in enumerate(notices(stage, at)):
        moment = at + timedelta(hours=1, minutes=7 * serial)
        yield moment
        send(token, serial, facts, moment)


def send(token: ApiToken, serial: int, facts: dict[str, Any], at: datetime) -> Registration:
    """Send one notice."""
    return do.push_registration(facts, key=f"djzc-{serial:06d}", token=token, at=at)[0]


def notices(stage: Stage, at: datetime) -> Iterator[dict[str, Any]]:
    """Give what is sent: four changes, a change of industry, an ending, three new licences."""
    rows = Enterprise.objects.filter(operating_status="normal").order_by("uscc")
    here = list(rows.filter(town_code=TOWN)[5:11])
    for enterprise in here[:4]:
        yield {**about(enterprise, at), "legal_rep_name": stage.name()}
    if len(here) > 5:
        yield {**about(here[4], at), "industry_code": "2614"}
        yield {**about(here[5], at), "kind": "deregister"}
    for licence in NEW_LICENCES:
        yield {
            "kind": "register",
            "uscc": base.code("91", COUNTY, licence),
            "name": f"广饶{stage.random.choice(base.WORDS['first'])}新材料有限公司",
            "division": TOWN,
            "event_on": localdate(at),
            "legal_rep_name": stage.name(),
            "registered_address": f"山东省东营市广饶县大王镇潍高路{licence % 100}号",
            "industry_code": "2651",
        }


def about(enterprise: Enterprise, at: datetime) -> dict[str, Any]:
    """Return a change of the enterprise's registration that changes nothing yet."""
    return {
        "kind": "change",
        "uscc": enterprise.uscc,
        "name": enterprise.name,
        "division": enterprise.region_id,
        "event_on": localdate(at),
    }
