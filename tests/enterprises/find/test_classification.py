"""Classes that follow from what is on file: high-risk units, key points, grades of standardisation."""

from datetime import date

import pytest

from enterprises.classification import high_risk, is_high_risk
from enterprises.models import Enterprise
from tests.factories.enterprises import make_enterprise
from tests.factories.ledgers import make_row
from tests.factories.sources import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(people, sign_in):
    """Return the names on the list under conditions."""

    def _shown(**asked):
        answer = sign_in(people.county).get("/enterprises/", asked)
        return {row.name for row in Enterprise.objects.all() if row.name in answer.text}

    return _shown


@pytest.mark.parametrize(
    ("facts", "is_one"),
    [
        ({}, False),
        ({"regulatory_category": "hazchem"}, True),
        ({"regulatory_category": "construction_other", "sub_category": "交通运输"}, True),
        ({"regulatory_category": "construction_other", "sub_category": "养老"}, False),
        ({"sub_category": "交通运输"}, False),
        ({"risk_tags": ["gas", "molten_metal"]}, True),
        ({"risk_tags": ["ammonia"]}, True),
        ({"risk_tags": ["crowded", "rented"]}, False),
    ],
)
def test_a_row_and_the_condition_agree_on_what_a_high_risk_unit_is(people, facts, is_one):
    row = make_enterprise(**facts)

    assert is_high_risk(row) is is_one
    assert Enterprise.objects.filter(high_risk(), pk=row.pk).exists() is is_one
    assert Enterprise.objects.exclude(high_risk()).filter(pk=row.pk).exists() is not is_one


def test_the_list_tells_high_risk_units_from_the_others(shown, people):
    make_enterprise(name="高危甲", risk_tags=["dust"])
    make_enterprise(name="寻常乙")

    assert "高危甲" in shown(high_risk="true")
    assert "寻常乙" not in shown(high_risk="true")
    assert "寻常乙" in shown(high_risk="false")


def test_key_processes_and_key_chemicals_are_conditions(shown, people):
    first, second, third = (make_enterprise(name=name) for name in ("重点甲", "重点乙", "寻常丙"))
    make_row("processes", first, is_key=True, key_kind="nitration")
    make_row("chemicals", second, is_key=True)
    make_row("processes", third, is_key=False)
    make_row("chemicals", third, is_key=False)

    assert shown(key="process") == {"重点甲"}
    assert shown(key="chemical") == {"重点乙"}
    assert shown(key=["process", "chemical"]) == {"重点甲", "重点乙"}


def test_a_major_source_is_a_key_point(shown, people):
    owner = make_enterprise(name="重大甲")
    make_enterprise(name="寻常乙")
    recorded(owner, people.county)

    assert shown(key="source") == {"重大甲"}


def test_a_grade_of_standardisation_counts_while_it_is_valid(shown, people):
    first, second, third = (make_enterprise(name=name) for name in ("二级甲", "过期乙", "三级丙"))
    ahead = {"valid_from": date(2025, 1, 1), "valid_to": date(2099, 1, 1)}
    make_row("standardisation", first, grade="second", **ahead)
    make_row(
        "standardisation", second, grade="second", valid_from=date(2020, 1, 1), valid_to=date(2023, 1, 1)
    )
    make_row("standardisation", third, grade="third", **ahead)

    assert shown(standard="second") == {"二级甲"}
