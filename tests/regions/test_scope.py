"""Who sees which rows: the same rule as a condition on a table and on one object."""

from copy import deepcopy
from types import MappingProxyType, SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from regions.models import Grid, Region
from regions.querysets import GridQuerySet
from regions.scope import Scope, ScopeEntry, ScopeFields, condition, covers
from tests.factories.regions import make_grid, make_region
from tests.plans import multiply, plan_of

HERE, SAME_TOWN, SAME_COUNTY = "370523101001001", "370523101002001", "370523102001001"
SAME_CITY, ELSEWHERE = "370522001001001", "370102001001001"
EVERYWHERE = {HERE, SAME_TOWN, SAME_COUNTY, SAME_CITY, ELSEWHERE}
INDUSTRY = ScopeFields(prefix="enterprise", industry="enterprise__category", enterprise="enterprise_id")


def holding(*entries: ScopeEntry, **grants: frozenset[int]) -> SimpleNamespace:
    """A person who holds these entries."""
    return SimpleNamespace(is_active=True, scope=Scope(entries, MappingProxyType(grants)))


@pytest.fixture
def grids(db) -> None:
    for code in sorted(EVERYWHERE):
        make_grid(code)


def seen_by(user: object) -> set[str]:
    return set(Grid.objects.visible_to(user).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("37", EVERYWHERE),
        ("3705", EVERYWHERE - {ELSEWHERE}),
        ("370523", {HERE, SAME_TOWN, SAME_COUNTY}),
        ("370523101", {HERE, SAME_TOWN}),
        ("370523101001", {HERE}),
        ("370524", set()),
    ],
)
def test_a_post_sees_its_region_and_all_below(grids, region, expected):
    assert seen_by(holding(ScopeEntry(region=region))) == expected


def test_posts_in_several_regions_add_up(grids):
    user = holding(ScopeEntry(region="370523101"), ScopeEntry(region="370522"), ScopeEntry(region="370102"))
    assert seen_by(user) == {HERE, SAME_TOWN, SAME_CITY, ELSEWHERE}


def test_a_grid_worker_sees_the_grid_and_not_its_neighbour(grids):
    make_grid("370523101001002")
    user = holding(ScopeEntry(region="370523101001", grid=HERE))
    assert seen_by(user) == {HERE}


def test_a_part_that_the_model_does_not_keep_gives_nothing(grids):
    assert seen_by(holding(ScopeEntry(region="3705", industry="hazchem"))) == set()
    assert seen_by(holding(ScopeEntry(enterprise_id=7))) == set()


def test_an_empty_post_sees_nothing(grids):
    assert seen_by(holding(ScopeEntry(role="admin", post_id=3))) == set()


@pytest.mark.parametrize(
    "user",
    [
        None,
        AnonymousUser(),
        SimpleNamespace(is_active=True),
        SimpleNamespace(is_active=True, scope=Scope.NONE),
    ],
)
def test_a_visitor_sees_nothing(grids, user):
    assert seen_by(user) == set()


def test_a_closed_account_sees_nothing(grids):
    user = holding(ScopeEntry(region="37"))
    user.is_active = False
    assert seen_by(user) == set()


def test_a_row_at_county_level_is_seen_by_the_county_and_no_town(grids):
    make_grid("370523000000001", region=make_region("370523"))
    assert "370523000000001" in seen_by(holding(ScopeEntry(region="370523")))
    assert "370523000000001" not in seen_by(holding(ScopeEntry(region="370523101")))


def test_what_is_granted_one_by_one_is_seen_outside_the_region(grids):
    user = holding(ScopeEntry(region="370523101"), **{"regions.grid": frozenset({ELSEWHERE})})
    assert seen_by(user) == {HERE, SAME_TOWN, ELSEWHERE}
    assert seen_by(holding(**{"regions.region": frozenset({ELSEWHERE})})) == set()


def test_a_child_is_reached_through_the_prefix():
    where = condition(Scope((ScopeEntry(region="370523"),)), INDUSTRY, Grid)
    assert where.children == [("enterprise__county_code", "370523")]


def test_a_department_sees_its_industry_inside_its_region_only():
    where = condition(Scope((ScopeEntry(region="3705", industry="hazchem"),)), INDUSTRY, Grid)
    assert where.connector == "AND"
    assert set(where.children) == {("enterprise__city_code", "3705"), ("enterprise__category", "hazchem")}


def test_a_safety_officer_sees_one_enterprise():
    where = condition(Scope((ScopeEntry(enterprise_id=7),)), INDUSTRY, Grid)
    assert where.children == [("enterprise_id", 7)]


def test_a_narrower_post_adds_no_condition():
    entries = (
        ScopeEntry(region="370523"),
        ScopeEntry(region="370523101"),
        ScopeEntry(region="370523", post_id=9),
    )
    assert condition(Scope(entries), INDUSTRY, Grid).children == [("enterprise__county_code", "370523")]


def test_two_counties_are_one_condition():
    entries = (ScopeEntry(region="370523"), ScopeEntry(region="370522"))
    where = condition(Scope(entries), INDUSTRY, Grid)
    assert where.children == [("enterprise__county_code__in", ["370523", "370522"])]


ENTRIES = [
    ScopeEntry(),
    ScopeEntry(region="37"),
    ScopeEntry(region="3705"),
    ScopeEntry(region="370523"),
    ScopeEntry(region="370523101"),
    ScopeEntry(region="370523101001"),
    ScopeEntry(grid=HERE),
    ScopeEntry(region="370522", grid=HERE),
    ScopeEntry(region="3705", industry="hazchem"),
    ScopeEntry(enterprise_id=7),
]


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_the_rule_for_one_object_is_the_rule_for_the_table(grids, entry):
    inside = {grid.code for grid in Grid.objects.all() if covers(entry, grid, GridQuerySet.scope_fields)}
    assert inside == seen_by(holding(entry))


def test_an_object_is_followed_through_its_relations():
    enterprise = SimpleNamespace(county_code="370523", category="hazchem")
    child = SimpleNamespace(enterprise=enterprise, enterprise_id=7)
    assert covers(ScopeEntry(region="370523", industry="hazchem"), child, INDUSTRY)
    assert not covers(ScopeEntry(region="370523", industry="mine"), child, INDUSTRY)
    assert covers(ScopeEntry(enterprise_id=7), child, INDUSTRY)
    assert not covers(
        ScopeEntry(enterprise_id=7), SimpleNamespace(enterprise=None, enterprise_id=None), INDUSTRY
    )


def test_scope_and_order_share_an_index(grids):
    """A list of one county is read from the index in its order: no scan of the table, no sort."""
    multiply(Grid.objects.get(code=SAME_CITY), code="'37052200101' || lpad(nth::text, 4, '0')")
    rows = Grid.objects.visible_to(holding(ScopeEntry(region="370523"))).order_by("code")[:50]
    plan = plan_of(rows, "seqscan")
    assert "regions_grid_by_county" in plan
    assert "Index Cond: ((county_code)::text = '370523'::text)" in plan
    assert "Sort" not in plan


def test_a_picker_offers_the_regions_of_the_posts(grids):
    user = holding(ScopeEntry(region="370523101", industry="hazchem"))
    assert set(Region.objects.visible_to(user).values_list("code", flat=True)) == {
        "370523101",
        "370523101001",
        "370523101002",
    }
    assert not Region.objects.visible_to(holding(ScopeEntry(enterprise_id=7))).exists()


def test_a_scope_is_its_own_copy():
    scope = Scope((ScopeEntry(region="3705"),), MappingProxyType({}))
    assert deepcopy(scope) is scope
