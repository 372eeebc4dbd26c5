"""The pages of an import: who may, what is refused at the door, and what is shown."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from enterprises.importing import COLUMNS
from enterprises.models import Enterprise
from listings import views_import
from listings.models import Job, JobState
from tests.factories.imports import checked, facts, workbook

pytestmark = pytest.mark.django_db
PAGE = "/enterprises/import/"


def send(browser, content, name="企业.xlsx"):
    return browser.post(PAGE, {"file": SimpleUploadedFile(name, content)})


def address(name, job):
    return reverse(f"listings:{name}", args=[job.pk])


def test_a_file_is_kept_and_its_check_queued_once_it_is_safe(people, sign_in, monkeypatch):
    queued = []
    monkeypatch.setattr(views_import.run_job, "delay", queued.append)
    monkeypatch.setattr(views_import.transaction, "on_commit", lambda send: send())
    answer = send(sign_in(people.county), workbook(facts(1)))
    job = Job.objects.get()
    assert answer.url == address("import_job", job)
    assert queued == [job.pk]
    assert (job.user, job.state, job.params["file"]) == (people.county, JobState.WAITING, "企业.xlsx")


@pytest.mark.parametrize("role", ["town", "enterprise", "officer", "admin"])
def test_whoever_may_not_import_is_refused(people, sign_in, role):
    browser = sign_in(getattr(people, role))
    assert browser.get(PAGE).status_code == 403
    assert send(browser, workbook(facts(1))).status_code == 403
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("企业.xls", b"\xd0\xcf\x11\xe0"),
        ("企业.docx", b"PK\x03\x04"),
        ("企业.xlsx", b"MZ\x90\x00"),
        ("企业.csv", b"PK\x03\x04"),
        ("企业.xlsx", b""),
    ],
)
def test_a_file_that_is_no_table_is_refused_at_the_door(people, sign_in, name, content):
    answer = send(sign_in(people.county), content, name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not Job.objects.exists()


def test_a_file_that_is_too_large_is_refused_with_its_limit(people, sign_in, monkeypatch):
    monkeypatch.setattr(views_import, "SIZE_LIMIT", 100)
    answer = send(sign_in(people.county), workbook(facts(1)))
    assert "100 MB" in answer.context["form"].errors["file"][0]


def test_the_list_shows_the_button_to_those_who_may(people, sign_in):
    assert PAGE in sign_in(people.county).get("/enterprises/").content.decode()
    assert PAGE not in sign_in(people.town).get("/enterprises/").content.decode()


def test_the_template_has_every_column_and_says_what_belongs_there(people, sign_in):
    answer = sign_in(people.county).get(PAGE, {"template": "1"})
    book = load_workbook(BytesIO(answer.content))
    rows, notes = book.worksheets
    assert [cell.value.strip("*") for cell in rows[1]] == [column.head for column in COLUMNS]
    assert rows.max_row == 1
    told = {line[0]: line for line in notes.values}
    assert told["统一社会信用代码"][1] == "是"
    assert "、" in told["监管行业"][3]
    assert told["是否规模以上"][3] == "是、否"


def test_the_template_filled_in_can_be_sent_in(people, sign_in):
    book = load_workbook(BytesIO(sign_in(people.county).get(PAGE, {"template": "1"}).content))
    sheet, row = book.worksheets[0], facts(1)
    for cell in sheet[1]:
        column = next(column for column in COLUMNS if column.head == cell.value.strip("*"))
        sheet.cell(2, cell.column, row.get(column.name))
    file = BytesIO()
    book.save(file)
    send(sign_in(people.county), file.getvalue())
    views_import.run_job(Job.objects.get().pk)
    assert Job.objects.get().result["new"] == 1


def test_the_result_shows_counts_sentences_and_what_was_typed_without_obeying_it(people, sign_in):
    job = checked(people.county, facts(1), facts(2, contact_phone="<b>1</b>"))
    page = sign_in(people.county).get(address("import_job", job)).content.decode()
    assert "&lt;b&gt;1&lt;/b&gt;" in page
    assert address("apply_import", job) in page
    assert reverse("listings:job_file", args=[job.pk]) in page


def test_while_it_works_the_page_asks_again_and_survives_a_reload(people, sign_in):
    browser = sign_in(people.county)
    send(browser, workbook(facts(1)))
    job = Job.objects.get()
    Job.objects.update(state=JobState.RUNNING, done=2000, total=50_000)
    page = browser.get(address("import_job", job)).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert '<progress value="2000" max="50000"' in page
    piece = browser.get(address("import_job", job), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece


def test_pressing_write_twice_queues_it_once(people, sign_in, monkeypatch):
    job, queued = checked(people.county, facts(1)), []
    monkeypatch.setattr(views_import.run_job, "delay", queued.append)
    monkeypatch.setattr(views_import.transaction, "on_commit", lambda send: send())
    browser = sign_in(people.county)
    for _press in range(2):
        assert browser.post(address("apply_import", job)).status_code == 302
    assert queued == [job.pk]
    views_import.run_job(job.pk)
    assert Enterprise.objects.filter(uscc=facts(1)["uscc"]).count() == 1
    browser.post(address("apply_import", job))
    assert Job.objects.get().state == JobState.DONE


def test_an_import_that_was_written_or_is_being_written_cannot_be_given_up(people, sign_in):
    job = checked(people.county, facts(1))
    Job.objects.update(state=JobState.RUNNING)
    sign_in(people.county).post(address("discard_import", job))
    assert Job.objects.exists()
    Job.objects.update(state=JobState.CHECKED)
    assert sign_in(people.county).post(address("discard_import", job)).url == PAGE
    assert not Job.objects.exists()


@pytest.mark.parametrize("name", ["import_job", "job_file"])
def test_another_persons_import_is_not_found(people, sign_in, name):
    job = checked(people.county, facts(1, contact_phone="1"))
    assert sign_in(people.city).get(address(name, job)).status_code == 404


@pytest.mark.parametrize("name", ["apply_import", "discard_import"])
def test_another_persons_import_is_neither_written_nor_given_up(people, sign_in, name):
    job = checked(people.county, facts(1))
    assert sign_in(people.city).post(address(name, job)).status_code == 404
    assert sign_in(people.county).get(address(name, job)).status_code == 405
    assert Job.objects.get().state == JobState.CHECKED


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get(PAGE).status_code == 302
