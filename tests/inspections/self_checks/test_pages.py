"""The pages of self-check lists: composing, handing in, checking on a phone."""

import dataclasses
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from deadlines.models import Deadline
from deadlines.sweeping import sweep
from enterprises.models import Enterprise
from inbox.worklist import lines, owed
from inspections.models import SelfCheckList, Visit
from inspections.self_checks.clock import RULE
from inspections.self_checks.views.lists import why_not_accept
from tests.factories.inspections import make_edition, make_items
from tests.factories.self_checks import accepted, composed, self_checked, submitted
from tests.people import AT

pytestmark = pytest.mark.django_db
AGREED = "its risk asks for it; every 30 days was agreed"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The pages ask the clock; it stands at the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(hours=2))


def address(name, *keys):
    return reverse(f"inspections:{name}", args=keys)


def test_the_checklists_that_fit_are_proposed_and_ticked(people, enterprise, sign_in):
    fits, other = make_edition(2), make_edition(2, categories=["hazchem"])

    page = sign_in(people.enterprise).get(address("compose_list")).content.decode()

    assert fits.checklist.title in page
    assert "checked" in page
    assert other.checklist.title not in page


def test_composing_leads_to_the_draft(people, enterprise, sign_in):
    edition = make_edition(2)

    answer = sign_in(people.enterprise).post(address("compose_list"), {"editions": [edition.pk]})

    row = SelfCheckList.objects.get()
    assert answer.url == row.get_absolute_url()
    assert row.item_count == 2


@pytest.mark.parametrize(("name"), ["self_check_list", "begin_self_check"])
def test_where_the_risk_has_risen_the_page_says_how_often_it_asks_for_checks(
    people, enterprise, sign_in, name
):
    people.enterprise.language = "en"
    people.enterprise.save()
    row = accepted(people, enterprise)
    browser, url = sign_in(people.enterprise), address(name, row.pk)
    assert browser.get(url).context["cycle"].days == 30
    assert AGREED not in browser.get(url).text

    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=["dust"])

    assert browser.get(url).context["cycle"].days == 7
    assert "every 7 days" in browser.get(url).text
    assert AGREED in browser.get(url).text


def risen(people, enterprise, person) -> SelfCheckList:
    """A list in use at an enterprise whose risk has risen since, for a person who reads English."""
    person.language = "en"
    person.save()
    row = accepted(people, enterprise)
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=["dust"])
    return row


def test_the_file_of_the_enterprise_says_how_often_its_risk_asks_for_checks(people, enterprise, sign_in):
    risen(people, enterprise, people.town)

    page = sign_in(people.town).get(f"{enterprise.get_absolute_url()}?whole=shown").text

    assert "3 items, every 7 days" in page
    assert AGREED in page


def test_the_column_of_the_list_says_it_for_the_screen_and_the_export(people, enterprise, sign_in):
    first = risen(people, enterprise, people.town)
    accepted(people, enterprise, editions=[], at=AT + timedelta(hours=1))
    browser, url = sign_in(people.town), address("self_check_lists")

    page = browser.get(f"{url}?cols=number,cycle,agreed").text
    (row,) = [line for line in page.split("<tr") if "List 1" in line]

    # The list that was replaced keeps what was agreed; the one in use was agreed after the risk had risen.
    assert SelfCheckList.objects.get(pk=first.pk).state == "superseded"
    assert "30 agreed" not in page
    assert ">30<" in row
    SelfCheckList.objects.filter(state="accepted").update(cycle_days=30)
    assert '7 <small class="sw-muted">30 agreed</small>' in browser.get(f"{url}?cols=number,cycle").text


@pytest.mark.parametrize(("who", "late"), [("enterprise", False), ("town", True)])
def test_the_work_list_says_it_to_the_enterprise_and_to_the_town(people, enterprise, who, late):
    person = getattr(people, who)
    risen(people, enterprise, person)
    if late:
        sweep(AT + timedelta(days=40))

    with translation.override("en"):
        (line,) = lines(list(owed(person.scope.entries, person=person)), user=person)

    assert line.row.why == f"3 items, every 7 days · {AGREED}"


def test_the_work_list_asks_for_all_cycles_at_once(people, enterprise, other_enterprise):
    risen(people, enterprise, people.enterprise)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            lines(list(Deadline.objects.open().filter(rule=RULE)), user=people.enterprise)
        return len(queries)

    before = asked()
    elsewhere = dataclasses.replace(people, enterprise=people.other_enterprise, town=people.other_county)
    accepted(elsewhere, other_enterprise)

    assert Deadline.objects.open().filter(rule=RULE).count() == 2
    assert asked() == before


def test_a_second_list_in_work_is_refused_with_a_sentence(people, enterprise, sign_in):
    composed(people, enterprise)

    answer = sign_in(people.enterprise).post(address("compose_list"), {})

    assert answer.status_code == 422
    assert SelfCheckList.objects.count() == 1


def test_items_are_found_by_words_and_taken(people, enterprise, sign_in):
    row = composed(people, enterprise)
    (item,) = make_items(1, content="喷漆房可燃气体报警器完好")
    browser, url = sign_in(people.enterprise), address("take_list_items", row.pk)
    assert item.content in browser.get(url, {"q": "喷漆房"}).content.decode()

    browser.post(url, {"item": [item.pk, "x", "9" * 40]})

    assert row.lines.filter(item=item).exists()


def test_an_own_item_without_words_is_shown_again(people, enterprise, sign_in):
    row = composed(people, enterprise)

    answer = sign_in(people.enterprise).post(address("write_own_item", row.pk), {"section": "喷漆"})

    assert answer.status_code == 422
    assert row.lines.count() == 3


def test_an_own_item_joins_the_list(people, enterprise, sign_in):
    row = composed(people, enterprise)
    facts = {"section": "喷漆", "content": "水帘柜水位到线", "methods": ["site"], "category": "facility"}

    sign_in(people.enterprise).post(address("write_own_item", row.pk), facts)

    assert row.lines.filter(item__content="水帘柜水位到线").exists()


def test_ticked_lines_are_assigned_and_taken_out(people, enterprise, sign_in):
    row = composed(people, enterprise)
    first, second, _third = row.lines.values_list("pk", flat=True)
    browser = sign_in(people.enterprise)

    browser.post(address("assign_lines", row.pk), {"line": [first], "place": "木粉仓", "level": "team"})
    browser.post(address("remove_lines", row.pk), {"line": [second]})

    assert row.lines.get(pk=first).place == "木粉仓"
    assert not row.lines.filter(pk=second).exists()


def test_nothing_ticked_is_said(people, enterprise, sign_in):
    row = composed(people, enterprise)

    answer = sign_in(people.enterprise).post(address("remove_lines", row.pk), {}, follow=True)

    assert row.lines.count() == 3
    assert any(message.level_tag == "error" for message in answer.context["messages"])


def test_a_rarer_cycle_is_refused_beside_its_field(people, enterprise, sign_in):
    row = composed(people, enterprise)

    answer = sign_in(people.enterprise).post(address("submit_list", row.pk), {"cycle_days": 90, "version": 1})

    assert answer.status_code == 422
    assert "cycle_days" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("stands", "leads_to"),
    [
        (None, "compose_list"),
        (composed, "self_check_list"),
        (submitted, "self_check_list"),
        (accepted, "begin_self_check"),
    ],
)
def test_self_check_leads_to_what_comes_next(people, enterprise, sign_in, stands, leads_to):
    row = stands(people, enterprise) if stands else None

    answer = sign_in(people.enterprise).get(address("self_check"))

    assert answer.url == address(leads_to, *([row.pk] if row else []))


def test_a_check_begins_once_however_often_the_form_is_sent(people, enterprise, sign_in):
    row = accepted(people, enterprise)
    browser, url = sign_in(people.enterprise), address("begin_self_check", row.pk)
    form = {"key": "7f9c24e8-3b12-4c1e-9a55-0d2f3a1c6b77"}

    answers = [browser.post(url, form) for _ in range(2)]

    visit = Visit.objects.get()
    assert {answer.url for answer in answers} == {address("check", visit.pk)}


def test_all_well_is_not_said_without_having_looked(people, enterprise, sign_in):
    row = accepted(people, enterprise)
    key = {"key": "7f9c24e8-3b12-4c1e-9a55-0d2f3a1c6b77"}

    answer = sign_in(people.enterprise).post(address("report_all_well", row.pk), key)

    assert answer.status_code == 422
    assert not Visit.objects.exists()


def test_all_well_leads_to_the_check_on_record(people, enterprise, sign_in):
    row = accepted(people, enterprise)
    sent = {"key": "7f9c24e8-3b12-4c1e-9a55-0d2f3a1c6b77", "looked": "on"}

    answer = sign_in(people.enterprise).post(address("report_all_well", row.pk), sent)

    assert answer.url == Visit.objects.get().get_absolute_url()


def test_a_list_that_is_not_in_use_offers_no_check(people, enterprise, sign_in):
    row = composed(people, enterprise)
    browser, url = sign_in(people.enterprise), address("begin_self_check", row.pk)

    assert 'id="begin"' not in browser.get(url).content.decode()
    browser.post(url, {"key": "7f9c24e8-3b12-4c1e-9a55-0d2f3a1c6b77"})
    assert not Visit.objects.exists()


def test_the_page_says_which_answers_came_by_one_tap(people, enterprise, sign_in):
    row = accepted(people, enterprise)
    self_checked(people, row, at=AT + timedelta(hours=1))

    page = sign_in(people.town).get(row.get_absolute_url())

    assert [visit.at_once for visit in page.context["checks"]] == [3]


def test_the_list_is_filtered_by_overdue_checks(people, enterprise, sign_in):
    row = accepted(people, enterprise)
    browser = sign_in(people.town)

    for day, found in ((AT.date() - timedelta(days=1), 1), (AT.date(), 0)):
        SelfCheckList.objects.update(next_check_on=day)
        page = browser.get(address("self_check_lists"), {"late": "true"}).content.decode()
        assert page.count(row.get_absolute_url()) == found


def test_several_lists_are_accepted_at_once_and_the_rest_skipped_with_a_reason(people, enterprise):
    row = submitted(people, enterprise)

    assert why_not_accept(row, people.town, AT) == ""
    assert why_not_accept(row, people.enterprise, AT) != ""


def test_the_enterprises_page_shows_its_self_checks(people, enterprise, sign_in):
    row = accepted(people, enterprise)

    page = sign_in(people.town).get(enterprise.get_absolute_url(), {"whole": "shown"}).content.decode()

    assert row.get_absolute_url() in page
