"""The whole file is made by the worker for the person who asked, as they may see it then."""

from io import BytesIO

import docx as reader
import pytest
from django.urls import reverse

from accounts.models import Post
from audit.models import Entry
from listings.models import Job, JobState
from listings.tasks import run_job
from tests.factories.ledgers import make_row


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def press(browser, enterprise, kind="docx"):
    return browser.post(reverse("enterprises:print_file", args=[enterprise.pk]), {"format": kind})


def test_pressing_leads_to_the_progress_and_then_to_the_file(people, enterprise, sign_in):
    make_row("drills", enterprise, topic="氨泄漏演练")
    browser = sign_in(people.town)
    answer = press(browser, enterprise)
    job = Job.objects.get()
    assert answer.url == reverse("listings:job", args=[job.pk])

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, job.total)
    page = browser.get(answer.url).content.decode()
    assert reverse("listings:job_file", args=[job.pk]) in page
    assert enterprise.get_absolute_url() in page
    file = browser.get(reverse("listings:job_file", args=[job.pk]))
    written = reader.Document(BytesIO(b"".join(file.streaming_content)))
    cells = {cell.text for table in written.tables for row in table.rows for cell in row.cells}
    assert "氨泄漏演练" in cells


def test_a_pdf_is_made_where_the_server_can(people, enterprise, sign_in):
    press(sign_in(people.town), enterprise, "pdf")

    run_job(Job.objects.get().pk)

    assert Job.objects.get().file.read().startswith(b"%PDF-")


def test_without_the_libraries_there_is_no_button_for_a_pdf_and_none_is_tried(
    people, enterprise, sign_in, settings
):
    settings.PDF_ENABLED = False
    browser = sign_in(people.town)

    page = browser.get(enterprise.get_absolute_url()).content.decode()
    press(browser, enterprise, "pdf")

    assert 'value="pdf"' not in page
    assert 'value="docx"' in page
    assert Job.objects.get().params["format"] == "docx"


def test_pressed_twice_it_is_made_once_and_stands_on_record_once(people, enterprise, sign_in):
    browser = sign_in(people.town)

    first, second = press(browser, enterprise), press(browser, enterprise)

    assert first.url == second.url
    assert Job.objects.count() == 1
    entry = Entry.objects.get(verb="enterprises.print_file")
    assert (entry.actor, entry.target_id, entry.data) == (people.town, enterprise.pk, {"format": "docx"})


def test_another_format_is_another_file(people, enterprise, sign_in):
    browser = sign_in(people.town)

    press(browser, enterprise, "docx")
    press(browser, enterprise, "pdf")

    assert Job.objects.count() == 2


def test_who_does_not_see_the_file_does_not_get_it_on_paper(people, enterprise, sign_in):
    for person in (people.other_county, people.other_enterprise, people.expert):
        assert press(sign_in(person), enterprise).status_code == 404
    assert not Job.objects.exists()


def test_who_lost_the_post_meanwhile_gets_a_sentence_and_no_file(people, enterprise, sign_in):
    press(sign_in(people.town), enterprise)
    Post.objects.filter(user=people.town).update(region_id="370523102")

    with pytest.raises(Exception, match="."):
        run_job(Job.objects.get().pk)

    job = Job.objects.get()
    assert job.state == JobState.FAILED
    assert not job.file
    assert job.message


def test_it_is_written_in_the_language_of_the_person(people, enterprise, sign_in):
    people.town.language = "en"
    people.town.save()
    press(sign_in(people.town), enterprise)

    run_job(Job.objects.get().pk)

    text = "\n".join(each.text for each in reader.Document(Job.objects.get().file).paragraphs)
    assert "Life of the file" in text or "Facts of the enterprise" in text
