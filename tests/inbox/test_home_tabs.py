"""The tabs of the first page: a colleague who is away, the office, and what falls to a person in more than one way."""

from datetime import date

import pytest
import time_machine

from accounts.models import Delegation
from inbox.worklist import WorkSource
from tests.factories.home import answer_row, midnight, text_of, twin_of
from tests.factories.inbox import make_deadline
from tests.people import AT


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def test_a_colleague_who_is_away_has_a_tab_with_their_work(open_home, people, enterprise, at):
    Delegation.objects.create(
        giver=people.county,
        receiver=people.other_town,
        from_on=at.date(),
        to_on=date(2026, 3, 12),
        reason="休假",
    )
    make_deadline(enterprise)
    own = text_of(open_home(people.other_town))
    theirs = text_of(open_home(people.other_town, tab=f"for-{people.county.pk}"))

    assert "03-12" in own
    assert "答复申请" not in own
    assert "答复申请" in theirs


def test_a_tab_nobody_lent_shows_ones_own_work(open_home, people, enterprise):
    make_deadline(enterprise)
    assert "答复申请" in text_of(open_home(tab=f"for-{people.county.pk}"))


def test_the_office_has_a_tab_when_it_owes_more_than_the_person(open_home, people, enterprise, work):
    work(
        WorkSource(rules=("testing.answer",), roles=("county",), row=answer_row, related=("region",)),
        WorkSource(rules=("testing.review",), roles=("legal",), row=answer_row, related=("region",)),
    )
    make_deadline(enterprise, rule="testing.review")

    assert "tab=office" not in text_of(open_home(people.town))
    assert "答复申请" not in text_of(open_home(people.county))
    assert "答复申请" in text_of(open_home(people.county, tab="office"))


def test_what_is_assigned_to_a_colleague_stands_with_the_office(open_home, people, enterprise, work):
    work(
        WorkSource(
            rules=("testing.answer",),
            roles=("officer",),
            row=answer_row,
            related=("region",),
            assigned=lambda deadlines, user: deadlines.filter(label=user.name),
        )
    )
    make_deadline(enterprise, label=people.officer.name)

    assert "答复申请" in text_of(open_home(people.officer))
    assert "答复申请" not in text_of(open_home(people.second_officer))
    assert "答复申请" in text_of(open_home(people.second_officer, tab="office"))


def test_one_rule_may_fall_to_a_person_in_two_ways(open_home, people, enterprise, work):
    work(
        *(
            WorkSource(
                rules=("testing.answer", f"testing.{label}"),
                roles=("town",),
                row=answer_row,
                related=("region",),
                narrow=lambda deadlines, label=label: deadlines.filter(label=label),
                often=label == "b",
            )
            for label in ("a", "b")
        )
    )
    for label in ("a", "b", "c"):
        make_deadline(twin_of(enterprise), label=label)

    assert text_of(open_home()).count('class="sw-next"') == 2


def test_who_is_addressed_is_shown_work_beyond_their_place(open_home, people, other_enterprise, work):
    def addressed(deadlines, user):
        return deadlines.filter(label=user.name)

    work(
        WorkSource(
            rules=("testing.answer",),
            roles=("town",),
            row=answer_row,
            related=("region",),
            assigned=addressed,
            anywhere=True,
        )
    )
    make_deadline(other_enterprise, label=people.town.name, due_at=midnight(5))

    assert text_of(open_home()).count('class="sw-next"') == 1
    assert "答复申请" in text_of(open_home(group="late"))
