"""What a step in the life of a file says about the truth of its status."""

from datetime import timedelta

from enterprises import services
from enterprises.models import Conflict, Enterprise, FactGroup
from tests.factories.life import asked_to_stop, proof, stopped
from tests.factories.truth import make_conflict


def status_of(enterprise) -> FactGroup | None:
    return FactGroup.objects.filter(enterprise=enterprise, group="status").first()


def test_a_stop_seen_on_site_confirms_the_status_for_as_long_as_a_stop_counts(people, enterprise, at):
    stopped(people, enterprise)

    held = status_of(enterprise)
    assert (held.source, held.by) == ("on_site", people.town)
    assert held.stale_on == (at + timedelta(days=30)).date()


def test_a_report_of_a_stop_confirms_nothing(people, enterprise):
    before = status_of(enterprise)
    asked_to_stop(people, enterprise)

    assert status_of(enterprise) == before


def test_looking_again_confirms_the_status_anew(people, enterprise, at):
    stopped(people, enterprise)
    later = at + timedelta(days=20)
    evidence = proof(people.town, at=later, seen_on=later.date())
    services.recheck_stop(enterprise, evidence=evidence, by=people.town, at=later)

    assert status_of(enterprise).confirmed_at == later


def test_looking_again_settles_no_conflict(people, enterprise, at):
    stopped(people, enterprise)
    conflict = make_conflict(enterprise, people.officer, field="operating_status", seen="压机仍在运行")
    services.recheck_stop(enterprise, evidence=proof(people.town), by=people.town, at=at)

    assert Conflict.objects.get(pk=conflict.pk).state == "open"
    assert status_of(enterprise).doubt == "压机仍在运行"


def test_a_step_that_writes_the_status_overtakes_what_was_disputed_about_it(people, enterprise, at):
    conflict = make_conflict(enterprise, people.officer, field="operating_status", seen="现场已停产")
    asked_to_stop(people, enterprise)
    services.verify_stop(enterprise, evidence=proof(people.town), by=people.town, at=at)

    assert Conflict.objects.get(pk=conflict.pk).state == "dismissed"
    assert (status_of(enterprise).doubt, status_of(enterprise).source) == ("", "on_site")


def test_work_resumed_by_the_enterprise_is_its_own_word(people, enterprise, at):
    stopped(people, enterprise)
    services.resume(enterprise, evidence=proof(people.enterprise, photos=0), by=people.enterprise, at=at)

    held = status_of(enterprise)
    assert (held.source, held.by) == ("enterprise", people.enterprise)
    assert held.stale_on == (at + timedelta(days=180)).date()


def test_an_ended_file_is_rated_no_more(people, enterprise, at):
    stopped(people, enterprise)
    services.deregister(enterprise, evidence=proof(people.county, number="注销1号"), by=people.county, at=at)

    assert not Enterprise.objects.filter(pk=enterprise.pk, quality__isnull=False).exists()
