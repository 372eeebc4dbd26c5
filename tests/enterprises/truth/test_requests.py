"""Key facts that the enterprise changes: asked for, compared, answered, never twice and never on old ground."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from audit.models import Entry
from deadlines.models import Deadline
from enterprises.models import ChangeRequest, Enterprise, FactGroup
from enterprises.services import approve_change, change, return_change, withdraw_change
from inbox.models import Message
from inbox.outbox import dispatch
from inbox.worklist import lines, owed
from lifecycle.refusals import AlreadyDone, NotPermitted, VerbRefused
from tests.factories.enterprises import make_enterprise, valid_uscc
from tests.factories.truth import make_change_request
from tests.people import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)
NEW = "大王镇创业路8号"


@pytest.fixture
def asked(people, enterprise) -> ChangeRequest:
    """The enterprise asks for another address."""
    return make_change_request(enterprise, people.enterprise)


def on_file(enterprise) -> Enterprise:
    return Enterprise.objects.get(pk=enterprise.pk)


def test_the_file_stays_as_it_is_until_somebody_approves(asked, enterprise):
    assert on_file(enterprise).production_address == "大王镇工业路北12号"
    assert (asked.state, asked.before, asked.after) == (
        "submitted",
        {"production_address": "大王镇工业路北12号"},
        {"production_address": NEW},
    )


def test_what_is_no_key_fact_applies_at_once(people, enterprise):
    row = change(
        enterprise,
        facts={"name": "广饶听松木业有限公司", "safety_head": "冯守田"},
        by=people.enterprise,
        at=AT,
    )

    assert (row.name, row.safety_head) == ("广饶砚池木业有限公司", "冯守田")
    assert ChangeRequest.objects.get().after == {"name": "广饶听松木业有限公司"}
    assert Entry.objects.get(verb="enterprises.change").data == {"fields": ["safety_head"]}


def test_a_regulator_corrects_key_facts_directly(people, enterprise):
    change(enterprise, facts={"production_address": NEW}, by=people.town, at=AT)

    assert on_file(enterprise).production_address == NEW
    assert not ChangeRequest.objects.exists()


def test_approving_writes_the_file_and_confirms_what_was_written(people, enterprise, asked):
    done = approve_change(asked, note="已核对营业执照", by=people.town, at=LATER)

    assert on_file(enterprise).production_address == NEW
    assert (done.state, done.decided_by, done.decision_note) == ("approved", people.town, "已核对营业执照")
    assert FactGroup.objects.get(enterprise=enterprise, group="place").source == "registration"
    assert not Deadline.objects.of(asked).open().exists()


def test_a_request_keeps_types_on_its_way_through_the_database(people, enterprise):
    asked = make_change_request(enterprise, people.enterprise, latitude=37.123456, region_id="370523101200")
    approve_change(ChangeRequest.objects.get(pk=asked.pk), by=people.town, at=LATER)

    row = on_file(enterprise)
    assert (float(row.latitude), row.region_id, row.town_code) == (37.123456, "370523101200", "370523101")


def test_returning_needs_a_reason_and_leaves_the_file(people, enterprise, asked):
    with pytest.raises(VerbRefused):
        return_change(asked, reason=" ", by=people.town, at=LATER)
    done = return_change(asked, reason="地址与产权证不符", by=people.town, at=LATER)

    assert (done.state, done.decision_note) == ("returned", "地址与产权证不符")
    assert on_file(enterprise).production_address == "大王镇工业路北12号"


def test_after_the_answer_the_enterprise_may_ask_again(people, enterprise, asked):
    return_change(asked, reason="请补产权证", by=people.town, at=LATER)
    again = make_change_request(enterprise, people.enterprise, LATER)

    assert (again.state, ChangeRequest.objects.count()) == ("submitted", 2)


def test_while_one_request_waits_no_second_is_taken(people, enterprise, asked):
    with pytest.raises(ValidationError):
        change(
            enterprise,
            facts={"name": "广饶听松木业有限公司", "safety_head": "冯守田"},
            by=people.enterprise,
            at=LATER,
        )
    assert on_file(enterprise).safety_head == ""


def test_the_enterprise_withdraws_its_request(people, asked):
    assert withdraw_change(asked, by=people.enterprise, at=LATER).state == "withdrawn"


@pytest.mark.parametrize("verb", [approve_change, withdraw_change])
def test_nobody_answers_twice(people, asked, verb):
    by = people.town if verb is approve_change else people.enterprise
    verb(asked, by=by, at=LATER, version=1)

    with pytest.raises(AlreadyDone):
        verb(asked, by=by, at=LATER, version=1)


def test_the_second_of_two_officers_finds_it_answered(people, enterprise, asked):
    return_change(asked, reason="请补产权证", by=people.county, at=LATER, version=1)

    with pytest.raises(VerbRefused):
        approve_change(asked, by=people.town, at=LATER, version=1)
    assert on_file(enterprise).production_address == "大王镇工业路北12号"


def test_a_request_on_old_ground_is_refused(people, enterprise, asked):
    change(enterprise, facts={"production_address": "大王镇潍高路21号"}, by=people.county, at=AT)
    asked = ChangeRequest.objects.get(pk=asked.pk)

    with pytest.raises(VerbRefused):
        approve_change(asked, by=people.town, at=LATER)
    assert on_file(enterprise).production_address == "大王镇潍高路21号"


def test_another_county_neither_sees_nor_answers(people, asked):
    with pytest.raises(ChangeRequest.DoesNotExist):
        approve_change(asked, by=people.other_county, at=LATER)


def test_who_only_reads_the_file_does_not_answer(people, asked):
    with pytest.raises(NotPermitted):
        approve_change(asked, by=people.officer, at=LATER)


def test_another_district_is_no_correction(people, enterprise):
    with pytest.raises(ValidationError) as refused:
        make_change_request(enterprise, people.enterprise, region_id="370522001001")
    assert "region" in refused.value.error_dict


def test_a_code_of_another_file_is_refused_when_asked_and_when_approved(people, enterprise, other_enterprise):
    with pytest.raises(ValidationError):
        make_change_request(enterprise, people.enterprise, uscc=other_enterprise.uscc)
    free = valid_uscc(800_001)
    asked = make_change_request(enterprise, people.enterprise, uscc=free)
    make_enterprise(uscc=free)

    with pytest.raises(ValidationError):
        approve_change(asked, by=people.town, at=LATER)
    assert ChangeRequest.objects.get(pk=asked.pk).state == "submitted"


@pytest.mark.parametrize(("level", "role"), [("town", "town"), ("county", "county"), ("city", "city")])
def test_the_level_that_supervises_has_it_on_its_list(people, enterprise, level, role):
    Enterprise.objects.filter(pk=enterprise.pk).update(supervision_level=level)
    make_change_request(enterprise, people.enterprise)

    for each in ("town", "county", "city"):
        person = getattr(people, each)
        rows = owed(person.scope.entries).filter(rule="enterprises.review_change")
        assert len(lines(list(rows), user=person)) == (each == role)


def test_both_sides_are_told(people, asked):
    dispatch(at=AT)
    assert Message.objects.filter(user=people.town, code="enterprises.change_asked").count() == 1
    return_change(asked, reason="请补产权证", by=people.town, at=LATER)
    dispatch(at=LATER)
    assert Message.objects.filter(user=people.enterprise, code="enterprises.change_returned").count() == 1
