"""Who is told of a source, and on whose work list it stands."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from enterprises.models import SourceUnit
from enterprises.sources import services
from enterprises.sources.filters import period_of
from inbox import outbox
from inbox.models import Message
from inbox.worklist import lines, owed
from tests.factories.sources import CHLORINE, assessed, filed, recorded, submitted, tonnes, with_materials


def work_of(user) -> list[tuple[str, str]]:
    """Return what the person's list asks for and the verb of the next step."""
    rows = owed(user.scope.entries, person=user)
    found = lines(list(rows), user=user)
    return [(line.row.party, line.row.verb) for line in found if "source" in line.row.verb]


def told(user) -> int:
    return Message.objects.filter(user=user).count()


def test_an_identified_source_is_the_enterprise_s_work(people, enterprise):
    recorded(enterprise, people.enterprise)

    assert work_of(people.enterprise) == [(enterprise.name, "assess_source")]
    assert work_of(people.county) == []


def test_after_the_assessment_the_filing_is_the_next_step(people, enterprise):
    assessed(enterprise, people.enterprise)

    assert work_of(people.enterprise) == [(enterprise.name, "submit_source_filing")]


def test_a_filing_handed_in_is_the_county_s_work_and_nobody_else_s(people, enterprise):
    submitted(people, enterprise)

    assert work_of(people.county) == [(enterprise.name, "file_source")]
    assert work_of(people.enterprise) == work_of(people.other_county) == []


def test_a_request_for_deregistration_is_the_county_s_work(people, enterprise, at):
    services.request_source_cancel(filed(people, enterprise), reason="已拆除", by=people.enterprise, at=at)

    assert work_of(people.county) == [(enterprise.name, "grant_source_cancel")]


def test_both_sides_hear_of_a_source_that_was_identified(people, enterprise, at):
    recorded(enterprise, people.enterprise)

    outbox.dispatch(at=at + timedelta(minutes=1))

    assert (told(people.county), told(people.enterprise), told(people.other_county)) == (1, 1, 0)


def test_the_enterprise_hears_that_its_filing_was_returned(people, enterprise, at):
    unit = submitted(people, enterprise)
    outbox.dispatch(at=at + timedelta(minutes=1))
    before = told(people.enterprise)

    services.return_source_filing(unit, reason="缺图纸", by=people.county, at=at + timedelta(hours=1))
    outbox.dispatch(at=at + timedelta(hours=1, minutes=1))

    newest = Message.objects.filter(user=people.enterprise).latest("pk")
    assert told(people.enterprise) == before + 1
    assert "缺图纸" in newest.title + newest.body


@pytest.mark.parametrize(("quantity", "grade", "copies"), [("63", 1, 1), ("50", 2, 1), ("12", 3, 0)])
def test_the_city_gets_a_copy_of_filings_of_the_two_highest_grades(
    people, enterprise, at, quantity, grade, copies
):
    unit = with_materials(
        assessed(enterprise, people.enterprise, tonnes(quantity, CHLORINE), residents_500m=100),
        people.enterprise,
    )
    services.submit_source_filing(unit, by=people.enterprise, at=at)
    unit = services.file_source(unit, number="BA370523〔2026〕001", by=people.county, at=at)
    outbox.dispatch(at=at + timedelta(minutes=1))

    assert unit.grade == grade
    copied = Message.objects.filter(code="enterprises.source_copied")
    assert list(copied.values_list("user", flat=True)) == [people.city.pk] * copies


@pytest.mark.parametrize(
    ("day", "months", "back", "first", "after"),
    [
        (date(2026, 3, 10), 3, False, date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 3, 10), 3, True, date(2025, 10, 1), date(2026, 1, 1)),
        (date(2026, 6, 30), 6, False, date(2026, 1, 1), date(2026, 7, 1)),
        (date(2026, 7, 1), 6, True, date(2026, 1, 1), date(2026, 7, 1)),
        (date(2026, 12, 31), 3, False, date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_begins_with_its_quarter_or_half_year(day, months, back, first, after):
    assert period_of(day, months, back=back) == (first, after)


def test_what_was_filed_in_a_quarter_is_found_as_what_is_to_be_copied(people, enterprise, at, sign_in):
    filed(people, enterprise)
    SourceUnit.objects.update(grade=2, filed_on=date(2026, 2, 3))
    url = reverse("enterprises:sources")
    with time_machine.travel(at):
        browser = sign_in(people.county)
        this = browser.get(url, {"filed_in": "quarter", "grade": ["1", "2"]}).context["page"].rows
        before = browser.get(url, {"filed_in": "last_quarter"}).context["page"].rows
    with time_machine.travel(at + timedelta(days=60)):
        later = sign_in(people.county).get(url, {"filed_in": "last_quarter"}).context["page"].rows

    assert (len(this), len(before), len(later)) == (1, 0, 1)
