"""The clock of a paper: it warns before the last day, stops at the renewal, and catches up after an import."""

from datetime import date, timedelta

import pytest

from deadlines.models import Deadline
from deadlines.services import sweep
from enterprises.ledgers import LEDGERS, find
from enterprises.ledgers.clocks import VALIDITY, catch_up
from enterprises.ledgers.services import add_row, change_row, remove_row
from inbox.models import Message
from inbox.outbox import dispatch
from tests.factories.ledgers import facts_of, make_row, papers

LICENCES = find("licences")
ENDS = date(2026, 6, 30)


def licence(people, enterprise, at, **given):
    facts = facts_of(LICENCES, **{"valid_from": date(2023, 7, 1), "valid_to": ENDS, **given})
    return add_row(enterprise, LICENCES, facts=facts, by=people.enterprise, at=at)


def clock(row) -> Deadline:
    return Deadline.objects.of(row).open().get()


@pytest.mark.parametrize("ledger", [each for each in LEDGERS if each.warns], ids=lambda ledger: ledger.code)
def test_a_paper_that_is_entered_has_a_clock_up_to_its_last_day(ledger, people, enterprise, at):
    row = add_row(enterprise, ledger, facts=facts_of(ledger), by=people.enterprise, at=at)

    assert clock(row).due_on == row.valid_to
    assert (clock(row).enterprise_id, clock(row).region_id) == (enterprise.pk, enterprise.region_id)


def test_it_warns_ninety_sixty_and_thirty_days_before_and_on_the_day(people, enterprise, at):
    row = licence(people, enterprise, at)

    days = [(date.fromisoformat(step["at"][:10]) - ENDS).days for step in clock(row).steps]
    assert days[:4] == [-90, -60, -30, 0]
    assert [step["kind"] for step in clock(row).steps] == [
        "warned",
        "warned",
        "warned",
        "due",
        "lapsed",
        "escalated",
    ]


def test_enterprise_and_town_are_told_before_and_the_county_after(people, enterprise, at):
    licence(people, enterprise, at)

    sweep(at + timedelta(days=25))
    dispatch(at=at + timedelta(days=25))
    before = set(Message.objects.values_list("user__username", flat=True))
    sweep(at + timedelta(days=130))
    dispatch(at=at + timedelta(days=130))

    assert before == {"enterprise", "town"}
    assert "county" in set(Message.objects.values_list("user__username", flat=True))


def test_the_renewal_stops_the_clock_of_the_paper_before_it(people, enterprise, at):
    old = licence(people, enterprise, at)

    new = licence(people, enterprise, at, number="新", **papers(date(2026, 7, 1), 1095))

    assert not Deadline.objects.of(old).open().exists()
    assert Deadline.objects.of(old).get().state == "met"
    assert clock(new).due_on == new.valid_to


def test_taking_the_renewal_out_lets_the_paper_before_it_count_again(people, enterprise, at):
    old = licence(people, enterprise, at)
    new = licence(people, enterprise, at, number="新", **papers(date(2026, 7, 1), 1095))

    remove_row(new, reason="填错", by=people.town, at=at)

    assert clock(old).due_on == ENDS


def test_another_last_day_moves_the_clock(people, enterprise, at):
    row = licence(people, enterprise, at)

    change_row(row, facts={"valid_to": date(2026, 12, 31)}, by=people.town, at=at)

    assert clock(row).due_on == date(2026, 12, 31)


def test_a_paper_that_has_ended_already_starts_no_clock(people, enterprise, at):
    row = licence(people, enterprise, at, valid_to=date(2026, 3, 9))

    assert not Deadline.objects.of(row).exists()


def test_catching_up_starts_what_is_missing_once(people, enterprise, at):
    row = make_row("licences", enterprise, valid_from=date(2023, 7, 1), valid_to=ENDS)
    make_row("insurance", enterprise, **papers(date(2024, 1, 1)))

    assert [catch_up(at=at), catch_up(at=at)] == [1, 0]
    assert clock(row).due_on == ENDS
    assert clock(row).steps[0]["kind"] == "warned"


def test_catching_up_moves_clocks_that_an_import_left_behind(people, enterprise, at):
    moved = licence(people, enterprise, at)
    type(moved).objects.filter(pk=moved.pk).update(valid_to=date(2026, 9, 30))
    old = add_row(
        enterprise,
        find("insurance"),
        facts=facts_of(find("insurance"), **papers(date(2025, 6, 1))),
        by=people.town,
        at=at,
    )
    make_row("insurance", enterprise, policy_no="新", **papers(date(2026, 6, 1)))

    catch_up(at=at)

    assert clock(moved).due_on == date(2026, 9, 30)
    assert Deadline.objects.of(old).get().state == "met"
    assert Deadline.objects.filter(rule=VALIDITY).open().count() == 2


def test_catching_up_takes_no_more_than_a_batch(enterprise, at):
    for serial in range(3):
        make_row("persons", enterprise, name=f"高砚平{serial}")

    assert [catch_up(at=at, limit=2), catch_up(at=at, limit=2), catch_up(at=at, limit=2)] == [2, 1, 0]
