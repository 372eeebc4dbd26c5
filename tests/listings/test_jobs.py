"""Long work: it goes on in the worker, only its person sees it, and its file expires."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from listings.models import Job, JobKind, JobState
from listings.tasks import run_job, sweep_jobs

URL = reverse("enterprises:list")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def make_job(people):
    def _make_job(user=None, **fields) -> Job:
        now = timezone.now()
        given = {
            "kind": JobKind.EXPORT,
            "page": "enterprises.list",
            "title": "企业",
            "params": {"format": "xlsx", "query": "category=hazchem"},
            "created_at": now,
            "expires_at": now + timedelta(days=3),
            **fields,
        }
        return Job.objects.create(user=user or people.town, **given)

    return _make_job


def test_the_worker_writes_what_the_person_would_see(sign_in, people, four, make_job):
    job = make_job()

    run_job(job.pk)

    job.refresh_from_db()
    answer = sign_in(people.town).get(reverse("listings:job_file", args=[job.pk]))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert (job.state, job.done) == (JobState.DONE, 1)
    assert [row[0] for row in sheet.iter_rows(values_only=True)][1:] == ["广饶云麓化工有限公司"]


def test_a_job_of_somebody_else_is_not_found(sign_in, people, make_job):
    job = make_job(people.county)

    for name in ("listings:job", "listings:job_file"):
        assert sign_in(people.town).get(reverse(name, args=[job.pk])).status_code == 404


def test_a_job_under_way_has_no_file_yet(sign_in, people, make_job):
    job = make_job()

    assert sign_in(people.town).get(reverse("listings:job_file", args=[job.pk])).status_code == 404
    assert sign_in(people.town).get(reverse("listings:job", args=[job.pk])).status_code == 200


def test_a_file_expires(sign_in, people, four, make_job):
    job = make_job()
    run_job(job.pk)
    Job.objects.filter(pk=job.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert sign_in(people.town).get(reverse("listings:job_file", args=[job.pk])).status_code == 404


def test_what_has_expired_is_swept_with_its_file(people, four, make_job, settings):
    job = make_job()
    run_job(job.pk)
    Job.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert sweep_jobs() == 1
    assert not Job.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_job_that_fails_says_why(people, make_job):
    job = make_job(params={"format": "pdf"})

    with pytest.raises(KeyError):
        run_job(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "pdf" in job.message


def test_a_job_that_is_over_is_not_done_again(people, four, make_job):
    job = make_job(state=JobState.DONE)

    run_job(job.pk)

    job.refresh_from_db()
    assert not job.file


def test_the_progress_page_is_asked_again_only_while_the_work_goes_on(sign_in, people, make_job):
    browser = sign_in(people.town)
    waiting, over = make_job(), make_job(state=JobState.DONE)

    assert "hx-trigger" in browser.get(reverse("listings:job", args=[waiting.pk])).content.decode()
    over_page = browser.get(reverse("listings:job", args=[over.pk]), headers={"HX-Request": "true"})
    assert "hx-trigger" not in over_page.content.decode()
