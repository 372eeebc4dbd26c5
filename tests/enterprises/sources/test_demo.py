"""The demo city's sources are lawful whatever the dice say."""

from datetime import date
from random import Random

import pytest

from accounts.demo import Stage
from deadlines import services as deadlines
from deadlines.models import Deadline
from enterprises.demo.base import DISTRICTS
from enterprises.demo.sources import (
    ENTERPRISES,
    KINDS,
    SOURCES,
    Draft,
    amount,
    choose_homes,
    share_units,
    start_clocks,
)
from enterprises.models import Enterprise
from enterprises.sources.gb18218 import compute
from enterprises.sources.lifecycle import REASSESS
from enterprises.sources.tables import edition_on
from tests.factories.sources import filed

CONTENTS = [(f"{sub}-{kind[0]}", kind[3]) for sub, kinds in KINDS.items() for kind in kinds]


@pytest.mark.parametrize(
    "contents", [rows for _name, rows in CONTENTS], ids=[name for name, _rows in CONTENTS]
)
def test_every_kind_of_unit_is_a_source_at_its_smallest_and_has_all_table_values(contents):
    dice = Random(1)
    smallest = [[*row[:-1], row[-2]] for row in contents]

    assert compute(edition_on(date(2026, 3, 10)), [amount(row, dice) for row in smallest], 0).is_source


def stage() -> Stage:
    made = Stage(None, None, DISTRICTS, 0, Random(1))
    made.enterprises = [
        Enterprise(
            pk=pk,
            regulatory_category="hazchem",
            sub_category="生产",
            operating_status="normal",
            employees=pk % 90,
        )
        for pk in range(1, 401)
    ]
    return made


def test_the_city_has_the_published_numbers_of_enterprises_and_sources():
    city = stage()

    units = share_units(city, choose_homes(city, Random(1)))

    assert (len(units), sum(units.values())) == (ENTERPRISES, SOURCES)


def test_an_enterprise_that_has_ended_has_no_source_in_the_demo():
    city = stage()
    for enterprise in city.enterprises:
        enterprise.operating_status = "closed"

    assert share_units(city, choose_homes(city, Random(1))) == {}


def test_a_clock_written_in_a_set_is_the_one_that_the_service_starts(people, enterprise, at):
    unit = filed(people, enterprise)
    names = [field.attname for field in Deadline._meta.concrete_fields if field.attname != "id"]
    started = deadlines.running(unit, REASSESS)
    by_service = {name: getattr(started, name) for name in names}
    Deadline.objects.of(unit).delete()

    start_clocks([Draft(unit, [], None)])

    written = deadlines.running(unit, REASSESS)
    assert {name: getattr(written, name) for name in names} == by_service
