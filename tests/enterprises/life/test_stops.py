"""A stop by the enterprise's own decision: asked for, seen on site, looked at again, ended."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from attachments.models import Attachment
from deadlines.models import Deadline
from deadlines.services import running
from enterprises import services
from enterprises.choices import OperatingStatus
from enterprises.life.stops import start_missing_clocks
from enterprises.models import Enterprise, StatusProof
from lifecycle.models import StateChange
from lifecycle.refusals import AlreadyDone, NotPermitted, VerbRefused
from tests.factories.life import STOP, asked_to_stop, proof, stopped

TOMORROW = timedelta(days=1)


def of(enterprise):
    return Enterprise.objects.get(pk=enterprise.pk)


def scored(at):
    return set(Enterprise.objects.counts_for_scoring(at.date()).values_list("pk", flat=True))


def test_a_reported_stop_leaves_the_status_and_gives_the_town_ten_working_days(people, enterprise, at):
    asked_to_stop(people, enterprise)
    assert of(enterprise).operating_status == "normal"
    clock = running(enterprise, "enterprises.verify_stop")
    assert (clock.n, clock.unit, clock.due_on) == (10, "workday", date(2026, 3, 24))


def test_a_stop_counts_only_after_the_town_has_seen_it(people, enterprise, other_enterprise, at):
    asked_to_stop(people, enterprise)
    assert enterprise.pk in scored(at)
    services.verify_stop(enterprise, evidence=proof(people.town), by=people.town, at=at)
    row = of(enterprise)
    assert (row.operating_status, row.status_since, row.version) == ("suspended_self", at.date(), 2)
    assert row.stop_checked_until == date(2026, 4, 9)
    assert scored(at) == {other_enterprise.pk}
    assert running(enterprise, "enterprises.verify_stop") is None


def test_the_evidence_of_a_stop_is_kept_with_its_photos(people, enterprise, at):
    stopped(people, enterprise)
    kept = StatusProof.objects.visible_to(people.county).get()
    assert (kept.verb, kept.status, kept.by, kept.note) == (
        "verify_stop",
        "suspended_self",
        people.town,
        "大门上锁，设备断电",
    )
    assert Attachment.objects.get(target_id=kept.pk, purpose="status").target == kept


def test_a_stop_is_not_confirmed_without_a_photo(people, enterprise, at):
    asked_to_stop(people, enterprise)
    with pytest.raises(ValidationError) as refused:
        services.verify_stop(enterprise, evidence=proof(people.town, photos=0), by=people.town, at=at)
    assert "files" in refused.value.error_dict
    assert of(enterprise).operating_status == "normal"
    assert not StatusProof.objects.exists()


def test_a_visit_in_the_future_is_refused(people, enterprise, at):
    asked_to_stop(people, enterprise)
    evidence = proof(people.town, seen_on=at.date() + TOMORROW)
    with pytest.raises(ValidationError) as refused:
        services.verify_stop(enterprise, evidence=evidence, by=people.town, at=at)
    assert "seen_on" in refused.value.error_dict


def test_nobody_confirms_the_stop_they_reported_themselves(people, enterprise, at):
    services.ask_to_stop(enterprise, **STOP, by=people.town, at=at)
    with pytest.raises(VerbRefused, match="You asked for this stop"):
        services.verify_stop(enterprise, evidence=proof(people.town), by=people.town, at=at)


def test_an_enterprise_does_not_confirm_its_own_stop(people, enterprise, at):
    asked_to_stop(people, enterprise)
    with pytest.raises(NotPermitted):
        services.verify_stop(enterprise, evidence=proof(people.enterprise), by=people.enterprise, at=at)


def test_another_town_does_not_find_the_enterprise(people, enterprise, at):
    with pytest.raises(Enterprise.DoesNotExist):
        services.ask_to_stop(enterprise, **STOP, by=people.other_town, at=at)


def test_a_second_report_waits_for_the_first(people, enterprise, at):
    asked_to_stop(people, enterprise)
    with pytest.raises(VerbRefused, match="has been asked for already"):
        asked_to_stop(people, enterprise)


def test_a_double_click_reports_once(people, enterprise, at):
    services.ask_to_stop(enterprise, **STOP, by=people.enterprise, at=at, version=0)
    with pytest.raises(AlreadyDone):
        services.ask_to_stop(enterprise, **STOP, by=people.enterprise, at=at, version=0)
    assert enterprise.stop_requests.count() == 1


def test_a_refused_stop_keeps_the_status_and_says_why(people, enterprise, at):
    asked_to_stop(people, enterprise)
    services.refuse_stop(enterprise, reason="压机仍在运行", by=people.town, at=at)
    request = enterprise.stop_requests.get()
    assert (request.outcome, request.decision_reason, request.decided_by) == (
        "refused",
        "压机仍在运行",
        people.town,
    )
    assert of(enterprise).operating_status == "normal"
    assert not Deadline.objects.open().exists()


def test_what_nobody_has_seen_can_be_taken_back(people, enterprise, at):
    asked_to_stop(people, enterprise)
    services.withdraw_stop(enterprise, by=people.enterprise, at=at)
    assert enterprise.stop_requests.get().outcome == "withdrawn"
    asked_to_stop(people, enterprise)
    assert enterprise.stop_requests.count() == 2


def test_a_look_every_month_keeps_the_stop_out_of_the_denominators(people, enterprise, at):
    stopped(people, enterprise)
    later = at + timedelta(days=29)
    evidence = proof(people.town, at=later, seen_on=later.date())
    services.recheck_stop(enterprise, evidence=evidence, by=people.town, at=later)
    assert of(enterprise).stop_checked_until == date(2026, 5, 8)
    assert enterprise.pk not in scored(later + timedelta(days=30))
    clocks = Deadline.objects.of(enterprise).filter(rule="enterprises.recheck_stop").order_by("pk")
    assert [clock.state for clock in clocks] == ["met", "running"]


def test_a_stop_nobody_looked_at_again_counts_once_more(people, enterprise, at):
    stopped(people, enterprise)
    assert enterprise.pk not in scored(at + timedelta(days=30))
    assert enterprise.pk in scored(at + timedelta(days=31))


def test_resuming_brings_every_duty_back(people, enterprise, at):
    stopped(people, enterprise)
    services.resume(enterprise, evidence=proof(people.enterprise, photos=0), by=people.enterprise, at=at)
    row = of(enterprise)
    assert (row.operating_status, row.stop_checked_until) == ("normal", None)
    assert enterprise.pk in scored(at)
    assert not Deadline.objects.open().exists()


def test_a_season_ends_on_its_planned_day(people, enterprise, at):
    until = date(2026, 6, 30)
    asked_to_stop(people, enterprise, kind="seasonal", planned_until=until)
    with pytest.raises(VerbRefused):
        services.verify_stop(enterprise, evidence=proof(people.town), by=people.town, at=at)
    services.verify_season(enterprise, evidence=proof(people.town), by=people.town, at=at)
    row = of(enterprise)
    assert (row.operating_status, row.planned_until) == ("seasonal", until)
    assert running(enterprise, "enterprises.season_end").due_on == until
    assert enterprise.pk in scored(at + timedelta(days=120))


@pytest.mark.parametrize("until", [None, date(2026, 3, 10), date(2026, 3, 1)])
def test_a_season_has_a_last_day_that_lies_ahead(people, enterprise, at, until):
    with pytest.raises(ValidationError) as refused:
        asked_to_stop(people, enterprise, kind="seasonal", planned_until=until)
    assert "planned_until" in refused.value.error_dict
    assert not StateChange.objects.exists()


def test_an_order_to_stop_overtakes_a_reported_stop(people, enterprise, at):
    asked_to_stop(people, enterprise)
    services.suspend_ordered(enterprise, evidence=proof(people.county, number="1号"), by=people.county, at=at)
    assert enterprise.stop_requests.get().outcome == "overtaken"
    assert [row.rule for row in Deadline.objects.open()] == ["enterprises.recheck_stop"]


def test_imported_stops_get_their_clocks_once(people, enterprise, other_enterprise, at):
    Enterprise.objects.filter(pk=enterprise.pk).update(operating_status=OperatingStatus.SUSPENDED_SELF)
    Enterprise.objects.filter(pk=other_enterprise.pk).update(
        operating_status=OperatingStatus.SEASONAL, planned_until=date(2026, 5, 1)
    )
    assert start_missing_clocks(at=at) == 2
    assert start_missing_clocks(at=at) == 0
    assert running(other_enterprise, "enterprises.season_end").due_on == date(2026, 5, 1)
    assert enterprise.pk in scored(at), "nobody has seen an imported stop"
