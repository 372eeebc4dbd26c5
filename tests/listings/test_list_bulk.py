"""Many rows at once: the bar, the limit, and a worker that is killed half-way."""

import pytest
from django import forms
from django.urls import reverse

from hazards.views.lists import HazardList
from lifecycle.models import StateChange
from listings import bulk, jobs
from listings.models import Job, JobKind, JobState
from listings.pages import BulkVerb
from listings.tasks import resume_jobs, run_job
from tests.factories.hazards import reported

URL = reverse("hazards:list")


@pytest.fixture
def three(people, enterprise) -> list:
    """Three hazards that can be urged about."""
    return [reported(enterprise, people.enterprise) for _number in range(3)]


def urged() -> int:
    return StateChange.objects.filter(verb="urge").count()


def begun(page, rows) -> Job:
    """A bulk job as the page begins it."""
    params = {"verb": "urge", "ids": [row.pk for row in rows], "given": ""}
    jobs.start(page, JobKind.BULK, "催办", params, total=len(rows))
    return Job.objects.get()


def test_the_bar_says_how_many_rows_a_verb_can_take(sign_in, people, three):
    answer = sign_in(people.town).post(URL, {"do": "tally", "id": [row.pk for row in three[:2]]})

    ((verb, preview),) = answer.context["offers"]
    assert (verb.name, len(preview.able), answer.context["picked"]) == ("urge", 2, 2)
    assert b"<html" not in answer.content


def test_the_bar_counts_all_that_match(sign_in, people, three):
    answer = sign_in(people.town).post(URL, {"do": "tally", "all": "1"})

    assert answer.context["picked"] == 3


def test_the_bar_changes_nothing(sign_in, people, three):
    sign_in(people.town).post(URL, {"do": "tally", "all": "1"})

    assert urged() == 0


def test_more_rows_than_anybody_can_overlook_are_refused_whole(sign_in, people, three, monkeypatch):
    monkeypatch.setattr(bulk, "AT_MOST", 2)

    answer = sign_in(people.town).post(URL, {"do": "run", "verb": "urge", "all": "1"})

    assert answer.context["too_many"]
    assert urged() == 0


def test_a_worker_killed_between_pieces_takes_no_row_twice(people, three, page_for, monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 1)
    job = begun(page_for(people.town, "", HazardList), three)
    page = jobs.page_of(job)
    assert bulk.work_piece(job.pk, page, page.bulk_verbs[0], {})

    run_job(job.pk)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.result["done"]) == (JobState.DONE, 3, 3)
    assert urged() == 3


def test_a_row_that_left_the_person_s_area_is_counted_as_skipped(people, three, page_for):
    job = begun(page_for(people.town, "", HazardList), three)
    type(three[0]).objects.filter(pk=three[0].pk).update(region_id="370522001001")

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.result["done"], job.result["skipped_count"]) == (2, 1)


def test_a_job_that_lost_its_place_in_the_queue_is_queued_again(people, three, page_for, monkeypatch, at):
    queued = []
    monkeypatch.setattr(run_job, "delay", queued.append)
    job = begun(page_for(people.town, "", HazardList), three)
    Job.objects.update(created_at=at)

    assert resume_jobs() == 1
    assert queued[-1] == job.pk


def test_a_job_that_has_just_begun_keeps_its_place(people, three, page_for, monkeypatch):
    begun(page_for(people.town, "", HazardList), three)

    assert resume_jobs() == 0


def test_a_job_begun_from_a_page_exports_the_columns_of_that_moment(people, three, page_for):
    jobs.start(page_for(people.town, "cols=number", HazardList), JobKind.EXPORT, "隐患", {"format": "csv"})

    page = jobs.page_of(Job.objects.get())

    assert [column.name for column in page.chosen] == ["number"]


class ReasonForm(forms.Form):
    """What a verb with a reason asks for."""

    note = forms.CharField()


@pytest.fixture
def urge_with_reason(monkeypatch) -> None:
    """Let the verb of the hazard list ask for a reason."""
    (verb,) = HazardList.bulk_verbs
    asking = BulkVerb(verb.name, verb.label, verb.permission, verb.service, verb.refusal, ReasonForm)
    monkeypatch.setattr(HazardList, "bulk_verbs", (asking,))


def test_a_verb_that_needs_a_reason_asks_for_it_first(sign_in, people, three, urge_with_reason):
    answer = sign_in(people.town).post(URL, {"do": "run", "verb": "urge", "all": "1"})

    assert answer.status_code == 422
    assert "note" in answer.context["form"].errors
    assert urged() == 0


def test_the_reason_goes_to_every_row(sign_in, people, three, urge_with_reason):
    sign_in(people.town).post(URL, {"do": "run", "verb": "urge", "all": "1", "note": "汛期将至"})

    assert set(StateChange.objects.filter(verb="urge").values_list("reason", flat=True)) == {"汛期将至"}


def test_the_reason_goes_along_to_the_worker(sign_in, people, three, urge_with_reason, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    sign_in(people.town).post(URL, {"do": "run", "verb": "urge", "all": "1", "note": "汛期将至"})

    run_job(Job.objects.get().pk)

    assert StateChange.objects.filter(verb="urge", reason="汛期将至").count() == 3
