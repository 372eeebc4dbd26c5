"""Rows of a ledger are entered, corrected and taken out: once, on record, and within one's posts."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.history import deeds_among
from audit.models import Entry
from enterprises.ledgers import LEDGERS, find
from enterprises.ledgers.services import add_row, change_row, remove_row
from enterprises.models import Drill, Enterprise, Licence
from tests.factories.ledgers import facts_of, make_row, papers

DRILLS, LICENCES, PERSONS = find("drills"), find("licences"), find("persons")


def said(error: pytest.ExceptionInfo) -> dict[str, list[str]]:
    return error.value.message_dict


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.code)
def test_a_row_of_every_ledger_is_entered_by_the_enterprise(ledger, people, enterprise, at):
    row = add_row(enterprise, ledger, facts=facts_of(ledger), by=people.enterprise, at=at)

    kept = ledger.model.objects.get(pk=row.pk)
    assert {name: getattr(kept, name) for name in ledger.names} == facts_of(ledger)
    assert Entry.objects.get(verb="enterprises.add_row").target == kept


def test_the_same_row_sent_twice_is_entered_once(people, enterprise, at):
    rows = [add_row(enterprise, DRILLS, facts=facts_of(DRILLS), by=people.enterprise, at=at) for _ in "ab"]

    assert rows[0] == rows[1]
    assert Entry.objects.filter(verb="enterprises.add_row").count() == 1


def test_another_row_of_the_same_key_is_refused(people, enterprise, at):
    make_row("drills", enterprise)

    with pytest.raises(ValidationError) as error:
        add_row(enterprise, DRILLS, facts=facts_of(DRILLS, participants=99), by=people.enterprise, at=at)
    assert "already" in str(error.value) or "已" in str(error.value)


def test_correcting_writes_what_differs_and_says_which_field(people, enterprise, at):
    row = make_row("drills", enterprise)

    change_row(row, facts={**facts_of(DRILLS), "participants": 41}, by=people.town, at=at)

    assert Drill.objects.get().participants == 41
    assert Entry.objects.get(verb="enterprises.change_row").data["fields"] == ["participants"]


def test_correcting_nothing_leaves_no_entry(people, enterprise, at):
    change_row(make_row("drills", enterprise), facts=facts_of(DRILLS), by=people.town, at=at)

    assert not Entry.objects.filter(verb="enterprises.change_row").exists()


def test_a_row_that_was_taken_out_stays_in_the_history(people, enterprise, at):
    row = make_row("drills", enterprise, topic="灰斗清理演练")

    remove_row(row, reason="填错企业", by=people.town, at=at)

    assert not Drill.objects.exists()
    newest = deeds_among(Drill, enterprise_id=enterprise.pk)[0]
    assert (newest.kind, "灰斗清理演练" in newest.label) == ("delete", True)
    assert Entry.objects.get(verb="enterprises.remove_row").reason == "填错企业"


@pytest.mark.parametrize("person", ["other_county", "other_town", "other_enterprise", "expert"])
def test_who_does_not_see_the_enterprise_does_not_find_it(person, people, enterprise, at):
    with pytest.raises(Enterprise.DoesNotExist):
        add_row(enterprise, DRILLS, facts=facts_of(DRILLS), by=getattr(people, person), at=at)


@pytest.mark.parametrize("person", ["grid", "legal", "leader"])
def test_who_only_reads_may_not_write(person, people, enterprise, at):
    row = make_row("drills", enterprise)

    with pytest.raises(PermissionDenied):
        remove_row(row, reason="x", by=getattr(people, person), at=at)
    assert Drill.objects.exists()


def test_nothing_is_entered_in_the_file_of_an_ended_enterprise(people, enterprise, at):
    Enterprise.objects.filter(pk=enterprise.pk).update(operating_status="deregistered")

    with pytest.raises(ValidationError):
        add_row(enterprise, DRILLS, facts=facts_of(DRILLS), by=people.town, at=at)


def test_overlapping_licence_dates_are_refused_with_the_other_licence_named(people, enterprise, at):
    make_row("licences", enterprise, number="甲001", **papers(date(2025, 1, 1)))
    facts = facts_of(LICENCES, number="甲002", **papers(date(2025, 12, 31)))

    with pytest.raises(ValidationError) as error:
        add_row(enterprise, LICENCES, facts=facts, by=people.town, at=at)
    assert "甲001" in said(error)["valid_from"][0]


def test_a_licence_that_begins_the_day_after_is_entered(people, enterprise, at):
    make_row("licences", enterprise, number="甲001", **papers(date(2025, 1, 1)))
    facts = facts_of(LICENCES, number="甲001", **papers(date(2026, 1, 1)))

    add_row(enterprise, LICENCES, facts=facts, by=people.town, at=at)

    assert Licence.objects.count() == 2


def test_licences_of_another_kind_or_of_another_enterprise_do_not_overlap(
    people, enterprise, other_enterprise, at
):
    make_row("licences", enterprise, kind="hazchem_use", number="甲001")
    make_row("licences", other_enterprise)

    add_row(enterprise, LICENCES, facts=facts_of(LICENCES), by=people.town, at=at)

    assert Licence.objects.filter(enterprise=enterprise).count() == 2


WRONG = [
    ("licences", {"valid_from": date(2028, 6, 1)}, "valid_to"),
    ("licences", {"kind": "other"}, "title"),
    ("examinations", {"examined": 4, "due": 3}, "due"),
    ("drills", {"held_on": date(2026, 3, 11)}, "held_on"),
    ("investment", {"year": 2027}, "year"),
    ("chemicals", {"cas": "71-43-3"}, "cas"),
    ("processes", {"is_key": True}, "key_kind"),
    ("processes", {"key_kind": "nitration"}, "key_kind"),
    ("persons", {"phone": "1360546"}, "phone"),
    ("persons", {"name": "高砚平😀"}, "name"),
    ("drills", {"topic": ""}, "topic"),
    ("drills", {"kind": "fantasy"}, "kind"),
]


@pytest.mark.parametrize(("code", "wrong", "field"), WRONG)
def test_what_cannot_be_right_is_refused_beside_its_field(code, wrong, field, people, enterprise, at):
    ledger = find(code)

    with pytest.raises(ValidationError) as error:
        add_row(enterprise, ledger, facts=facts_of(ledger, **wrong), by=people.town, at=at)
    assert set(said(error)) == {field}


def test_a_key_process_with_its_kind_is_entered(people, enterprise, at):
    ledger = find("processes")

    row = add_row(
        enterprise, ledger, facts=facts_of(ledger, is_key=True, key_kind="nitration"), by=people.town, at=at
    )

    assert row.is_key
    assert row.updated_at - row.created_at == timedelta(0)
