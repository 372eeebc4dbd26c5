"""What a broken or lying device sends: nobody is kept from working by it, and nothing it says is believed too far."""

from datetime import timedelta

import pytest
from django.urls import reverse

from inspections import services
from inspections.models import Answer, Visit
from inspections.visits.forms.common import FromDevice
from inspections.visits.positions import Position
from tests.factories.hazards import photo_file
from tests.factories.inspections import confirm_facts, make_edition, planned, sign_all, under_way
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def url(name: str, visit: Visit, *more: int) -> str:
    return reverse(f"inspections:{name}", args=[visit.pk, *more])


def said(**device: str) -> FromDevice:
    form = FromDevice(device)
    assert form.is_valid()
    return form


@pytest.mark.parametrize(
    "device",
    [
        {"latitude": "91", "longitude": "118"},
        {"latitude": "37", "longitude": "181"},
        {"latitude": "nan", "longitude": "118"},
        {"latitude": "37", "longitude": "inf"},
        {"latitude": "37"},
        {"latitude": "north", "longitude": "118"},
    ],
)
def test_a_position_that_is_none_is_taken_for_none(device):
    assert said(**device).position is None


@pytest.mark.parametrize(
    ("accuracy", "kept"), [("-5", None), ("", None), ("nan", None), ("12.4", 12), ("9e300", 1_000_000)]
)
def test_an_accuracy_that_cannot_be_leaves_the_position_standing(accuracy, kept):
    assert said(latitude="37", longitude="118.5", accuracy=accuracy).position == Position(37.0, 118.5, kept)


def test_a_position_at_the_edge_of_the_world_can_be_kept(people, enterprise):
    visit = services.open_visit(
        enterprise, kind="grid_patrol", position=Position(-90, 180, 0), by=people.grid, at=AT
    )

    visit.refresh_from_db()
    assert (visit.position_state, visit.distance) == ("implausible", None)


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+08:00",
        "0001-01-01T00:00",
        "9999-12-31T23:59:59Z",
        "yesterday",
        "2026-13-45T25:61",
    ],
)
def test_a_clock_that_says_nonsense_spoils_no_page(now, people, enterprise, sign_in, moment):
    visit = planned(people, enterprise)
    browser = sign_in(people.officer)

    assert browser.post(url("start_visit", visit), {"device_time": moment}).status_code == 302

    assert Visit.objects.get().state == "under_way"
    assert browser.get(visit.get_absolute_url()).status_code == 200
    assert browser.get(reverse("inspections:visits")).status_code == 200


def test_a_clock_that_runs_ahead_makes_no_record_late(people, enterprise):
    visit = services.start_visit(
        planned(people, enterprise), device_time=AT + timedelta(days=400), by=people.officer, at=AT
    )

    assert visit.entry_mode == "online"


def test_one_tap_from_a_clock_that_runs_ahead_can_still_be_corrected(people, enterprise):
    edition = make_edition(1)
    visit = services.open_visit(
        enterprise, kind="self_check", editions=[edition], by=people.enterprise, at=AT
    )
    services.answer_rest(visit, device_time=AT + timedelta(days=400), by=people.enterprise, at=AT)

    later = AT + timedelta(minutes=5)
    services.answer(
        visit, edition.items.get().pk, result="na", device_time=later, by=people.enterprise, at=later
    )

    assert Answer.objects.get().result == "na"


def test_sixty_photos_at_once_are_refused_in_a_sentence_and_the_answer_is_not_lost(
    now, people, enterprise, sign_in
):
    edition = make_edition(1)
    visit = under_way(people, enterprise, edition)
    photos = [photo_file(name=f"{number}.jpg") for number in range(60)]

    page = sign_in(people.officer).post(
        url("answer", visit, edition.items.get().pk), {"result": "fail", "note": "堵塞通道", "photos": photos}
    )

    assert page.status_code == 422
    assert page.context["form"].errors["photos"]
    assert page.context["form"]["note"].value() == "堵塞通道"
    assert not Answer.objects.exists()


def test_a_visit_cannot_be_left_before_it_began(now, people, enterprise, sign_in):
    visit = under_way(people, enterprise)
    confirm_facts(visit, people.officer)
    sign_all(people, visit)

    page = sign_in(people.officer).post(
        url("finish_visit", visit),
        {"outcome": "nothing", "ended_at": "2026-03-10T09:59", "version": Visit.objects.get().version},
    )

    assert page.status_code == 422
    assert "ended_at" in page.context["form"].errors
    assert Visit.objects.get().state == "under_way"


@pytest.mark.parametrize("moment", ["2026-03-10T10:01", "0001-01-01T00:00", "soon"])
def test_a_beginning_that_cannot_be_is_refused_beside_its_field(now, people, enterprise, sign_in, moment):
    visit = planned(people, enterprise)

    page = sign_in(people.officer).post(url("start_visit", visit), {"started_at": moment})

    assert page.status_code == 422
    assert "started_at" in page.context["form"].errors
    assert Visit.objects.get().state == "planned"
