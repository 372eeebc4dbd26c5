"""The steps that change whether an enterprise works, each with what proves it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from accounts.services import may
from audit.models import Entry
from enterprises import services
from enterprises.choices import ENDED
from enterprises.life.tables import ENTERPRISE
from enterprises.models import Enterprise, StatusProof, Transfer
from enterprises.sources.lifecycle import SOURCE
from lifecycle.refusals import VerbRefused, WrongState
from tests.factories.life import asked_to_stop, offered, ordered, proof

ENDS = {"close": "closed", "deregister": "deregistered", "revoke": "revoked", "move_away": "relocated"}
REASONED = {"close", "move_away", "reinstate"}


def taken(name, enterprise, by, at, **facts):
    if name in REASONED:
        facts["reason"] = "县政府关闭决定"
    facts.setdefault("evidence", proof(by, at=at, number="3号"))
    return getattr(services, name)(enterprise, by=by, at=at, **facts)


def put(enterprise, status):
    Enterprise.objects.filter(pk=enterprise.pk).update(operating_status=status)
    enterprise.refresh_from_db()
    return enterprise


def test_a_plant_is_built_tried_and_then_works(people, enterprise, at):
    put(enterprise, "construction")
    until = at.date() + timedelta(days=180)
    row = taken("start_trial", enterprise, people.town, at, planned_until=until)
    assert (row.operating_status, row.planned_until) == ("trial", until)
    row = taken("start_normal", enterprise, people.town, at)
    assert (row.operating_status, row.planned_until, row.version) == ("normal", None, 2)


def test_a_trial_run_needs_its_plan(people, enterprise, at):
    put(enterprise, "construction")
    until = at.date() + timedelta(days=180)
    with pytest.raises(ValidationError) as refused:
        services.start_trial(
            enterprise, planned_until=until, evidence=proof(people.town, photos=0), by=people.town, at=at
        )
    assert "files" in refused.value.error_dict


@pytest.mark.parametrize("name", ["close", "deregister", "revoke", "suspend_ordered"])
def test_without_its_paper_the_step_is_refused(people, enterprise, at, name):
    with pytest.raises(ValidationError) as refused:
        taken(name, enterprise, people.county, at, evidence=proof(people.county, number="3号", photos=0))
    assert "files" in refused.value.error_dict
    enterprise.refresh_from_db()
    assert enterprise.operating_status == "normal"


@pytest.mark.parametrize(("name", "status"), ENDS.items())
def test_what_has_ended_owes_nothing_and_can_be_taken_up_again(people, enterprise, at, name, status):
    asked_to_stop(people, enterprise)
    offered(people, enterprise)
    row = taken(name, enterprise, people.county, at)
    assert (row.operating_status, row.is_ended) == (status, True)
    assert not row.stop_requests.filter(outcome="").exists()
    assert Transfer.objects.get().state == "withdrawn"
    assert not Enterprise.objects.in_supervision().filter(pk=row.pk).exists()
    assert taken("reinstate", enterprise, people.county, at).operating_status == "normal"


def test_every_ended_status_is_reached_by_a_step():
    assert set(ENDS.values()) == ENDED


def test_an_order_has_a_number(people, enterprise, at):
    with pytest.raises(ValidationError) as refused:
        taken("suspend_ordered", enterprise, people.county, at, evidence=proof(people.county))
    assert "document_number" in refused.value.error_dict


def test_after_an_order_nobody_resumes_without_the_agreed_review(people, enterprise, at):
    ordered(people, enterprise)
    with pytest.raises(VerbRefused) as refused:
        taken("resume", enterprise, people.enterprise, at)
    assert (refused.value.refusal.law, refused.value.refusal.article) == ("AWSL", 65)
    taken("approve_resumption", enterprise, people.leader, at)
    assert taken("resume", enterprise, people.enterprise, at).operating_status == "normal"


def test_an_agreement_serves_one_order_only(people, enterprise, at):
    ordered(people, enterprise)
    taken("approve_resumption", enterprise, people.leader, at)
    taken("resume", enterprise, people.enterprise, at)
    ordered(people, enterprise, at=at + timedelta(days=9))
    with pytest.raises(VerbRefused, match="No agreement to resume"):
        taken("resume", enterprise, people.town, at + timedelta(days=10))


def test_who_is_not_found_leaves_supervision_with_a_photo_of_the_place(people, enterprise, at):
    row = taken("declare_lost", enterprise, people.town, at)
    assert row.operating_status == "lost"
    assert not Enterprise.objects.in_supervision().filter(pk=row.pk).exists()
    assert Enterprise.objects.active().filter(pk=row.pk).exists(), "a lost enterprise has not ended"


def test_a_wrong_state_is_named(people, enterprise, at):
    with pytest.raises(WrongState, match="Operating normally"):
        taken("start_trial", enterprise, people.town, at, planned_until=at.date() + timedelta(days=9))


def test_evidence_is_on_record_and_cannot_be_changed(people, enterprise, at):
    taken("deregister", enterprise, people.county, at)
    entry = Entry.objects.get(verb="enterprises.deregister")
    assert (entry.actor, entry.data["document"]) == (people.county, "3号")
    with pytest.raises(Exception, match="Cannot update"):
        StatusProof.objects.update(note="别的")


@pytest.mark.parametrize("name", ["deregister", "close", "reinstate", "merge", "suspend_ordered"])
def test_the_enterprise_itself_and_the_grid_end_nothing(people, enterprise, name):
    for person in (people.enterprise, people.grid, people.other_county, people.dept):
        assert not may(person, f"enterprises.{name}", enterprise)


def test_a_correction_does_not_bypass_the_steps(people, enterprise, at):
    with pytest.raises(ValidationError, match="changes by its own steps"):
        services.change(enterprise, facts={"operating_status": "deregistered"}, by=people.county, at=at)


def test_a_file_is_not_opened_for_what_has_ended(people, enterprise, at):
    with pytest.raises(ValidationError) as refused:
        services.register(facts={"operating_status": "closed"}, by=people.county, at=at)
    assert "operating_status" in refused.value.error_dict


def test_an_enterprise_and_a_source_are_deregistered_in_words_of_their_own():
    with translation.override("zh-hans"):
        assert str(ENTERPRISE.verb("deregister").label) != str(SOURCE.verb("grant_source_cancel").label)
