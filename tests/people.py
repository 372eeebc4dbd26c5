"""The standing people of the tests: one of each role, in a small Dongying.

Guangrao (370523) is "here", Lijin (370522) is "elsewhere"; Dawang (370523101) is the town of most tests.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.models import Organisation, Post, Role, User
from regions.models import Grid, Region, RegionLevel

AT = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PLACES = {
    "37": "山东省",
    "3705": "东营市",
    "370522": "利津县",
    "370523": "广饶县",
    "370522001": "利津街道",
    "370523101": "大王镇",
    "370523102": "稻庄镇",
    "370522001001": "津苑社区",
    "370523101001": "大王社区",
    "370523101200": "王西村",
    "370523102001": "稻庄社区",
}
LEVELS = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}
PASSWORD = "Guard-2026-sea"


@dataclass
class People:
    """The standing people by the name of their role; `other_*` are the same role elsewhere."""

    city: User
    county: User
    other_county: User
    town: User
    other_town: User
    grid: User
    leader: User
    legal: User
    officer: User
    second_officer: User
    dept: User
    enterprise: User
    other_enterprise: User
    expert: User
    agency: User
    admin: User
    security: User
    auditor: User


def make_places() -> None:
    """Create the divisions, parents first, and one grid."""
    for code, name in PLACES.items():
        Region.objects.create(
            code=code,
            name=name,
            level=RegionLevel(LEVELS[len(code)]),
            parent_id=parent_code(code),
        )
    Grid.objects.create(code="370523101001001", region_id="370523101001", kind="safety", name="大王社区网格1")


def parent_code(code: str) -> str | None:
    """Cut a division code to the length of its parent."""
    return {2: None, 4: code[:2], 6: code[:4], 9: code[:6], 12: code[:9]}[len(code)]


def make_organisation(name: str, region: str, kind: str, mark: str = "") -> Organisation:
    """Create an organisation of a place."""
    return Organisation.objects.create(
        name=name, short_name=name, region_id=region, kind=kind, document_mark=mark
    )


def make_user(username: str, name: str, role: str, **post: object) -> User:
    """Create a user with one post since 2025."""
    user = User.objects.create_user(
        username=username,
        password=PASSWORD,
        name=name,
        organisation=post.get("organisation"),
        is_staff=role in {Role.ADMIN, Role.SECURITY, Role.AUDITOR},
    )
    Post.objects.create(user=user, role=role, from_on=date(2025, 1, 1), title=Role(role).label, **post)
    return user


def make_people(enterprise_id: int, other_enterprise_id: int) -> People:
    """Create everybody; the two safety officers belong to the enterprises given."""
    city = make_organisation("东营市应急管理局", "3705", "bureau", "东")
    county = make_organisation("广饶县应急管理局", "370523", "bureau", "广")
    elsewhere = make_organisation("利津县应急管理局", "370522", "bureau", "利")
    town = make_organisation("大王镇应急管理办公室", "370523101", "town", "广大王")
    other_town = make_organisation("稻庄镇应急管理办公室", "370523102", "town", "广稻庄")
    agency = make_organisation("东营海岸安全技术服务有限公司", "3705", "agency")
    dept = make_organisation("东营市工业和信息化局", "3705", "department", "东工信")
    here = {"organisation": county, "region_id": "370523"}
    return People(
        city=make_user("city", "秦望舒", Role.CITY, organisation=city, region_id="3705"),
        county=make_user("county", "周明远", Role.COUNTY, **here),
        other_county=make_user(
            "other_county", "魏长林", Role.COUNTY, organisation=elsewhere, region_id="370522"
        ),
        town=make_user("town", "孙晓燕", Role.TOWN, organisation=town, region_id="370523101"),
        other_town=make_user("other_town", "曹振", Role.TOWN, organisation=other_town, region_id="370523102"),
        grid=make_user("grid", "冯守田", Role.GRID, region_id="370523101001", grid_code="370523101001001"),
        leader=make_user("leader", "韩立新", Role.LEADER, **here),
        legal=make_user("legal", "李文博", Role.LEGAL, **here),
        officer=make_user("officer", "马会芳", Role.OFFICER, **here),
        second_officer=make_user("second_officer", "丁一鸣", Role.OFFICER, **here),
        dept=make_user("dept", "程砚", Role.DEPT, organisation=dept, region_id="3705", industry="hazchem"),
        enterprise=make_user("enterprise", "陆春生", Role.ENTERPRISE, enterprise_id=enterprise_id),
        other_enterprise=make_user(
            "other_enterprise", "郑栖云", Role.ENTERPRISE, enterprise_id=other_enterprise_id
        ),
        expert=make_user("expert", "沈听澜", Role.EXPERT),
        agency=make_user("agency", "许清和", Role.AGENCY, organisation=agency),
        admin=make_user("admin", "系统管理员", Role.ADMIN),
        security=make_user("security", "安全管理员", Role.SECURITY),
        auditor=make_user("auditor", "审计员", Role.AUDITOR),
    )
