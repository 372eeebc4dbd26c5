"""Words that were copied: what counts as alike, within an enterprise and between those of a county."""

from datetime import timedelta
from random import Random

import pytest
from django.db import connection

from hazards.models import Hazard
from inspections.doubts import services
from inspections.doubts.asking import midnight, statement
from inspections.doubts.services import WINDOW
from inspections.doubts.texts import LIKENESS, WITHIN, Mark, copied_between, copied_text, copied_within
from inspections.models import Doubt, Finding
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import standing as hazard
from tests.factories.inspections import make_items, under_way
from tests.factories.rulebook import make_parameter
from tests.people import AT

pytestmark = pytest.mark.django_db
TODAY = (AT + timedelta(days=60)).date()
SINCE = TODAY - WINDOW
LONG = "除尘系统灰斗卸灰阀处积尘较厚未按制度每班清理记录不完整{}"
WORDINGS = ("", "。", "请整改")


def told(enterprise, *texts: str, **facts) -> list[Hazard]:
    """Hazards of one enterprise in these words, a week from one to the next."""
    return [
        hazard(enterprise, found_at=AT + timedelta(days=1 + 7 * turn), description=text, **facts)
        for turn, text in enumerate(texts)
    ]


def county_of(n: int) -> list:
    """So many further enterprises of one town."""
    return [make_enterprise("370523101001") for _ in range(n)]


def test_words_that_differ_a_little_are_copied_too(people, enterprise):
    rows = told(enterprise, *(LONG.format(end) for end in ("甲班", "乙班", "丙班")))

    (found,) = copied_within(SINCE, TODAY)

    assert found.evidence["hazards"] == [row.pk for row in rows]
    assert (found.weight, found.evidence["wordings"]) == (3, 3)


def test_other_words_about_the_same_thing_are_not(people, enterprise):
    told(enterprise, "一车间除尘风机未接地", "二车间配电箱门缺失", "仓库安全出口被纸箱堵塞")

    assert copied_within(SINCE, TODAY) == []


@pytest.mark.parametrize(("share", "found"), [(95, 0), (70, 1), (50, 1)])
def test_how_alike_they_must_be_stands_in_the_rulebook(people, enterprise, share, found):
    make_parameter("DOUBT_COPIED_ALIKE", share, jurisdiction="370523", unit="percent")
    told(enterprise, *(LONG.format(end) for end in ("甲班", "乙班", "丙班")))

    assert len(copied_within(SINCE, TODAY)) == found


def test_a_number_of_another_county_holds_there_alone(people, enterprise, other_enterprise):
    make_parameter("DOUBT_COPIED_TIMES", 2, jurisdiction="370522", unit="count")
    for each in (enterprise, other_enterprise):
        told(each, LONG.format(""), LONG.format(""))

    assert [found.enterprise for found in copied_within(SINCE, TODAY)] == [other_enterprise.pk]


def test_what_several_enterprises_write_alike_is_a_doubt_about_the_later_ones(people, enterprise):
    second, third = county_of(2)
    first = told(enterprise, LONG.format(WORDINGS[0]))[0]
    for turn, each in enumerate((second, third), 1):
        hazard(each, found_at=AT + timedelta(days=9 + turn), description=LONG.format(WORDINGS[turn]))

    found = copied_between(SINCE, TODAY)

    assert [each.enterprise for each in found] == [second.pk, third.pk]
    assert {each.evidence["enterprises"] for each in found} == {3}
    assert all(first.pk in each.evidence["hazards"] for each in found)


@pytest.mark.parametrize("why", ["two only", "short words", "another county"])
def test_no_doubt_between_enterprises_for(why, people, enterprise, other_enterprise):
    others = county_of(1 if why == "two only" else 2)
    if why == "another county":
        others[-1] = other_enterprise
    text = "灭火器压力不足" if why == "short words" else LONG.format("")
    for each in (enterprise, *others):
        told(each, text)

    assert copied_between(SINCE, TODAY) == []


def test_the_words_of_the_check_item_are_nobodys_copy(people, enterprise):
    (item,) = make_items(1, content=LONG.format(""))
    visit = under_way(people, enterprise)
    for each in (enterprise, *county_of(2)):
        (row,) = told(each, f"不符合：{LONG.format('')}")
        Finding.objects.create(visit=visit, hazard=row, item=item)

    assert copied_between(SINCE, TODAY) == []


def test_of_many_different_texts_none_is_a_copy(people, enterprise):
    dice = Random(7)  # noqa: S311 - words for a test
    rows = county_of(3)
    for turn in range(300):
        text = "".join(chr(dice.randint(0x4E00, 0x5600)) for _sign in range(30))
        hazard(rows[turn % 3], found_at=AT + timedelta(days=1), description=text)

    assert copied_text(SINCE, TODAY) == []


def test_the_statement_can_be_explained(people, enterprise):
    told(enterprise, LONG.format(""))
    fewest, shortest = (
        Mark("fewest", "DOUBT_COPIED_TIMES", "h"),
        Mark("shortest", "DOUBT_COPIED_SHORTEST", "h"),
    )
    words, given = statement(WITHIN, SINCE, TODAY, LIKENESS, fewest, shortest)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {words}", given)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "CTE texts" in plan
    assert given["since"] == midnight(SINCE)


def test_a_wording_at_another_middle_is_no_new_doubt_after_somebody_has_spoken(people, enterprise):
    rows = told(enterprise, *(LONG.format(end) for end in ("甲班", "乙班", "丙班", "丁班")))
    now = AT + timedelta(days=40)
    services.find_kind("copied_text", at=now)
    services.explain_doubt(Doubt.objects.get(), reason="同一工艺的例行问题", by=people.town, at=now)
    Hazard.objects.filter(pk=rows[0].pk).update(state="not_hazard")

    assert services.find_kind("copied_text", at=now + timedelta(days=1)) == (0, 0)
