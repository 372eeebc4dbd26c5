"""The same workbook is put in by two people at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from enterprises.models import Drill, Enterprise
from listings.models import Job, JobState
from listings.tasks import run_job
from tests.factories.books import company, tried
from tests.factories.imports import pressed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def at_once(*jobs: Job) -> list[object]:
    """Let a worker take each of them, all beginning together."""
    start = Barrier(len(jobs))

    def work(job: Job) -> object:
        try:
            start.wait(timeout=10)
            return run_job(job.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [each.result(timeout=60) for each in [pool.submit(work, job) for job in jobs]]


def waiting(job: Job) -> Job:
    """Press the button that puts the import in, and leave it to the worker."""
    return pressed(job)


def rows() -> dict[str, list[dict[str, object]]]:
    companies = [company(serial) for serial in range(1, 6)]
    drills = [
        {"enterprise": each["uscc"], "topic": "灭火演练", "held_on": "2026-01-05"} for each in companies
    ]
    return {"enterprises": companies, "drills": drills}


def test_of_two_imports_of_the_same_file_one_writes_and_the_other_looks_again(people):
    jobs = [waiting(tried(person, **rows())) for person in (people.county, people.city)]

    at_once(*jobs)

    assert (Enterprise.objects.filter(name__startswith="广饶听松").count(), Drill.objects.count()) == (5, 5)
    states = sorted(Job.objects.filter(pk__in=[job.pk for job in jobs]).values_list("state", flat=True))
    # The later one is done with nothing to write, or shows its result anew, or says why it could not.
    assert JobState.DONE in states
    written = [job.result["new"] for job in Job.objects.filter(state=JobState.DONE)]
    assert written.count(10) == 1


def test_two_workers_at_one_import_write_it_once(people):
    job = waiting(tried(people.county, **rows()))

    at_once(job, job, job)

    job.refresh_from_db()
    assert (job.state, job.result["new"]) == (JobState.DONE, 10)
    assert Drill.objects.count() == 5
