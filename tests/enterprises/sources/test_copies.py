"""Filings of the gravest sources go upward: due by the clock, sent by a person, kept as they were sent."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from deadlines.services import running
from enterprises.models import SourceCopy, SourceUnit
from enterprises.services import open_source_copy, send_source_copy
from enterprises.sources.copies.services import open_source_copies, sources_of
from enterprises.sources.periods import period_of
from enterprises.tasks import open_source_copies as task
from inbox.models import Message
from inbox.tasks import dispatch
from inbox.worklist import Owed, lines
from lifecycle.refusals import NotPermitted, VerbRefused
from paperwork.models import IssuedDocument
from paperwork.services import render
from tests.factories.enterprises import make_enterprise
from tests.factories.sources import filed, make_copy
from tests.people import AT, make_people

# The first working morning after the first quarter of 2026, in which everything here is put on file.
APRIL = AT.replace(month=4, day=1)
JULY = AT.replace(month=7, day=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def grave(people, enterprise) -> SourceUnit:
    """A source of grade 2 that was put on file in March: 60 t of chlorine among 120 residents."""
    unit = filed(people, enterprise, name="液氯罐区", residents_500m=120)
    SourceUnit.objects.filter(pk=unit.pk).update(grade=2, r_value=96)
    unit.refresh_from_db()
    return unit


@pytest.fixture
def copy(grave) -> SourceCopy:
    """What Guangrao has to send in April."""
    open_source_copies(at=APRIL)
    return SourceCopy.objects.get(level="city")


def first_grade(unit: SourceUnit) -> SourceUnit:
    SourceUnit.objects.filter(pk=unit.pk).update(grade=1, r_value="100.8")
    return unit


@pytest.mark.parametrize(
    ("day", "months", "first", "after"),
    [
        (date(2026, 4, 1), 3, date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 6, 30), 3, date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 1, 1), 3, date(2025, 10, 1), date(2026, 1, 1)),
        (date(2026, 7, 1), 6, date(2026, 1, 1), date(2026, 7, 1)),
        (date(2026, 3, 1), 6, date(2025, 7, 1), date(2026, 1, 1)),
    ],
)
def test_a_period_is_one_of_the_year(day, months, first, after):
    assert period_of(day, months, back=True) == (first, after)


def test_after_the_quarter_the_county_owes_the_city_its_filings(copy, people):
    assert (copy.region_id, copy.first_day, copy.last_day, copy.state) == (
        "370523",
        date(2026, 1, 1),
        date(2026, 3, 31),
        "due",
    )
    # Ten working days from the first of April, with the spring holiday between.
    assert running(copy, "enterprises.source_copy").due_on == date(2026, 4, 16)


def test_a_second_run_and_a_later_day_of_the_same_quarter_add_nothing(copy):
    assert open_source_copies(at=APRIL) == open_source_copies(at=APRIL + timedelta(days=60)) == 0
    assert SourceCopy.objects.count() == 1


def test_within_the_quarter_nothing_is_due(grave):
    assert open_source_copies(at=AT + timedelta(days=5)) == 0


def test_lower_grades_are_not_copied(people, enterprise):
    filed(people, enterprise)

    assert open_source_copies(at=APRIL) == 0


def test_only_the_first_grade_goes_to_the_province_and_only_each_half_year(grave):
    open_source_copies(at=APRIL)
    open_source_copies(at=JULY)
    assert not SourceCopy.objects.filter(level="province").exists()

    first_grade(grave)
    open_source_copies(at=APRIL)
    assert not SourceCopy.objects.filter(level="province").exists()
    open_source_copies(at=JULY)

    upward = SourceCopy.objects.get(level="province")
    assert (upward.region_id, upward.first_day, upward.last_day) == (
        "3705",
        date(2026, 1, 1),
        date(2026, 6, 30),
    )


def test_the_nightly_task_does_it(grave, time_machine):
    time_machine.move_to(APRIL)

    assert task() == 1


def test_sending_issues_a_list_that_keeps_what_was_sent(copy, grave, people):
    sent = send_source_copy(copy, by=people.county, at=APRIL + timedelta(days=2))

    document = IssuedDocument.objects.get(kind="enterprises.source_copy")
    (line,) = document.facts["sources"]
    assert (sent.state, sent.filings, sent.sent_by) == ("sent", 1, people.county)
    assert (line["enterprise"], line["grade"], line["r"], line["materials"]) == (
        grave.enterprise.name,
        "二级",
        "96.00",
        # One for each material, and the report that came with the assessment.
        12,
    )
    assert document.facts["receiver"] == "东营市应急管理局"
    assert running(copy, "enterprises.source_copy") is None

    SourceUnit.objects.filter(pk=grave.pk).update(name="改名后的罐区")
    assert [each.unit for each in sources_of(sent)] == ["液氯罐区"]
    assert render(document.pk, at=APRIL)


def test_the_list_to_the_province_is_addressed_to_its_department(grave, people):
    first_grade(grave)
    open_source_copies(at=JULY)

    send_source_copy(SourceCopy.objects.get(level="province"), by=people.city, at=JULY)

    document = IssuedDocument.objects.get(kind="enterprises.source_copy")
    assert document.facts["receiver"] == "山东省应急管理厅"
    assert document.facts["grades"] == "一级"


def test_a_source_deregistered_since_was_filed_all_the_same(copy, grave):
    SourceUnit.objects.filter(pk=grave.pk).update(state="deregistered")

    assert len(sources_of(copy)) == 1


def test_where_the_files_have_moved_away_the_list_says_there_is_none(copy, grave, people, other_enterprise):
    SourceUnit.objects.filter(pk=grave.pk).update(enterprise=other_enterprise)

    assert send_source_copy(copy, by=people.county, at=APRIL).filings == 0


def test_the_city_receives_and_does_not_send_for_the_county(copy, people):
    with pytest.raises(VerbRefused, match="广饶县 sends these filings"):
        send_source_copy(copy, by=people.city, at=APRIL)


@pytest.mark.parametrize("person", ["officer", "legal"])
def test_who_reads_the_county_s_copies_does_not_send_them(copy, people, person):
    with pytest.raises(NotPermitted):
        send_source_copy(copy, by=getattr(people, person), at=APRIL)


@pytest.mark.parametrize("person", ["other_county", "town", "enterprise", "dept"])
def test_for_others_there_is_no_such_copy(copy, people, person):
    with pytest.raises(SourceCopy.DoesNotExist):
        send_source_copy(copy, by=getattr(people, person), at=APRIL)


def test_sending_twice_issues_one_list(copy, people):
    send_source_copy(copy, by=people.county, at=APRIL)
    with pytest.raises(VerbRefused):
        send_source_copy(copy, by=people.county, at=APRIL)

    assert IssuedDocument.objects.filter(kind="enterprises.source_copy").count() == 1


def test_a_bureau_without_a_mark_is_told_and_nothing_is_sent(copy, people):
    type(people.county.organisation).objects.filter(pk=people.county.organisation_id).update(document_mark="")
    people.county.organisation.refresh_from_db()

    with pytest.raises(ValidationError, match="no mark"):
        send_source_copy(copy, by=people.county, at=APRIL)
    copy.refresh_from_db()
    assert (copy.state, copy.sent_at) == ("due", None)


def test_it_stands_on_the_work_list_of_who_sends_it(copy, people):
    def labels(person):
        return [line.row.url for line in lines(list(Owed(person.scope.entries).deadlines()), user=person)]

    assert copy.get_absolute_url() in labels(people.county)
    assert copy.get_absolute_url() not in labels(people.city) + labels(people.town)


def test_who_sends_is_told_when_it_falls_due_and_the_city_when_it_is_sent(copy, people, time_machine):
    time_machine.move_to(APRIL)
    dispatch()
    told = set(
        Message.objects.filter(code="enterprises.source_copy_due").values_list("user__username", flat=True)
    )
    assert told == {"county"}

    send_source_copy(copy, by=people.county, at=APRIL)
    dispatch()
    message = Message.objects.get(code="enterprises.source_copy_sent")
    assert message.user == people.city
    assert "广饶县" in message.title


def test_the_pages_lead_from_the_list_to_the_sent_copy(copy, people, sign_in, time_machine):
    time_machine.move_to(APRIL)
    people.county.language = "en"
    people.county.save()
    browser = sign_in(people.county)

    (row,) = browser.get(reverse("enterprises:source_copies")).context["page"].rows
    assert row == copy
    page = browser.get(copy.get_absolute_url()).content.decode()
    assert "As it would be sent now" in page
    assert "液氯罐区" in page

    browser.post(reverse("enterprises:send_source_copy", args=[copy.pk]), {"version": copy.version})
    page = browser.get(copy.get_absolute_url()).content.decode()
    assert "As it was sent" in page
    assert "重大危险源备案材料报送单" in page


def test_the_list_asks_as_often_for_many_as_for_one(copy, people, sign_in):
    browser, url = sign_in(people.city), reverse("enterprises:source_copies")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url, {"state": ""}).status_code == 200
        return len(queries)

    asked()
    for_one = asked()
    for year in range(2015, 2025):
        make_copy(first_day=date(year, 1, 1), last_day=date(year, 3, 31))

    assert asked() == for_one <= 12


@pytest.mark.django_db(transaction=True)
def test_two_workers_open_one_copy(places, at):
    enterprise, other = make_enterprise(), make_enterprise("370522001001")
    people = make_people(enterprise.pk, other.pk)
    unit = filed(people, enterprise)
    SourceUnit.objects.filter(pk=unit.pk).update(grade=1)
    opened: list[object] = []

    def work() -> None:
        try:
            opened.append(open_source_copy("city", "370523", at=APRIL))
        finally:
            connection.close()

    workers = [Thread(target=work) for _each in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(each is not None for each in opened) == 1
    assert SourceCopy.objects.count() == 1
