"""Permits of dangerous work, penalties and protective equipment: what no row of theirs may say."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from enterprises.ledgers import find, summary
from enterprises.ledgers.columns import columns_of
from enterprises.ledgers.services import add_row
from enterprises.models import WorkPermit
from enterprises.models.ledgers.work_permits import LEVELS, WorkKind, WorkLevel
from enterprises.onefile.ledgers import rows_of
from enterprises.onefile.section import Reader
from tests.enterprises.ledgers.test_import import cells, reasons, written
from tests.factories.ledgers import checked, facts_of, make_row
from tests.people import AT

PERMITS, PENALTIES, EQUIPMENT = find("work_permits"), find("penalties"), find("protective_equipment")
HERE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def entered(ledger, enterprise, by, at, **facts):
    return add_row(enterprise, ledger, facts=facts_of(ledger, **facts), by=by, at=at)


ALL = [(kind, level) for kind in WorkKind.values for level in ("", *WorkLevel.values)]
RIGHT = {(kind, level) for kind, levels in LEVELS.items() for level in levels} | {
    (kind, "") for kind in WorkKind.values if kind not in LEVELS
}


def test_the_standard_grades_three_of_its_eight_kinds():
    assert (len(WorkKind), len(LEVELS), len(RIGHT)) == (8, 3, 3 + 4 + 3 + 5)


def refused_at(ledger, enterprise, by, at, **facts) -> list[str]:
    """Return the fields at which a row is refused; none if it is entered."""
    try:
        entered(ledger, enterprise, by, at, **facts)
    except ValidationError as refused:
        return list(refused.message_dict)
    return []


def test_a_job_has_a_level_of_its_own_kind_and_no_other(people, enterprise, at):
    said = {
        (kind, level): refused_at(
            PERMITS, enterprise, people.enterprise, at, number=f"{kind}{level}", kind=kind, level=level
        )
        for kind, level in ALL
    }

    assert said == {each: [] if each in RIGHT else ["level"] for each in ALL}


def test_no_job_ends_before_it_begins(people, enterprise, at):
    begins = datetime(2026, 3, 9, 14, 0, tzinfo=HERE)

    with pytest.raises(ValidationError) as refused:
        entered(
            PERMITS, enterprise, people.enterprise, at, from_at=begins, to_at=begins - timedelta(minutes=1)
        )

    assert list(refused.value.message_dict) == ["to_at"]


def test_a_job_of_tomorrow_may_have_its_permit_today(people, enterprise, at):
    begins = at + timedelta(days=1)

    row = entered(
        PERMITS, enterprise, people.enterprise, at, from_at=begins, to_at=begins + timedelta(hours=6)
    )

    assert row.to_at - row.from_at == timedelta(hours=6)


def test_hours_are_shown_by_the_clock_on_the_wall_on_screen_and_on_paper(people, enterprise, at):
    row = make_row("work_permits", enterprise)
    column = next(each for each in columns_of(PERMITS) if each.name == "from_at")

    table = rows_of(PERMITS, Reader(enterprise, people.town, at), 1)[0]

    assert column.cell(row) == "2025-06-01 08:30"
    assert "2025-06-01 08:30" in table.lines[0].cells


def test_the_form_takes_the_hour_that_its_picker_gives(people, sign_in, enterprise):
    sent = {**facts_of(PERMITS), "from_at": "2026-03-09T08:30", "to_at": "2026-03-09T14:00", "note": ""}
    url = f"/enterprises/{enterprise.pk}/ledgers/work_permits/add/"

    answer = sign_in(people.enterprise).post(url, sent)

    assert answer.status_code == 302, answer.context["form"].errors
    assert WorkPermit.objects.get().from_at == datetime(2026, 3, 9, 8, 30, tzinfo=HERE)
    form = sign_in(people.enterprise).get(WorkPermit.objects.get().get_absolute_url()).content.decode()
    assert 'value="2026-03-09T08:30"' in form


PERMIT = {
    "number": "DH-1",
    "kind": "动火作业",
    "level": "一级",
    "place": "罐区",
    "from_at": "2026-03-09 08:30",
    "to_at": "2026年3月9日 14:00",
}


def test_a_workbook_of_permits_is_read_with_its_hours(people, enterprise):
    with translation.override("zh-hans"):
        written(checked(people.county, "work_permits", cells(enterprise, **PERMIT)))

    row = WorkPermit.objects.get()
    assert (row.kind, row.level) == ("hot_work", "first")
    assert row.to_at == datetime(2026, 3, 9, 14, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"level": "四级"}, "level"),
        ({"kind": "动土作业"}, "level"),
        ({"kind": "爬树"}, "kind"),
        ({"to_at": "2026-03-09 08:00"}, "to_at"),
        ({"to_at": "2026-03-09"}, "to_at"),
        ({"to_at": "2026-03-09 25:00"}, "to_at"),
        ({"to_at": "下午"}, "to_at"),
        ({"from_at": ""}, "from_at"),
    ],
)
def test_a_wrong_permit_is_refused_at_its_own_cell(people, enterprise, wrong, field):
    job = checked(people.county, "work_permits", cells(enterprise, **{**PERMIT, **wrong}))

    assert reasons(job, "work_permits") == [(2, field)]


# ── penalties and protective equipment ───────────────────────────────────────


@pytest.mark.parametrize(("kind", "allowed"), [("fine", True), ("confiscation", True), ("warning", False)])
def test_only_what_is_paid_has_an_amount(people, enterprise, at, kind, allowed):
    if allowed:
        assert entered(PENALTIES, enterprise, people.town, at, kind=kind).money
        return
    with pytest.raises(ValidationError) as refused:
        entered(PENALTIES, enterprise, people.town, at, kind=kind)
    assert list(refused.value.message_dict) == ["money"]
    assert entered(PENALTIES, enterprise, people.town, at, kind=kind, money=None)


def test_one_decision_may_bring_several_penalties_each_once(people, enterprise, at):
    entered(PENALTIES, enterprise, people.town, at, document_no="1号", kind="fine")
    entered(PENALTIES, enterprise, people.town, at, document_no="1号", kind="stopped", money=None)

    with pytest.raises(ValidationError):
        entered(PENALTIES, enterprise, people.town, at, document_no="1号", kind="fine", money="9.00")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"decided_on": date(2026, 3, 11), "executed_on": None}, "decided_on"),
        ({"decided_on": date(2026, 3, 1), "executed_on": date(2026, 2, 1)}, "executed_on"),
    ],
)
def test_a_penalty_is_decided_in_the_past_and_executed_afterwards(people, enterprise, at, facts, field):
    with pytest.raises(ValidationError) as refused:
        entered(PENALTIES, enterprise, people.town, at, **facts)

    assert list(refused.value.message_dict) == [field]


def test_equipment_is_due_after_it_was_given_out(people, enterprise, at):
    with pytest.raises(ValidationError) as refused:
        entered(
            EQUIPMENT, enterprise, people.town, at, issued_on=date(2026, 3, 1), next_issue_on=date(2026, 2, 1)
        )

    assert list(refused.value.message_dict) == ["next_issue_on"]


def test_the_page_names_the_first_day_on_which_equipment_is_due(people, enterprise):
    for post, due in (("打磨", date(2026, 4, 1)), ("装卸", date(2026, 9, 1))):
        make_row("protective_equipment", enterprise, position=post, next_issue_on=due)

    (line,) = [
        fact for fact in summary(enterprise, "health", on=AT.date()) if "protective_equipment" in fact.url
    ]

    assert (line.rows, line.ends_on) == (2, date(2026, 4, 1))
