"""The months of hazard work: what is counted into them, and when."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from hazards.periods import Period
from inspections.figures.indicators import COUNTS, INDICATORS
from inspections.figures.months import FLOWS, STATES, count_conduct
from inspections.models import ConductMonth
from tests.factories.figures import moment
from tests.factories.figures import standing as hazard
from tests.factories.self_checks import submitted
from tests.people import AT

pytestmark = pytest.mark.django_db
HERE = "370523101"


def numbers(town: str, month: date = date(2026, 3, 1)) -> dict[str, int]:
    rows = ConductMonth.objects.filter(month=month, region=town).values(*STATES, *FLOWS)
    return {name: sum(row[name] or 0 for row in rows) for name in (*STATES, *FLOWS)}


def test_a_hazard_closed_in_the_next_month_still_stands_in_its_own(people, enterprise):
    late = hazard(enterprise, found_at=moment(2026, 3, 30))
    count_conduct(at=moment(2026, 3, 31))
    assert numbers(HERE)["closed"] == 0

    type(late).objects.filter(pk=late.pk).update(state="closed", closed_at=moment(2026, 4, 2))
    count_conduct(at=moment(2026, 4, 3))

    held = numbers(HERE)
    assert (held["found"], held["closed"], held["required"]) == (1, 1, 1)


def test_what_went_away_is_counted_away(people, enterprise):
    row = hazard(enterprise, found_at=moment(2026, 3, 9))
    count_conduct(at=AT)
    assert numbers(HERE)["found"] == 1

    type(row).objects.filter(pk=row.pk).update(state="not_hazard")
    count_conduct(at=AT)

    assert numbers(HERE)["found"] == 0


def test_every_indicator_divides_numbers_that_are_kept():
    known = {count.column for count in COUNTS}

    assert {column for each in INDICATORS for column in (each.base, each.part)} <= known
    assert known == {*STATES, *FLOWS}


def test_an_address_of_a_month_names_its_first_and_last_day():
    period = Period.month(date(2026, 2, 3), today=date(2026, 3, 1))
    found = next(count for count in COUNTS if count.column == "found")

    query = parse_qs(urlsplit(found.url(period)).query)

    assert (query["found_after"], query["found_before"]) == (["2026-02-01"], ["2026-02-28"])


def test_a_list_that_waits_is_compiled_and_not_accepted(people, enterprise):
    submitted(people, enterprise)

    count_conduct(at=AT)

    held = numbers(HERE)
    assert (held["compiled"], held["accepted"]) == (1, 0)
