"""One verb on many rows: shown before it is done, and a reason for each row that is skipped."""

from datetime import timedelta

import pytest
from django.urls import reverse

import listings.bulk
from hazards import services
from hazards.models import Hazard
from lifecycle.models import StateChange
from lifecycle.services import bulk
from listings.models import Job, JobState
from listings.tasks import run_job
from tests.factories.hazards import make_photo, rectifying, reported

URL = reverse("hazards:list")


@pytest.fixture
def two_open_one_closed(people, enterprise, at) -> list[Hazard]:
    """Two hazards that can be urged about, and one that is over."""
    closed = reported(enterprise, people.enterprise)
    services.mark_not_hazard(closed, reason="重复上报", by=people.town, at=at + timedelta(minutes=5))
    return [reported(enterprise, people.enterprise), rectifying(people, enterprise), closed]


def urged() -> int:
    return StateChange.objects.filter(verb="urge").count()


def press(browser, rows, **fields):
    return browser.post(URL, {"verb": "urge", "id": [row.pk for row in rows], **fields})


def test_the_preview_counts_what_can_be_done_and_gives_the_reason_for_the_rest(
    sign_in, people, two_open_one_closed
):
    answer = press(sign_in(people.town), two_open_one_closed, do="preview")

    preview = answer.context["preview"]
    assert len(preview.able) == 2
    assert [str(row.pk) for row, _why in preview.skipped] == [str(two_open_one_closed[2].pk)]
    assert preview.skipped[0][1]


def test_the_preview_changes_nothing(sign_in, people, two_open_one_closed):
    press(sign_in(people.town), two_open_one_closed, do="preview")

    assert urged() == 0


def test_running_does_the_rows_and_names_each_skipped_one(sign_in, people, two_open_one_closed):
    answer = press(sign_in(people.town), two_open_one_closed, do="run")

    result = answer.context["result"]
    assert (len(result.done), len(result.skipped)) == (2, 1)
    assert urged() == 2
    assert result.skipped[0][0].number in answer.content.decode()


def test_rows_of_another_area_are_not_taken_by_their_id(sign_in, people, two_open_one_closed):
    press(sign_in(people.other_town), two_open_one_closed, do="run")

    assert urged() == 0


def test_all_that_match_means_all_that_match_the_filter(sign_in, people, two_open_one_closed):
    sign_in(people.town).post(f"{URL}?state=rectifying", {"do": "run", "verb": "urge", "all": "1"})

    change = StateChange.objects.get(verb="urge")
    assert change.target == two_open_one_closed[1]


def test_whoever_lacks_the_permission_is_refused(sign_in, people, two_open_one_closed):
    assert press(sign_in(people.enterprise), two_open_one_closed, do="run").status_code == 403
    assert urged() == 0


def test_ids_that_are_no_numbers_are_left_out(sign_in, people, two_open_one_closed):
    answer = sign_in(people.town).post(URL, {"do": "run", "verb": "urge", "id": ["x", "1 OR 1=1", "-3", "²"]})

    assert answer.status_code == 200
    assert urged() == 0


def test_many_rows_go_to_the_worker_and_end_the_same(sign_in, people, two_open_one_closed, monkeypatch):
    monkeypatch.setattr(listings.bulk, "AT_ONCE", 1)

    answer = press(sign_in(people.town), two_open_one_closed, do="run")
    job = Job.objects.get()
    run_job(job.pk)

    job.refresh_from_db()
    assert answer.url == reverse("listings:job", args=[job.pk])
    assert job.state == JobState.DONE
    assert (job.result["done"], job.result["skipped_count"]) == (2, 1)
    assert urged() == 2


def test_a_row_whose_service_refuses_stops_no_other(people, enterprise, at):
    closed = reported(enterprise, people.enterprise)
    photo = make_photo(people.enterprise)
    services.close_by_enterprise(closed, text="已清理", photos=[photo], by=people.enterprise, at=at)
    rows = [Hazard.objects.get(pk=closed.pk), reported(enterprise, people.enterprise)]

    result = bulk(services.accept_report, rows, by=people.town, at=at, deadline_on=at.date())

    assert (len(result.done), len(result.skipped)) == (1, 1)
