"""Two files of one enterprise become one, and for a month can be parted again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from accounts.models import Post
from audit.models import Entry
from deadlines.models import Deadline
from enterprises import services
from enterprises.life.links import links, relations
from enterprises.life.merging import drop, plain, preview
from enterprises.models import Drill, Enterprise, MergeRecord, StatusProof, VerificationEvent
from hazards.models import Hazard
from tests.factories.enterprises import make_enterprise
from tests.factories.hazards import reported
from tests.factories.ledgers import make_row
from tests.factories.life import asked_to_stop, offered, stopped

REASON = "同一厂区，一照两档"


@pytest.fixture
def double(people):
    return make_enterprise(
        "370523102001",
        name="广饶砚池木业公司",
        former_name="大王木业",
        employees=31,
        contact_phone="13605469999",
        operating_status="trial",
        registered_capital=Decimal("120.50"),
        risk_tags=["dust"],
    )


def merged(people, enterprise, double, at, **facts):
    return services.merge(enterprise, double, reason=REASON, by=people.county, at=at, **facts)


def test_every_relation_to_an_enterprise_says_what_a_merge_does_with_it():
    declared = {link.key for link in links()}
    assert set(relations()) - declared == set(), "declare it in the app's links.py"
    assert declared - set(relations()) == set()


def test_every_declared_relation_can_be_asked(enterprise):
    assert all(link.of(enterprise.pk).count() >= 0 and link.unique is not None for link in links())


def test_a_row_both_files_have_is_put_aside_and_comes_back(people, enterprise, double, at):
    ours, theirs = (make_row("drills", each) for each in (enterprise, double))
    other = make_row("drills", double, topic="有限空间救援演练")
    record = merged(people, enterprise, double, at)
    assert set(Drill.objects.values_list("pk", flat=True)) == {ours.pk, other.pk}
    services.part(record, reason="两家企业", by=people.county, at=at)
    assert {row.pk for row in Drill.objects.filter(enterprise_id=double.pk)} == {theirs.pk, other.pk}


def test_sealed_events_move_without_being_changed(people, enterprise, double, at):
    services.confirm(double, "contact", by=people.county, at=at, source="on_site")
    before = set(VerificationEvent.objects.filter(enterprise=double).values_list("pk", "at"))
    assert before
    merged(people, enterprise, double, at)
    moved = set(VerificationEvent.objects.filter(enterprise=enterprise).values_list("pk", "at"))
    assert before <= moved
    with pytest.raises(Exception, match="Cannot"):
        VerificationEvent.objects.update(enterprise=enterprise)


def test_the_preview_counts_what_moves_and_shows_what_differs(people, enterprise, double, at):
    reported(double, people.county, source="inspection")
    seen = preview(enterprise, double)
    differing = {each.name: each for each in seen.differences}
    assert (differing["former_name"].dropped, differing["former_name"].taken) == ("大王木业", True)
    assert not differing["name"].taken
    assert "13605469999" not in str(differing["contact_phone"].dropped)
    assert "operating_status" not in differing, "the status moves by its own steps"
    assert dict(seen.moving) == {"hazards": 1, "deadlines": 1}
    assert Enterprise.objects.filter(pk=double.pk).exists()


def test_yes_and_no_are_shown_as_words(people, enterprise, double):
    Enterprise.objects.filter(pk=double.pk).update(is_above_designated=True)
    double.refresh_from_db()

    with translation.override("en"):
        shown = {each.name: each for each in preview(enterprise, double).differences}

    assert (shown["is_above_designated"].kept, shown["is_above_designated"].dropped) == ("no", "yes")


def test_everything_moves_and_the_double_is_gone(people, enterprise, double, at):
    hazard = reported(double, people.county, source="inspection")
    post = Post.objects.create(
        user=people.expert, role="enterprise", from_on=at.date(), enterprise_id=double.pk
    )
    merged(people, enterprise, double, at)
    assert not Enterprise.objects.filter(pk=double.pk).exists()
    assert Hazard.objects.get(pk=hazard.pk).enterprise_id == enterprise.pk
    assert Post.objects.get(pk=post.pk).enterprise_id == enterprise.pk
    assert Deadline.objects.of(hazard).get().enterprise_id == enterprise.pk


def test_the_kept_file_takes_what_it_lacks_and_what_was_said_to_be_right(people, enterprise, double, at):
    merged(people, enterprise, double, at, take=["employees"])
    enterprise.refresh_from_db()
    assert (enterprise.former_name, enterprise.employees) == ("大王木业", 31)
    assert (enterprise.name, enterprise.risk_tags) == ("广饶砚池木业有限公司", ["dust"])
    assert enterprise.region_id == "370523101001"


def test_no_last_day_of_a_term_that_has_begun_is_long_term_and_lacks_nothing(people, enterprise, double, at):
    first, last = date(2010, 1, 1), date(2015, 1, 1)
    Enterprise.objects.filter(pk=enterprise.pk).update(business_term_from=date(2020, 1, 1))
    Enterprise.objects.filter(pk=double.pk).update(business_term_from=first, business_term_to=last)

    for row in (enterprise, double):
        row.refresh_from_db()
    with translation.override("en"):
        shown = {each.name: each for each in preview(enterprise, double).differences}
    assert (shown["business_term_to"].kept, shown["business_term_to"].dropped) == ("long-term", last)
    merged(people, enterprise, double, at)

    enterprise.refresh_from_db()
    assert (enterprise.business_term_from, enterprise.business_term_to) == (date(2020, 1, 1), None)


def test_a_merge_cannot_make_a_term_that_ends_before_it_begins(people, enterprise, double, at):
    Enterprise.objects.filter(pk=enterprise.pk).update(business_term_from=date(2020, 1, 1))
    Enterprise.objects.filter(pk=double.pk).update(business_term_to=date(2015, 1, 1))
    for row in (enterprise, double):
        row.refresh_from_db()

    with pytest.raises(ValidationError) as refused:
        merged(people, enterprise, double, at, take=["business_term_to"])

    assert list(refused.value.message_dict) == ["business_term_to"]
    assert Enterprise.objects.filter(pk=double.pk).exists()


def test_parting_puts_everything_back_as_it_was(people, enterprise, double, at):
    hazard = reported(double, people.county, source="inspection")
    theirs, ours = plain(double), plain(enterprise)
    record = merged(people, enterprise, double, at, take=["employees"])
    new = reported(enterprise, people.town, source="inspection", description="合并后发现的隐患")
    restored = services.part(record, reason="两家企业", by=people.county, at=at + timedelta(days=30))
    assert (
        plain(Enterprise.objects.get(pk=double.pk)) == theirs == plain(Enterprise.objects.get(pk=restored.pk))
    )
    kept = plain(Enterprise.objects.get(pk=enterprise.pk))
    assert {name for name in ours if ours[name] != kept[name]} == {"updated_at", "version"}
    assert Hazard.objects.get(pk=hazard.pk).enterprise_id == double.pk
    assert Hazard.objects.get(pk=new.pk).enterprise_id == enterprise.pk


def test_a_stopped_double_brings_its_evidence_and_gets_its_clock_back(people, enterprise, double, at):
    Post.objects.filter(user=people.enterprise).update(enterprise_id=double.pk)
    people.enterprise.__dict__.pop("posts", None)
    double.region_id = "370523101001"
    double.save()
    stopped(people, double)
    record = merged(people, enterprise, double, at + timedelta(days=1))
    assert StatusProof.objects.get().enterprise_id == enterprise.pk
    assert not Deadline.objects.open().exists()
    services.part(record, reason="两家企业", by=people.county, at=at + timedelta(days=2))
    assert StatusProof.objects.get().enterprise_id == double.pk
    assert [row.rule for row in Deadline.objects.open()] == ["enterprises.recheck_stop"]


def test_after_the_last_day_or_a_second_time_nothing_is_parted(people, enterprise, double, at):
    record = merged(people, enterprise, double, at)
    with pytest.raises(ValidationError):
        services.part(record, reason="", by=people.county, at=at + timedelta(days=31))
    services.part(record, reason="", by=people.county, at=at + timedelta(days=1))
    with pytest.raises(ValidationError):
        services.part(record, reason="", by=people.county, at=at + timedelta(days=1))


def test_a_merge_with_itself_is_refused(people, enterprise, at):
    with pytest.raises(ValidationError, match="with itself"):
        merged(people, enterprise, Enterprise.objects.get(pk=enterprise.pk), at)


def test_a_file_merged_already_is_named(people, enterprise, double, at):
    merged(people, enterprise, double, at)
    with pytest.raises(ValidationError, match="广饶砚池木业公司"):
        merged(people, enterprise, double, at)


def test_what_waits_for_an_answer_is_settled_first(people, enterprise, double, at):
    asked_to_stop(people, enterprise)
    with pytest.raises(ValidationError, match="waits for an answer"):
        merged(people, enterprise, double, at)
    services.withdraw_stop(enterprise, by=people.enterprise, at=at)
    offered(people, double)
    with pytest.raises(ValidationError, match="waits for an answer"):
        merged(people, enterprise, double, at)
    assert Enterprise.objects.filter(pk=double.pk).exists()


def test_a_double_elsewhere_does_not_exist_and_a_town_may_not_merge(
    people, enterprise, double, other_enterprise, at
):
    with pytest.raises(Enterprise.DoesNotExist):
        merged(people, enterprise, other_enterprise, at)
    near = make_enterprise(name="广饶砚池木业厂")
    with pytest.raises(PermissionDenied):
        services.merge(enterprise, near, reason=REASON, by=people.town, at=at)


def test_a_row_that_was_not_declared_stops_the_whole_merge(people, enterprise, double, at):
    reported(double, people.county, source="inspection")
    with pytest.raises(RuntimeError, match="hazards.Hazard.enterprise"):
        drop(double)
    assert Enterprise.objects.filter(pk=double.pk).exists()


def test_the_merge_stands_on_record_on_both_sides(people, enterprise, double, at):
    merged(people, enterprise, double, at)
    entries = {entry.target_id: entry for entry in Entry.objects.filter(verb="enterprises.merge")}
    assert entries[double.pk].data == {"kept": enterprise.pk}
    assert (entries[enterprise.pk].data["uscc"], entries[enterprise.pk].reason) == (double.uscc, REASON)
    assert MergeRecord.objects.visible_to(people.town).count() == 1
    assert not MergeRecord.objects.visible_to(people.other_county).exists()
