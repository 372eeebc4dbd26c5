"""Issuing gives the number and freezes the facts in the caller's transaction; the paper comes after."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import Entry
from paperwork import tasks
from paperwork.models import IssuedDocument
from paperwork.services import withdraw
from tests.paperwork.conftest import LETTER


def test_it_gives_the_next_number_of_the_agency_the_word_and_the_year(write):
    assert [write().number for _n in range(2)] == ["（广）应急提示〔2026〕1号", "（广）应急提示〔2026〕2号"]


def test_each_agency_counts_for_itself(write, people):
    write()
    assert write(by=people.town).number == "（广大王）应急提示〔2026〕1号"


def test_each_year_begins_with_one_and_the_year_is_that_of_our_clock(write):
    write()
    # Half past four in the afternoon of New Year's Eve in London is New Year here.
    assert write(at=datetime(2026, 12, 31, 16, 30, tzinfo=UTC)).number == "（广）应急提示〔2027〕1号"


def test_an_act_that_fails_gives_its_number_back(write):
    def act_and_fail():
        with transaction.atomic():
            write()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act_and_fail()
    assert write().serial == 1


def test_it_freezes_the_facts_as_they_were_given(write):
    document = write()
    document.refresh_from_db()
    assert document.facts == {
        "agency": "广饶县应急管理局",
        "party": "甲公司",
        "lines": [{"text": "门锁坏了", "basis": "第一条"}],
        "date": "2026年3月10日",
    }


def test_facts_that_the_kind_does_not_declare_are_refused(write):
    @dataclass(frozen=True)
    class Other:
        agency: str

    with pytest.raises(TypeError):
        write(Other("x"))
    assert not IssuedDocument.objects.exists()


def test_an_agency_without_a_mark_cannot_issue(write, people):
    with pytest.raises(ValidationError, match="no mark"):
        write(by=people.agency)
    with pytest.raises(ValidationError):
        write(by=people.expert)


def test_it_lies_where_its_record_lies(write, enterprise):
    document = write()
    document.refresh_from_db()
    assert (document.region_id, document.town_code) == (enterprise.region_id, enterprise.town_code)


def test_it_is_addressed_to_the_enterprise_of_its_record(write, enterprise, people):
    document = write()
    assert document.enterprise_id == enterprise.pk
    assert IssuedDocument.objects.visible_to(people.enterprise).get() == document
    assert not IssuedDocument.objects.visible_to(people.other_enterprise).exists()


def test_it_is_put_on_record(write, enterprise):
    document = write()
    entry = Entry.objects.get(verb="paperwork.issue")
    assert entry.target_id == enterprise.pk
    assert entry.data["number"] == document.number


def test_the_worker_is_asked_only_after_the_commit(write, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(tasks.render_document, "delay", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        document = write()
        assert asked == []
    assert asked == [document.pk]


def test_a_queue_that_is_away_does_not_stop_the_issuing(
    write, monkeypatch, django_capture_on_commit_callbacks
):
    def away(pk):
        raise ConnectionError

    monkeypatch.setattr(tasks.render_document, "delay", away)
    with django_capture_on_commit_callbacks(execute=True):
        document = write()
    assert IssuedDocument.objects.get(pk=document.pk).state == "queued"


def test_asked_once_it_returns_the_one_that_stands(write):
    first = write(once=True)
    assert write(replace(LETTER, party="乙公司"), once=True) == first
    assert write().serial == 2


def test_asked_once_it_issues_anew_after_a_withdrawal(write, people, at):
    first = write(once=True)
    withdraw(first, reason="写错了单位", by=people.county, at=at)
    assert write(once=True).serial == 2


def test_the_code_is_eight_signs_that_nobody_misreads(write):
    codes = [write().code for _n in range(20)]
    assert len(set(codes)) == 20
    assert all(len(code) == 9 and not set(code) & set("01ILOU") for code in codes)
