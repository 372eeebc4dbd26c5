"""The figures of all ledgers come from one question, and papers that were renewed do not count as ending."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from enterprises.ledgers import GROUPS, LEDGERS, counts, expiring, of_group, summary
from tests.factories.ledgers import make_row, papers
from tests.people import AT

TODAY = AT.date()


def test_every_ledger_is_counted_in_one_query(enterprise, other_enterprise):
    for ledger in LEDGERS:
        make_row(ledger.code, enterprise)
    make_row("drills", enterprise, topic="第二次")
    make_row("drills", other_enterprise)

    with CaptureQueriesContext(connection) as queries:
        found = counts(enterprise)

    assert len(queries) == 1
    assert found == {ledger.code: 2 if ledger.code == "drills" else 1 for ledger in LEDGERS}


def test_the_summary_of_every_group_asks_nothing_more(enterprise):
    make_row("processes", enterprise, is_key=True, key_kind="nitration")
    counts(enterprise)

    with CaptureQueriesContext(connection) as queries:
        found = {group: summary(enterprise, group, on=TODAY) for group in GROUPS}

    assert len(queries) == 0
    assert [fact.rows for fact in found["industry"]] == [1]
    assert "1" in found["industry"][0].words
    assert found["safety"] == []


def test_every_ledger_belongs_to_a_group():
    assert [ledger for group in GROUPS for ledger in of_group(group)] == list(LEDGERS)


def test_papers_end_in_the_order_of_their_last_days_without_those_renewed(enterprise):
    make_row("licences", enterprise, **papers(date(2024, 1, 1)))
    make_row("licences", enterprise, **papers(date(2025, 1, 1), 700))
    make_row("insurance", enterprise, **papers(date(2025, 6, 1)))

    assert [fact.ends_on for fact in expiring(enterprise, on=TODAY)] == [date(2026, 5, 31), date(2026, 12, 1)]


def test_what_has_ended_is_said_to_have_ended(enterprise):
    make_row("safety_facilities", enterprise, next_inspection_on=TODAY)
    make_row("special_equipment", enterprise, next_inspection_on=TODAY - timedelta(days=1))
    make_row("insurance", enterprise, **papers(date(2025, 1, 1)))

    with translation.override("en"):
        due, over = summary(enterprise, "equipment", on=TODAY)
        (policy,) = expiring(enterprise, on=TODAY)

    assert (due.words, due.is_over) == ("1 on file · first until 2026-03-10", False)
    assert (over.words, over.is_over) == ("1 on file · first ended on 2026-03-09", True)
    assert policy.is_over


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.code)
def test_a_ledger_knows_its_key_and_says_what_it_is_for(ledger):
    assert set(ledger.keys) <= set(ledger.names)
    assert str(ledger.about)
    assert ledger.names[-1] == "note"
