"""What should not be sent about a major hazard under governance: by the wrong person, stale, too much, too late."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from deadlines.almanac import working_days
from hazards import services
from hazards.models import ExpertOpinion, Hazard, ProgressReport
from lifecycle.refusals import NotPermitted, StaleForm, VerbRefused
from tests.hazards.test_governance import OPINION, REPORT, change, report
from tests.hazards.test_listing import ask
from tests.hazards.test_major_loop import LISTING
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_words_of_the_source():
    """What is refused is read as it is written in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def url(name: str, hazard: Hazard) -> str:
    return reverse(f"hazards:{name}", args=[hazard.pk])


def listed(hazard: Hazard, people, **changes) -> Hazard:
    return services.list_for_supervision(hazard, listing={**LISTING, **changes}, by=people.leader, at=AT)


# Progress


@pytest.mark.parametrize("who", ["town", "county", "officer", "grid"])
def test_the_enterprise_alone_reports_its_progress(planned, people, who):
    with pytest.raises(NotPermitted):
        services.report_progress(planned, report=REPORT, by=getattr(people, who), at=AT)


@pytest.mark.parametrize(
    "name", ["report_progress", "change_plan", "ask_listing_extension", "record_opinion"]
)
def test_another_enterprise_does_not_find_the_hazard(planned, people, sign_in, name):
    assert sign_in(people.other_enterprise).get(url(name, planned)).status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"percent": "101", "text": "好"},
        {"percent": "-1", "text": "好"},
        {"percent": "half", "text": "好"},
        {"percent": "50", "text": ""},
        {"percent": "50", "text": "好" * 1_001},
    ],
    ids=["more than all", "less than nothing", "no number", "no words", "too many words"],
)
def test_a_report_that_cannot_be_is_shown_again(now, planned, people, sign_in, said):
    page = sign_in(people.enterprise).post(
        url("report_progress", planned), {**said, "version": planned.version}
    )

    assert page.status_code == 422
    assert page.context["form"].errors
    assert not ProgressReport.objects.exists()


def test_a_stale_report_is_refused(planned, people):
    Hazard.objects.update(version=planned.version + 1)

    with pytest.raises(StaleForm):
        services.report_progress(planned, report=REPORT, by=people.enterprise, at=AT, version=planned.version)


@pytest.mark.parametrize(("percent", "taken"), [(40, True), (39, False)])
def test_as_much_as_before_needs_no_word_but_less_does(planned, people, percent, taken):
    report(planned, people)

    if taken:
        report(planned, people, percent=percent)
    else:
        with pytest.raises(ValidationError):
            report(planned, people, percent=percent)
    assert planned.progress.count() == 1 + taken


# Changes and opinions


@pytest.mark.parametrize(("finish_on", "taken"), [(date(2026, 4, 20), True), (date(2026, 4, 21), False)])
def test_a_changed_plan_ends_on_the_deadline_at_the_latest(planned, people, finish_on, taken):
    if taken:
        assert change(planned, people, finish_on=finish_on).plans.count() == 2
    else:
        with pytest.raises(ValidationError):
            change(planned, people, finish_on=finish_on)


def test_a_change_without_a_reason_is_refused(planned, people):
    with pytest.raises(VerbRefused, match="needs a reason"):
        services.change_plan(
            planned, reason=" ", plan={"finish_on": date(2026, 4, 1)}, by=people.enterprise, at=AT
        )
    assert planned.plans.count() == 1


def test_the_enterprise_does_not_approve_its_own_change(planned, people):
    hazard = change(planned, people)

    with pytest.raises(NotPermitted):
        services.approve_change(hazard, by=people.enterprise, at=AT)


def test_an_opinion_of_ten_thousand_words_is_refused(planned, people):
    with pytest.raises(ValidationError):
        services.record_opinion(
            planned, opinion={**OPINION, "opinion": "须" * 10_000}, by=people.officer, at=AT
        )
    assert not ExpertOpinion.objects.exists()


def test_an_opinion_of_an_unknown_kind_is_refused(planned, people):
    with pytest.raises(ValidationError):
        services.record_opinion(planned, opinion={**OPINION, "verdict": "fine"}, by=people.officer, at=AT)


# Listings


@pytest.mark.parametrize(("day", "taken"), [(date(2027, 3, 10), True), (date(2027, 3, 11), False)])
def test_a_listing_ends_within_a_year_to_the_day(planned, people, day, taken):
    if taken:
        assert listed(planned, people, deadline_on=day).is_listed
    else:
        with pytest.raises(ValidationError):
            listed(planned, people, deadline_on=day)


@pytest.mark.parametrize("who", ["enterprise", "town", "officer", "other_county"])
def test_who_does_not_lead_lists_nothing(planned, people, who):
    with pytest.raises((NotPermitted, Hazard.DoesNotExist)):
        services.list_for_supervision(planned, listing=LISTING, by=getattr(people, who), at=AT)


@pytest.mark.parametrize(("late", "asked"), [(0, True), (1, False)])
def test_more_time_is_asked_for_twenty_working_days_before_to_the_day(planned, people, late, asked):
    hazard = listed(planned, people)
    calendar, day = working_days(), date(2026, 4, 20)
    last = max(
        each for each in (AT.date() + timedelta(days=n) for n in range(41)) if calendar.step(each, 20) <= day
    )
    moment = AT.replace(month=last.month, day=last.day) + timedelta(days=late)

    if asked:
        assert ask(hazard, people, at=moment).listings.get().extensions.count() == 1
    else:
        with pytest.raises(VerbRefused, match="ends in less than 20 working days"):
            ask(hazard, people, at=moment)


def test_one_request_for_more_time_waits_at_a_time(planned, people):
    hazard = ask(listed(planned, people), people)

    with pytest.raises(VerbRefused, match="under review"):
        ask(hazard, people)


def test_no_more_is_granted_than_a_year_after_the_old_day(planned, people):
    hazard = ask(listed(planned, people), people, until=date(2028, 1, 1))

    with pytest.raises(ValidationError):
        services.grant_listing_extension(hazard, granted_on=date(2027, 4, 21), by=people.leader, at=AT)
    done = services.grant_listing_extension(hazard, granted_on=date(2027, 4, 20), by=people.leader, at=AT)
    assert done.listings.get().deadline_on == date(2027, 4, 20)


# What anyone reads


@pytest.fixture
def public(planned, people):
    """A listing made public in words of its own."""
    hazard = listed(planned, people, enterprise_responsible="韩企责", local_responsible="赵镇责")
    words = "除尘系统<script>alert(1)</script>有爆炸风险"
    return services.publish_listing(hazard, public_text=words, by=people.county, at=AT)


def test_the_public_reads_the_notice_and_nothing_else_of_the_record(public, people, client):
    report(public, people, difficulties="资金不到位")
    page = client.get(reverse("listed_hazards")).content.decode()

    private = [
        public.description,
        public.place,
        "韩企责",
        "赵镇责",
        "资金不到位",
        public.number,
        "13605460001",
    ]
    assert "有爆炸风险" in page
    assert [word for word in private if word in page] == []


def test_what_was_typed_into_the_notice_is_text_and_no_page(public, client):
    assert "<script>alert(1)" not in client.get(reverse("listed_hazards")).content.decode()


@pytest.mark.parametrize("page", ["abc", "-3", "99999999999999999999", ""])
def test_a_page_number_that_cannot_be_shows_some_page(public, client, page):
    answer = client.get(reverse("listed_hazards"), {"page": page})

    assert (answer.status_code, "有爆炸风险" in answer.content.decode()) == (200, True)


def test_the_public_page_is_only_read(public, client):
    assert client.post(reverse("listed_hazards")).status_code == 405
