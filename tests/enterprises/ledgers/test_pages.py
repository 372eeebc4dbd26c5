"""The pages of a ledger: its table, its form, its history, and the list of all enterprises."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from enterprises.ledgers import LEDGERS, find
from enterprises.ledgers.services import add_row, change_row, remove_row
from enterprises.models import Drill, SafetyPerson
from tests.factories.ledgers import facts_of, make_row, papers


def page(enterprise, code: str, name: str = "ledger", *more: int) -> str:
    return reverse(f"enterprises:{name}", args=[enterprise.pk, code, *more])


def posted(code: str, **given: object) -> dict[str, object]:
    facts = {name: value for name, value in facts_of(find(code), **given).items() if value is not None}
    return {name: value for name, value in facts.items() if value is not False}


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.code)
def test_a_row_of_every_ledger_is_entered_and_corrected_by_its_form(ledger, people, enterprise, sign_in):
    browser = sign_in(people.enterprise)

    answer = browser.post(page(enterprise, ledger.code, "ledger_add"), posted(ledger.code))
    row = ledger.model.objects.get()
    changed = {**posted(ledger.code), "note": "已复核"}
    again = browser.post(page(enterprise, ledger.code, "ledger_edit", row.pk), changed)

    assert (answer.status_code, answer.url) == (302, page(enterprise, ledger.code))
    assert again.status_code == 302
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in ledger.names} == facts_of(ledger, note="已复核")


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.code)
def test_every_ledger_shows_its_row_on_the_page_and_in_the_list(ledger, people, enterprise, sign_in):
    row = make_row(ledger.code, enterprise)
    browser = sign_in(people.town)

    own = browser.get(page(enterprise, ledger.code)).content.decode()
    everyone = browser.get(reverse("enterprises:ledger_list", args=[ledger.code])).content.decode()

    assert row.get_absolute_url() in own
    assert row.get_absolute_url() in everyone
    assert enterprise.name in everyone


def test_a_wrong_row_comes_back_with_the_sentence_beside_its_field(people, enterprise, sign_in):
    answer = sign_in(people.enterprise).post(
        page(enterprise, "drills", "ledger_add"), posted("drills", held_on="2999-01-01")
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["held_on"]
    assert not Drill.objects.exists()


def test_a_day_written_as_words_is_refused(people, enterprise, sign_in):
    answer = sign_in(people.enterprise).post(
        page(enterprise, "drills", "ledger_add"), posted("drills", held_on="三月十日")
    )

    assert list(answer.context["form"].errors) == ["held_on"]


def test_an_empty_ledger_says_what_belongs_there(people, enterprise, sign_in):
    answer = sign_in(people.town).get(page(enterprise, "drills")).content.decode()

    assert str(find("drills").about) in answer


def test_a_row_is_taken_out_only_with_a_reason(people, enterprise, sign_in):
    row = make_row("drills", enterprise)
    browser = sign_in(people.town)

    assert browser.post(page(enterprise, "drills", "ledger_remove", row.pk), {}).status_code == 422
    assert Drill.objects.exists()
    assert (
        browser.post(page(enterprise, "drills", "ledger_remove", row.pk), {"reason": "重复"}).status_code
        == 302
    )
    assert not Drill.objects.exists()


def test_the_history_tells_what_was_entered_corrected_and_taken_out(people, enterprise, at, sign_in):
    ledger = find("drills")
    row = add_row(enterprise, ledger, facts=facts_of(ledger), by=people.enterprise, at=at)
    change_row(row, facts={"participants": 41}, by=people.town, at=at)
    remove_row(row, reason="填错企业", by=people.town, at=at)

    lines = sign_in(people.town).get(page(enterprise, "drills")).context["lines"]

    assert [line.who for line in lines] == ["孙晓燕", "孙晓燕", "陆春生"]
    assert lines[0].reason == "填错企业"
    assert [(change.before, change.after) for change in lines[1].changes] == [("3", "41")]


def test_another_enterprise_s_row_is_not_found_under_one_s_own(people, enterprise, other_enterprise, sign_in):
    row = make_row("drills", other_enterprise)
    browser = sign_in(people.enterprise)

    assert browser.get(page(enterprise, "drills", "ledger_edit", row.pk)).status_code == 404
    assert browser.post(page(other_enterprise, "drills", "ledger_add"), posted("drills")).status_code == 404


@pytest.mark.parametrize("name", ["ledger", "ledger_add"])
def test_a_ledger_that_does_not_exist_is_not_found(name, people, enterprise, sign_in):
    assert sign_in(people.town).get(page(enterprise, "fairies", name)).status_code == 404


def test_who_only_reads_sees_the_row_without_its_form(people, enterprise, sign_in):
    row = make_row("persons", enterprise)
    browser = sign_in(people.grid)

    answer = browser.get(page(enterprise, "persons", "ledger_edit", row.pk))

    assert '<form method="post" novalidate' not in answer.content.decode()
    assert "136****0001" in answer.content.decode()
    assert (
        browser.post(page(enterprise, "persons", "ledger_edit", row.pk), posted("persons")).status_code == 403
    )
    assert SafetyPerson.objects.get().note == row.note


def test_the_list_keeps_what_ends_soon_and_leaves_out_what_was_renewed(people, enterprise, at, sign_in):
    make_row("licences", enterprise, number="旧", **papers(date(2023, 3, 10), 1096))
    make_row("licences", enterprise, number="新", **papers(date(2026, 3, 11), 1096))
    soon = make_row("licences", enterprise, kind="hazchem_use", number="近", **papers(date(2025, 4, 1), 365))

    with time_machine.travel(at, tick=False):
        url = reverse("enterprises:ledger_list", args=["licences"])
        answer = sign_in(people.town).get(url, {"ends": "soon"})

    assert [row.pk for row in answer.context["page"].rows] == [soon.pk]


def test_the_export_holds_what_the_list_shows(people, enterprise, other_enterprise, sign_in):
    make_row("drills", enterprise, topic="灰斗清理演练")
    make_row("drills", other_enterprise)

    url = reverse("enterprises:ledger_list", args=["drills"])
    answer = sign_in(people.town).get(url, {"enterprise": enterprise.pk, "format": "xlsx"})

    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert [row[0] for row in rows[1:]] == ["灰斗清理演练"]
    assert enterprise.name in rows[1]


def test_the_table_asks_as_often_for_thirty_rows_as_for_one(people, enterprise, sign_in):
    browser = sign_in(people.town)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(page(enterprise, "drills"))
        return len(queries)

    make_row("drills", enterprise)
    asked()
    for_one = asked()
    for serial in range(29):
        make_row("drills", enterprise, topic=f"演练{serial}")

    assert asked() <= for_one <= 12
