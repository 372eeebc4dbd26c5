"""A notice of the registry that needs a person: who is told, whose work it is, and what a notice confirms."""

from datetime import date, timedelta

import pytest

from enterprises.models import Enterprise, FactGroup, Registration, Waiting
from enterprises.registrations import REGISTRY_GROUPS
from enterprises.services import accept_registration, push_registration
from inbox import outbox
from inbox.models import Message
from inbox.worklist import lines, owed
from tests.factories.enterprises import valid_uscc
from tests.factories.exchange import make_token
from tests.factories.truth import make_conflict
from tests.people import AT

LATER = AT + timedelta(hours=2)


@pytest.fixture
def push(people, registry):
    """Take in a notice of the registry."""
    token = make_token(registry, people.admin)

    def _push(enterprise: Enterprise | None = None, **facts: object) -> Registration:
        given = {
            "kind": "change",
            "uscc": enterprise.uscc if enterprise else valid_uscc(777),
            "name": enterprise.name if enterprise else "广饶新立化工有限公司",
            "division": "370523101",
            "event_on": date(2026, 3, 9),
            **facts,
        }
        return push_registration(given, key=f"{len(given)}-{given['event_on']}", token=token, at=AT)[0]

    return _push


def work_of(user) -> list[str]:
    """Return the notices on the person's work list."""
    rows = owed(user.scope.entries, person=user).filter(rule="enterprises.decide_registration")
    return [line.row.url for line in lines(list(rows), user=user)]


def told(user) -> list[str]:
    """Return what the person has been told of notices."""
    outbox.dispatch(at=LATER)
    rows = Message.objects.filter(user=user, code__startswith="enterprises.registration_")
    return list(rows.values_list("code", flat=True))


def standing(enterprise: Enterprise, group: str) -> FactGroup:
    return FactGroup.objects.get(enterprise=enterprise, group=group)


def test_a_notice_without_a_file_is_the_town_s_work(push, people):
    notice = push()

    assert work_of(people.town) == [notice.get_absolute_url()]
    assert work_of(people.county) == work_of(people.other_town) == work_of(people.enterprise) == []
    assert told(people.town) == ["enterprises.registration_waits"]
    assert told(people.county) == []


def test_a_notice_that_lies_above_the_towns_is_the_county_s_work(push, people):
    notice = push(division="370523")

    assert work_of(people.county) == [notice.get_absolute_url()]
    assert work_of(people.town) == []
    assert told(people.county) == ["enterprises.registration_waits"]


@pytest.mark.parametrize(("level", "person"), [("county", "county"), ("city", "city"), ("town", "town")])
def test_a_notice_about_a_file_falls_to_the_level_that_supervises_it(push, people, enterprise, level, person):
    Enterprise.objects.filter(pk=enterprise.pk).update(supervision_level=level)
    notice = push(enterprise, industry_code="2614")

    theirs = {name: work_of(getattr(people, name)) for name in ("town", "county", "city")}
    assert [name for name, found in theirs.items() if found] == [person]
    assert theirs[person] == [notice.get_absolute_url()]


def test_a_notice_taken_over_by_itself_tells_nobody(push, people, enterprise):
    push(enterprise, legal_rep_name="高砚清")

    assert told(people.town) == told(people.county) == []
    assert work_of(people.town) == []


def test_a_file_that_moved_away_is_told_to_the_county_that_keeps_it(push, people, enterprise):
    notice = push(enterprise, division="370522001")

    assert notice.why == Waiting.MOVED
    assert told(people.county) == ["enterprises.registration_moved"]
    assert Message.objects.get(user=people.county).url == enterprise.get_absolute_url()


def test_the_work_is_done_when_the_notice_is_decided(push, people, enterprise):
    notice = push(enterprise, industry_code="2614")
    accept_registration(notice, by=people.town, at=LATER, take=["industry_code"])

    assert work_of(people.town) == []


def test_the_registry_confirms_the_group_of_which_it_is_the_source():
    assert REGISTRY_GROUPS == ("status",)


def test_a_notice_taken_over_confirms_what_it_covers_by_registration(push, registry, enterprise):
    push(enterprise)

    held = standing(enterprise, "status")
    assert (held.source, held.by, held.confirmed_at) == ("registration", registry, AT)
    assert not FactGroup.objects.filter(enterprise=enterprise, group="contact", confirmed_at=AT).exists()


def test_a_new_legal_representative_puts_the_contacts_in_doubt(push, enterprise):
    push(enterprise, legal_rep_name="高砚清")

    assert standing(enterprise, "contact").doubt
    assert standing(enterprise, "status").source == "registration"


def test_what_business_disputes_is_not_confirmed_by_a_notice(push, people, enterprise):
    make_conflict(enterprise, people.officer, field="operating_status", seen="现场已停产")
    push(enterprise)

    assert standing(enterprise, "status").doubt == "现场已停产"


@pytest.mark.parametrize("status", ["suspended_self", "deregistered"])
def test_a_notice_says_nothing_of_an_enterprise_that_does_not_work(push, enterprise, status):
    Enterprise.objects.filter(pk=enterprise.pk).update(operating_status=status)
    push(enterprise)

    assert not FactGroup.objects.filter(enterprise=enterprise, source="registration").exists()


def test_a_decision_confirms_by_registration_what_it_wrote_and_what_agrees(push, people, enterprise):
    notice = push(enterprise, industry_code="2614")
    FactGroup.objects.filter(enterprise=enterprise).delete()
    accept_registration(notice, by=people.town, at=LATER, take=["industry_code"])

    found = dict(FactGroup.objects.filter(enterprise=enterprise).values_list("group", "source"))
    assert found == {"industry": "registration", "status": "registration"}


def test_a_decision_that_leaves_out_what_differs_confirms_nothing(push, people, enterprise):
    push(enterprise, legal_rep_name="新人")
    notice = push(enterprise, legal_rep_name="旧人", event_on=date(2026, 3, 1))
    FactGroup.objects.filter(enterprise=enterprise).delete()
    accept_registration(notice, by=people.town, at=LATER, take=[])

    assert notice.why == Waiting.OLDER
    assert not FactGroup.objects.filter(enterprise=enterprise).exists()
