"""Who is told of a source, and on whose work list it stands."""

from datetime import timedelta

from enterprises.sources import services
from inbox import outbox
from inbox.models import Message
from inbox.worklist import lines, owed
from tests.factories.sources import assessed, filed, recorded, submitted


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
