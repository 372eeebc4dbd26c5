"""The arithmetic of the score, for facts of any kind: what is earned, where the tiers begin, and how places add up."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import count

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Post, Role, User
from enterprises.models import Enterprise
from hazards.models import Hazard
from inspections.figures.months import count_conduct
from inspections.figures.page import conduct_of
from inspections.figures.standing import rate
from inspections.models import ConductMonth, Doubt, SelfCheckList, Standing, Visit
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import moment
from tests.factories.figures import standing as hazard
from tests.people import AT

pytestmark = pytest.mark.django_db
TODAY = localdate(AT)
DAY = timedelta(days=1)
_serial = count(1)


@dataclass(frozen=True)
class Facts:
    """What an enterprise does; each number is one of records."""

    list_state: str = "missing"
    late: bool = False
    phone: bool = False
    checked: int = 0
    found: int = 0
    in_time: int = 0
    too_late: int = 0
    overdue: int = 0
    upheld: int = 0

    @property
    def points(self) -> Decimal:
        """What the rulebook gives for it (CONDUCT_*), before rounding."""
        kept = self.list_state == "accepted" and not self.late
        due = self.in_time + self.too_late + self.overdue
        rectified = Decimal(20) * self.in_time / due if due else Decimal(20 if self.checked else 0)
        return (
            {"accepted": Decimal(20), "compiled": Decimal(10), "missing": Decimal(0)}[self.list_state]
            + (10 if self.phone else 0)
            + (20 if kept else 0)
            + (20 if self.found else 10 if self.checked else 0)
            + rectified
            + (0 if self.overdue else 10)
            - 10 * min(self.upheld, 2)
        )

    @property
    def score(self) -> int:
        """Whole points, never below none."""
        return max(0, int(self.points.quantize(Decimal(1), ROUND_HALF_UP)))


any_facts = st.builds(
    Facts,
    list_state=st.sampled_from(["missing", "compiled", "accepted"]),
    late=st.booleans(),
    phone=st.booleans(),
    checked=st.integers(0, 2),
    found=st.integers(0, 2),
    in_time=st.integers(0, 3),
    too_late=st.integers(0, 3),
    overdue=st.integers(0, 2),
    upheld=st.integers(0, 4),
)
BETTER = {
    "list_state": lambda facts: "compiled" if facts.list_state == "missing" else "accepted",
    "late": lambda facts: False,
    "phone": lambda facts: True,
    "checked": lambda facts: facts.checked + 1,
    "found": lambda facts: facts.found + 1,
    "in_time": lambda facts: facts.in_time + 1 if facts.in_time + facts.too_late + facts.overdue else 0,
    "too_late": lambda facts: max(facts.too_late - 1, 0) if facts.in_time else facts.too_late,
    "overdue": lambda facts: 0 if not facts.in_time + facts.too_late else facts.overdue,
    "upheld": lambda facts: max(facts.upheld - 1, 0),
}
in_one_test = settings(
    deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def standings(several: Iterable[Facts]) -> list[Standing]:
    """Rate enterprises that do this, and leave nothing behind."""
    several = list(several)
    with transaction.atomic():
        made = [make_enterprise() for _ in several]
        for enterprise, facts in zip(made, several, strict=True):
            write(enterprise, facts)
        rate(on=TODAY)
        found = Standing.objects.in_bulk([each.pk for each in made], field_name="enterprise_id")
        transaction.set_rollback(True)
    return [found[each.pk] for each in made]


def write(enterprise: Enterprise, facts: Facts) -> None:
    """Write the records that say so, as rows; how they came about does not matter here."""
    if facts.list_state != "missing":
        state = {"compiled": "submitted"}.get(facts.list_state, facts.list_state)
        SelfCheckList.objects.create(
            enterprise=enterprise,
            number=1,
            cycle_days=30,
            state=state,
            state_since=AT,
            version=1,
            created_at=AT,
            next_check_on=TODAY - DAY if facts.late else TODAY,
        )
    if facts.phone:
        user = User.objects.create(
            username=f"phone-{enterprise.pk}", name="陆春生", phone=f"138{enterprise.pk:08d}"
        )
        Post.objects.create(
            user=user, role=Role.ENTERPRISE, enterprise_id=enterprise.pk, from_on=date(2025, 1, 1)
        )
    Visit.objects.bulk_create([check_of(enterprise) for _ in range(facts.checked)])
    rows = [(facts.found, {"source": "self_check", "found_at": AT, "deadline_on": None, "state": "reported"})]
    old = {"source": "inspection", "found_at": AT - 200 * DAY, "deadline_on": TODAY - DAY}
    done = {**old, "state": "closed", "closed_at": AT}
    rows += [
        (facts.in_time, {**done, "rectified_at": AT - DAY}),
        (facts.too_late, {**done, "rectified_at": AT}),
        (facts.overdue, {**old, "state": "rectifying"}),
    ]
    for number, fields in rows:
        for _ in range(number):
            hazard(enterprise, **fields)
    Doubt.objects.bulk_create(
        [
            Doubt(
                enterprise=enterprise,
                kind="same_photo",
                key=str(turn),
                state="upheld",
                state_since=AT,
                version=2,
                found_at=AT,
                seen_at=AT,
                decided_at=AT,
            )
            for turn in range(facts.upheld)
        ]
    )


def check_of(enterprise: Enterprise, at=AT) -> Visit:
    """A finished self-check, as a row."""
    return Visit(
        number=f"ZC-{next(_serial)}",
        kind="self_check",
        enterprise=enterprise,
        region_id=enterprise.region_id,
        state="finished",
        state_since=at,
        version=1,
        finished_at=at,
        created_at=at,
    )


@in_one_test
@given(st.lists(any_facts, min_size=3, max_size=6))
def test_the_score_is_the_sum_of_what_is_earned_and_stays_within_a_hundred(places, several):
    rated = standings(several)

    assert [(asdict(facts), held.score) for facts, held in zip(several, rated, strict=True)] == [
        (asdict(facts), facts.score) for facts in several
    ]
    assert all(0 <= held.score <= 100 for held in rated)


@in_one_test
@given(any_facts)
def test_who_does_better_in_one_thing_never_scores_less(places, facts):
    better = [replace(facts, **{name: improve(facts)}) for name, improve in BETTER.items()]

    before, *after = standings([facts, *better])

    assert [name for name, held in zip(BETTER, after, strict=True) if held.score < before.score] == []


ALL = Facts(list_state="accepted", phone=True, checked=1, found=1)
PARTLY = {"in_time": 8, "too_late": 9}


@pytest.mark.parametrize(
    ("facts", "score", "tier"),
    [
        (ALL, 100, 1),
        (replace(ALL, phone=False), 90, 1),
        (replace(ALL, **PARTLY), 89, 2),
        (replace(ALL, phone=False, upheld=1), 80, 2),
        (replace(ALL, phone=False, **PARTLY), 79, 3),
        (replace(ALL, phone=False, too_late=1), 70, 3),
        (replace(ALL, phone=False, found=0, **PARTLY), 69, 4),
        (Facts(overdue=1, upheld=4), 0, 4),
    ],
)
def test_each_tier_begins_at_its_mark(places, facts, score, tier):
    (held,) = standings([facts])

    assert (held.score, held.tier) == (score, tier)


# Borders in time


@pytest.mark.parametrize(("early", "counted"), [(timedelta(0), 1), (timedelta(seconds=1), 0)])
def test_three_months_begin_at_local_midnight(enterprise, early, counted):
    # UTC would begin eight hours later.
    first = moment(2025, 12, 10, 0) - early
    check_of(enterprise, first).save()
    hazard(enterprise, found_at=first)

    rate(on=TODAY)

    held = Standing.objects.get(enterprise=enterprise)
    assert (held.checked, held.found) == (counted, counted)


@pytest.mark.parametrize(("early", "counted"), [(timedelta(0), 1), (timedelta(seconds=1), 0)])
def test_an_upheld_doubt_weighs_for_a_year_of_local_days(enterprise, early, counted):
    decided = moment(2025, 3, 10, 0) - early
    write(enterprise, Facts(upheld=1))
    Doubt.objects.update(decided_at=decided)

    rate(on=TODAY)

    assert Standing.objects.get(enterprise=enterprise).upheld == counted


@pytest.mark.parametrize(
    ("deadline_on", "due"),
    [(TODAY, 0), (TODAY - DAY, 1), (date(2025, 12, 10), 1), (date(2025, 12, 9), 0)],
    ids=["today", "yesterday", "first day", "before"],
)
def test_due_is_what_had_to_be_done_in_three_months_until_yesterday(enterprise, deadline_on, due):
    hazard(
        enterprise,
        source="inspection",
        found_at=AT - 200 * DAY,
        state="closed",
        deadline_on=deadline_on,
        rectified_at=AT - 200 * DAY,
        closed_at=AT,
    )

    rate(on=TODAY)

    assert Standing.objects.get(enterprise=enterprise).due == due


@pytest.mark.parametrize(("minute", "in_time"), [((2026, 3, 5, 23, 59), 1), ((2026, 3, 6, 0, 1), 0)])
def test_in_time_is_until_the_last_local_minute_of_the_day(enterprise, minute, in_time):
    hazard(
        enterprise,
        state="closed",
        deadline_on=date(2026, 3, 5),
        rectified_at=moment(*minute),
        closed_at=AT,
    )

    rate(on=TODAY)

    assert Standing.objects.get(enterprise=enterprise).in_time == in_time


@pytest.mark.parametrize("state", ["verifying", "sampled", "site_review"])
def test_what_waits_for_the_regulator_is_not_the_enterprises_delay(enterprise, state):
    hazard(enterprise, state=state, deadline_on=TODAY - DAY, rectified_at=AT - 2 * DAY)

    rate(on=TODAY)

    held = Standing.objects.get(enterprise=enterprise)
    assert (held.due, held.in_time, held.overdue) == (1, 1, 0)


# Months and places


def test_a_month_ends_at_local_midnight(enterprise):
    for found_at in (moment(2026, 2, 28, 23, 59), moment(2026, 3, 1, 0, 0), moment(2026, 3, 1, 7, 59)):
        hazard(enterprise, found_at=found_at)
        patrol = check_of(enterprise, found_at)
        patrol.kind = "grid_patrol"
        patrol.save()

    count_conduct(at=AT)

    months = ConductMonth.objects.filter(region="370523101").order_by("month")
    shown = {f"{row.month:%m}": (row.found, row.visits) for row in months if row.found}
    assert shown == {"02": (1, 1), "03": (2, 2)}


def test_what_towns_count_adds_up_to_the_county_and_counties_to_the_city(people, enterprise):
    hazard(enterprise, found_at=moment(2026, 3, 2))
    for town, number in (("370523102001", 2), ("370522001001", 3)):
        there = make_enterprise(town)
        for day in range(number):
            hazard(there, found_at=moment(2026, 3, 3 + day), source="inspection")
    count_conduct(at=AT)

    city, county = conduct_of(people.city), conduct_of(people.county)

    assert {code: counts["found"] for code, counts in county.places.items()} == {
        "370523101": 1,
        "370523102": 2,
    }
    assert city.places["370523"] == county.total
    assert city.total["found"] == Hazard.objects.count() == 6
