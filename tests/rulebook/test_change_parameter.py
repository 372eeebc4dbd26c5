"""Another number is another row from a day, with its reason."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from audit.models import Entry
from rulebook.models import Parameter
from rulebook.services import enter_parameter, parameter, revise_parameter
from tests.factories.rulebook import make_parameter

DAY = date(2026, 4, 1)


def values(code: str = "PAY_FINE") -> list[tuple]:
    rows = Parameter.objects.live().filter(code=code, jurisdiction="").order_by("effective_from")
    return [(row.amount, row.effective_from, row.effective_to) for row in rows]


def test_the_old_number_ends_the_day_before(people, at):
    row = make_parameter(value=15)
    revise_parameter(row, value=20, effective_from=DAY, reason="新规定", by=people.legal, at=at)
    assert values() == [(15, date(2020, 1, 1), date(2026, 3, 31)), (20, DAY, None)]
    assert parameter("PAY_FINE", on=date(2026, 3, 31)).pk == row.pk


def test_who_changed_it_when_and_why_is_kept(people, at):
    new = revise_parameter(
        make_parameter(), value=20, effective_from=DAY, reason=" 新规定 ", by=people.legal, at=at
    )
    assert (new.entered_by, new.entered_at, new.reason) == (people.legal, at, "新规定")
    entry = Entry.objects.get(verb="rulebook.change_parameter")
    assert entry.reason == "新规定"
    assert (entry.data["before"], entry.data["value"]) == ("15", "20")


def test_confirming_a_default_changes_its_mark_alone(people, at):
    row = make_parameter(mark="D")
    revise_parameter(row, mark="V", effective_from=DAY, reason="已核对", by=people.legal, at=at)
    assert not parameter("PAY_FINE", on=date(2026, 3, 31)).confirmed
    assert parameter("PAY_FINE", on=DAY).is_statutory


def test_a_correction_from_the_same_day_withdraws_the_mistake(people, at):
    row = make_parameter(value=15)
    new = revise_parameter(
        row, value=14, effective_from=row.effective_from, reason="录错", by=people.admin, at=at
    )
    row.refresh_from_db()
    assert row.withdrawn_at == at
    assert values() == [(14, date(2020, 1, 1), None)]
    assert parameter("PAY_FINE", on=DAY).pk == new.pk


def test_a_number_entered_before_a_planned_one_lasts_until_then(people, at):
    row = make_parameter(value=15)
    revise_parameter(row, value=30, effective_from=date(2027, 1, 1), reason="新法", by=people.legal, at=at)
    row.refresh_from_db()
    revise_parameter(row, value=20, effective_from=DAY, reason="过渡", by=people.legal, at=at)
    assert [value for value, *_days in values()] == [15, 20, 30]
    assert values()[1] == (20, DAY, date(2026, 12, 31))


def test_a_number_may_begin_before_all_others(people, at):
    row = make_parameter(value=15)
    revise_parameter(
        row, value=10, effective_from=date(2010, 1, 1), reason="补录旧规定", by=people.legal, at=at
    )
    assert values()[0] == (10, date(2010, 1, 1), date(2019, 12, 31))


def test_a_local_number_stands_beside_the_national_one(people, at):
    make_parameter(value=15)
    local = Parameter(
        code="PAY_FINE",
        name="缴纳罚款",
        value=10,
        unit="day",
        jurisdiction="37",
        basis="省规定",
        mark="V",
        effective_from=DAY,
    )
    enter_parameter(local, by=people.legal, at=at, reason="省规定")
    assert parameter("PAY_FINE", on=DAY, region="370523").amount == 10
    assert parameter("PAY_FINE", on=DAY).amount == 15


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_changes(people, at, reason):
    row = make_parameter()
    with pytest.raises(ValidationError):
        revise_parameter(row, value=20, effective_from=DAY, reason=reason, by=people.legal, at=at)
    assert len(values()) == 1


def test_a_change_that_changes_nothing_is_refused(people, at):
    with pytest.raises(ValidationError):
        revise_parameter(make_parameter(), value=15, effective_from=DAY, reason="?", by=people.legal, at=at)


def test_a_wrong_value_leaves_the_old_row_open(people, at):
    row = make_parameter()
    with pytest.raises(ValidationError):
        revise_parameter(row, mark="?", effective_from=DAY, reason="?", by=people.legal, at=at)
    row.refresh_from_db()
    assert row.effective_to is None


def test_what_a_number_counts_is_not_revised(people, at):
    with pytest.raises(TypeError):
        revise_parameter(make_parameter(), unit="hour", effective_from=DAY, reason="?", by=None, at=at)
