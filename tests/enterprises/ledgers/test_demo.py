"""What the demo city says in its ledgers, a person could have entered."""

from datetime import date
from random import Random

import pytest

from enterprises.demo.ledgers import SAMPLES, rows_of, sample
from enterprises.ledgers import LEDGERS, find, rules
from tests.factories.enterprises import make_enterprise
from tests.people import AT

FIRST, TODAY = date(2026, 1, 5), date(2026, 3, 10)


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_every_sample_keeps_to_the_rules(code, enterprise):
    ledger = find(code)
    for serial, facts in enumerate(SAMPLES[code]):
        row = sample(ledger, enterprise, facts, FIRST, serial)
        row.created_at = row.updated_at = AT
        rules.check(row, today=FIRST)
        row.save()

    assert ledger.model.objects.count() == len(SAMPLES[code])


def test_an_enterprise_with_every_ledger_keeps_to_the_rules(places):
    dice, risks = Random(1), ["dust", "deep_well_casting", "ammonia", "confined_space"]
    enterprise = make_enterprise(regulatory_category="hazchem", risk_tags=risks)

    rows = list(rows_of(enterprise, 1, dice, FIRST, TODAY, full=True))

    for row in rows:
        row.created_at = row.updated_at = AT
        rules.check(row, today=TODAY)
        row.save()
    assert {row.CODE for row in rows} == {ledger.code for ledger in LEDGERS}
