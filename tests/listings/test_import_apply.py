"""Writing what was checked: once, whole, on record, and only what the person saw."""

import pytest
from django.db import OperationalError, connection

from audit.models import Entry
from enterprises.models import Enterprise
from listings.importing import staging, work
from listings.models import Job, JobState
from listings.tasks import run_job, sweep_jobs
from tests.factories.enterprises import make_enterprise
from tests.factories.imports import checked, facts, pressed, sent_in, taken, workbook
from tests.people import AT

pytestmark = pytest.mark.django_db


def on_file(serial):
    return Enterprise.objects.filter(uscc=facts(serial)["uscc"])


def test_new_rows_open_a_file_with_every_default(people):
    job = taken(pressed(checked(people.county, facts(1, employees=12, risk_tags="dust、gas"))))
    row = on_file(1).get()
    assert job.state == JobState.DONE
    assert (row.region_id, row.county_code, row.employees) == ("370523101", "370523", 12)
    assert (row.risk_tags, row.former_name, row.operating_status) == (["dust", "gas"], "", "normal")
    assert row.status_since == row.created_at.astimezone().date()
    assert row.industry_code == "3511"


def test_a_changed_row_writes_its_cells_and_an_empty_cell_leaves_what_is_on_file(people, enterprise):
    row = {"uscc": enterprise.uscc, "employees": 77, "name": "", "operating_status": "normal"}
    taken(pressed(checked(people.county, row)))
    after = Enterprise.objects.get(pk=enterprise.pk)
    assert (after.employees, after.name, after.operating_status) == (77, enterprise.name, "normal")
    assert after.created_at == enterprise.created_at
    assert after.updated_at > enterprise.updated_at
    assert after.status_since == enterprise.status_since


def test_an_import_does_not_move_the_status_of_a_file_on_record(people, enterprise):
    row = {"uscc": enterprise.uscc, "employees": 77, "operating_status": "deregistered"}
    job = checked(people.county, row, facts(1, operating_status="suspended_self"))
    assert job.result["wrong"] == 1
    taken(pressed(job))
    assert Enterprise.objects.get(pk=enterprise.pk).operating_status == "normal"
    assert on_file(1).get().operating_status == "suspended_self"


def test_an_unchanged_row_is_not_touched(people, enterprise):
    row = {"uscc": enterprise.uscc, "name": enterprise.name}
    job = taken(pressed(checked(people.county, row, facts(1))))
    assert (job.result["new"], job.result["unchanged"]) == (1, 1)
    assert Enterprise.objects.get(pk=enterprise.pk).updated_at == AT


def test_wrong_rows_are_left_out_and_the_right_ones_written(people):
    taken(pressed(checked(people.county, facts(1), facts(2, contact_phone="1"))))
    assert on_file(1).exists()
    assert not on_file(2).exists()


def test_there_is_one_entry_on_record_with_the_counts(people):
    taken(pressed(checked(people.county, facts(1), facts(2))))
    entry = Entry.objects.get(verb="enterprises.import")
    assert entry.actor == people.county
    assert entry.data == {"new": 2, "changed": 0, "unchanged": 0, "wrong": 0, "file": "企业.xlsx"}


def test_the_history_of_each_record_names_the_person_and_the_verb(people, enterprise):
    taken(pressed(checked(people.county, {"uscc": enterprise.uscc, "employees": 77}, facts(1))))
    history = Enterprise.pgh_event_model.objects
    for pk in (enterprise.pk, on_file(1).get().pk):
        last = history.filter(pgh_obj_id=pk).select_related("pgh_context").latest("pgh_id")
        assert last.pgh_context.metadata["verb"] == "enterprises.import"
        assert last.pgh_context.metadata["user"] == people.county.pk


def test_the_same_message_twice_does_nothing_twice(people):
    job = taken(pressed(checked(people.county, facts(1))))
    run_job(job.pk)
    run_job(job.pk)
    assert Entry.objects.filter(verb="enterprises.import").count() == 1
    assert on_file(1).count() == 1


def test_the_same_file_again_changes_nothing(people):
    taken(pressed(checked(people.county, facts(1))))
    again = checked(people.county, facts(1))
    assert (again.result["new"], again.result["changed"], again.result["unchanged"]) == (0, 0, 1)


def test_a_worker_killed_while_writing_leaves_nothing_and_the_next_one_finishes(people, monkeypatch):
    job = pressed(checked(people.county, facts(1)))
    with monkeypatch.context() as broken:
        broken.setattr(work, "record", dies)
        with pytest.raises(OperationalError):
            run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert not on_file(1).exists()
    assert taken(job).state == JobState.DONE
    assert on_file(1).exists()


def dies(*args, **kwargs):
    raise OperationalError("the worker was killed")


def test_a_worker_killed_while_checking_begins_anew(people, monkeypatch):
    job = sent_in(people.county, workbook(facts(1), facts(2)))
    with monkeypatch.context() as broken:
        broken.setattr(work.checking, "find", dies)
        with pytest.raises(OperationalError):
            run_job(job.pk)
    assert taken(job).result["new"] == 2


def test_while_another_worker_is_at_it_nothing_is_done(people):
    job = sent_in(people.county, workbook(facts(1)))
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [work.LOCK, job.pk])
        assert taken(job).state == JobState.WAITING
        with other.cursor() as cursor:
            # A closed connection lets its lock go a moment later; an unlocked one at once.
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [work.LOCK, job.pk])
    finally:
        other.close()
    assert taken(job).state == JobState.CHECKED


def test_what_changed_since_the_check_is_shown_before_anything_is_written(people):
    job = pressed(checked(people.county, facts(1), facts(2)))
    make_enterprise("370522001001", uscc=facts(1)["uscc"])
    job = taken(job)
    assert job.state == JobState.CHECKED
    assert job.message
    assert (job.result["new"], job.result["wrong"]) == (1, 1)
    assert not on_file(2).exists()


def test_staged_rows_lost_with_the_database_are_read_again(people):
    job = pressed(checked(people.county, facts(1)))
    staging.drop(staging.table_name(job.pk))
    assert taken(job).state == JobState.CHECKED
    assert taken(pressed(job)).state == JobState.DONE


def test_a_post_that_has_ended_writes_nothing(people):
    job = pressed(checked(people.county, facts(1)))
    type(people.county.posts[0]).objects.filter(user=people.county).delete()
    assert taken(job).state == JobState.FAILED
    assert not on_file(1).exists()


def test_nothing_is_left_behind_when_an_import_is_over(people):
    job = taken(pressed(checked(people.county, facts(1))))
    assert not staging.exists(staging.table_name(job.pk))


def test_an_import_given_up_goes_with_its_rows_and_files_when_its_time_is_over(people):
    job = checked(people.county, facts(1, contact_phone="1"))
    Job.objects.update(expires_at=AT)
    source = job.source
    assert sweep_jobs() == 1
    assert not staging.exists(staging.table_name(job.pk))
    assert not source.storage.exists(source.name)
    assert not Job.objects.exists()
