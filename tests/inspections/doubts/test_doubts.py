"""The life of a doubt: raised once, dropped when gone, looked into by a person; never shown to the enterprise."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Entry
from deadlines.models import Deadline
from hazards.models import Hazard
from inspections.doubts import services
from inspections.models import Doubt
from lifecycle.refusals import NotPermitted, VerbRefused
from tests.factories.figures import standing as hazard
from tests.people import AT

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=20)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def copies(enterprise) -> list[Hazard]:
    """Three hazards in the same words."""
    return [hazard(enterprise, found_at=AT + timedelta(days=day)) for day in (1, 8, 15)]


@pytest.fixture
def doubt(people, copies) -> Doubt:
    services.find_doubts(at=NOW)
    return Doubt.objects.get()


def test_a_doubt_is_raised_once_however_often_it_is_found(doubt):
    assert services.find_doubts(at=TOMORROW) == (0, 0)

    again = Doubt.objects.get()
    assert (again.found_at, again.seen_at) == (NOW, TOMORROW)


def test_it_begins_with_a_clock_and_stands_on_record(doubt):
    assert Deadline.objects.of(doubt).open().get().rule == "inspections.look_into"
    assert Entry.objects.filter(verb="inspections.raise_doubt").count() == 1


def test_one_more_copy_is_no_new_doubt(doubt, enterprise):
    hazard(enterprise, found_at=AT + timedelta(days=18))

    assert services.find_doubts(at=TOMORROW) == (0, 0)


def test_what_no_longer_holds_is_dropped(doubt, copies):
    Hazard.objects.filter(pk=copies[0].pk).update(state="not_hazard")

    assert services.find_doubts(at=TOMORROW) == (0, 1)

    doubt.refresh_from_db()
    assert doubt.state == "gone"
    assert not Deadline.objects.of(doubt).open().exists()


def test_what_comes_back_is_a_new_doubt(doubt, copies):
    Hazard.objects.filter(pk=copies[0].pk).update(state="not_hazard")
    services.find_doubts(at=TOMORROW)
    Hazard.objects.filter(pk=copies[0].pk).update(state="rectifying")

    later = TOMORROW + timedelta(days=1)
    assert services.find_doubts(at=later) == (1, 0)
    assert services.find_doubts(at=later + timedelta(days=1)) == (0, 0)


def test_evidence_that_grows_old_drops_nothing(doubt):
    assert services.find_doubts(at=NOW + timedelta(days=200)) == (0, 0)

    doubt.refresh_from_db()
    assert doubt.state == "open"


def test_only_so_many_are_raised_in_a_night_the_heaviest_first(people, enterprise, other_enterprise):
    for day in (1, 8, 15):
        hazard(enterprise, found_at=AT + timedelta(days=day))
    for day in (1, 5, 8, 15):
        hazard(other_enterprise, found_at=AT + timedelta(days=day))

    assert services.find_doubts(at=NOW, most=1) == (1, 0)
    assert Doubt.objects.get().enterprise == other_enterprise
    assert services.find_doubts(at=TOMORROW, most=1) == (1, 0)


def test_an_explanation_ends_it_for_good(doubt, people):
    services.explain_doubt(doubt, reason="三处灭火器分属不同楼层。", by=people.town, at=TOMORROW)

    doubt.refresh_from_db()
    assert (doubt.state, doubt.decided_by, doubt.note) == (
        "explained",
        people.town,
        "三处灭火器分属不同楼层。",
    )
    assert services.find_doubts(at=TOMORROW) == (0, 0)


def test_upholding_it_needs_what_was_found(doubt, people):
    with pytest.raises(VerbRefused):
        services.uphold_doubt(doubt, reason=" ", by=people.town, at=TOMORROW)


@pytest.mark.parametrize("person", ["legal", "grid", "enterprise"])
def test_who_may_not_decide_does_not(doubt, people, person):
    with pytest.raises((NotPermitted, Doubt.DoesNotExist)):
        services.uphold_doubt(doubt, reason="属实", by=getattr(people, person), at=TOMORROW)


@pytest.mark.parametrize("person", ["enterprise", "grid", "other_town", "expert"])
def test_the_enterprise_and_others_see_no_doubt(doubt, people, sign_in, person):
    browser = sign_in(getattr(people, person))

    assert browser.get(doubt.get_absolute_url()).status_code == 404
    assert browser.get(reverse("inspections:doubts")).context["page"].total == 0


def test_the_page_says_why_and_opens_the_records(doubt, copies, people, sign_in):
    people.town.language = "en"
    people.town.save()
    words = sign_in(people.town).get(doubt.get_absolute_url()).content.decode()

    assert "3 problems are told in the same words" in words
    assert all(row.get_absolute_url() in words for row in copies)


def test_the_list_says_the_reason_in_words(doubt, people, sign_in):
    people.county.language = "en"
    people.county.save()
    words = sign_in(people.county).get(reverse("inspections:doubts")).content.decode()

    assert "The same words again and again" in words


def test_it_stands_on_the_work_list_of_the_town(doubt, people, sign_in):
    people.town.language = "en"
    people.town.save()
    words = sign_in(people.town).get(reverse("inbox:home")).content.decode()

    assert doubt.get_absolute_url() in words


def test_the_form_takes_the_word_of_the_town(doubt, people, sign_in):
    answer = sign_in(people.town).post(
        reverse("inspections:uphold_doubt", args=[doubt.pk]),
        {"reason": "照抄上月记录", "version": doubt.version},
    )

    assert answer.status_code == 302
    doubt.refresh_from_db()
    assert doubt.state == "upheld"
