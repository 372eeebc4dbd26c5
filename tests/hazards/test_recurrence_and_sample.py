"""When a hazard is one that had been closed before, and which of those that enterprises close the town looks at."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.calendar import add_months
from hazards.models import Hazard
from hazards.selectors import find_earlier_occurrence, recent_places, similar_open
from hazards.services.rectification import falls_into
from tests.factories.figures import closed, standing
from tests.factories.hazards import FACTS, reported
from tests.people import AT

WORDS = FACTS["description"]
numbers = st.integers(0, 10**9).map(lambda serial: f"YH{serial:012d}")
shares = st.decimals(0, 100, places=2)


def earlier(enterprise, **fields) -> Hazard:
    return closed(enterprise, closed_at=AT - timedelta(days=10), description=WORDS, **fields)


# Come back


@pytest.mark.django_db
def test_what_comes_back_in_the_same_words_names_the_one_before(people, enterprise):
    first = earlier(enterprise)

    assert reported(enterprise, people.enterprise).recurrence_of == first


@pytest.mark.django_db
def test_of_several_it_is_the_newest(people, enterprise):
    earlier(enterprise, found_at=AT - timedelta(days=90))
    newest = earlier(enterprise, found_at=AT - timedelta(days=30))

    assert find_earlier_occurrence(enterprise, WORDS, at=AT) == newest


@pytest.mark.django_db
@pytest.mark.parametrize(("days_before", "found"), [(0, True), (1, False)])
def test_it_is_looked_for_as_far_back_as_the_rulebook_says_by_local_days(enterprise, days_before, found):
    # HAZARD_RECUR_MONTHS: twelve.
    day = add_months(AT.date(), -12) - timedelta(days=days_before)
    earlier(enterprise, found_at=AT.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=1))

    assert bool(find_earlier_occurrence(enterprise, WORDS, at=AT)) is found


@pytest.mark.django_db
def test_what_is_open_at_another_enterprise_or_in_other_words_has_not_come_back(enterprise, other_enterprise):
    standing(enterprise, description=WORDS)
    standing(enterprise, description=WORDS, state="not_hazard")
    earlier(other_enterprise)
    closed(enterprise, closed_at=AT, description=f"{WORDS}。")

    assert find_earlier_occurrence(enterprise, WORDS, at=AT) is None


# Proposed while somebody types


@pytest.mark.django_db
def test_places_named_before_are_proposed_newest_first_each_once(enterprise, other_enterprise):
    for day, place in enumerate(["仓库", "砂光车间", "仓库", "一", "二", "三", "四"]):
        standing(enterprise, place=place, found_at=AT + timedelta(days=day))
    standing(other_enterprise, place="罐区", found_at=AT + timedelta(days=9))

    assert recent_places(enterprise) == ["四", "三", "二", "一", "仓库"]


@pytest.mark.django_db
def test_open_hazards_that_share_the_words_are_shown_to_whoever_sees_them(
    people, enterprise, other_enterprise
):
    same = standing(enterprise, description="灰斗积尘，未清扫")
    standing(enterprise, description="灰斗积尘，未清扫", state="closed", closed_at=AT)
    standing(enterprise, description="灭火器过期")
    standing(other_enterprise, description="灰斗积尘，未清扫")

    assert list(similar_open(people.town, enterprise, "灰斗积尘")) == [same]
    assert not similar_open(people.other_town, enterprise, "灰斗积尘").exists()


# Drawn by lot


@given(numbers)
def test_of_none_nothing_is_drawn_and_of_all_everything(number):
    assert not falls_into(number, Decimal(0))
    assert falls_into(number, Decimal(100))


def test_the_first_lot_of_ten_thousand_is_drawn_by_the_smallest_share_and_not_by_none():
    # Less than one lot: only the first one, of which none holds nothing.
    first = next(number for number in map(str, range(10**6)) if falls_into(number, Decimal("0.005")))

    assert not falls_into(first, Decimal(0))


@given(numbers, shares, shares)
def test_a_larger_share_holds_everything_of_a_smaller_one(number, one, other):
    smaller, larger = sorted([one, other])

    assert falls_into(number, larger) or not falls_into(number, smaller)


@pytest.mark.parametrize("share", [5, 10, 50])
def test_as_many_are_drawn_as_the_share_says(share):
    drawn = sum(falls_into(f"YH3705232026{serial:08d}", Decimal(share)) for serial in range(4_000))

    assert drawn / 40 == pytest.approx(share, abs=2)
