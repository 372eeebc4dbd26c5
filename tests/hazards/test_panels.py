"""What an enterprise's page shows of its hazards, what a hazard's page shows of other rooms, and the search."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hazards import services
from hazards.models import ExtensionRequest, GovernancePlan
from hazards.panels import NEWEST, extensions, hazards_of_enterprise, plans, similar
from lifecycle.refusals import VerbRefused
from listings.panels import panels_of, shown
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import closed, moment, standing
from tests.factories.hazards import rectifying
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def codes(record, user) -> list[str]:
    return [panel.code for panel in shown(record, user)]


def make_plan(hazard, draft_no: int, decision: str = "returned") -> GovernancePlan:
    return GovernancePlan.objects.create(
        hazard=hazard,
        draft_no=draft_no,
        goals="清除积尘",
        measures="加装除尘",
        funds=20000,
        funds_source="安全生产费用",
        responsible="高砚平",
        finish_on=date(2026, 4, 30),
        emergency_plan="停用砂光机",
        submitted_at=AT,
        decision=decision,
        decision_reason="缺应急预案" if decision == "returned" else "",
    )


def make_extension(hazard, granted, by) -> ExtensionRequest:
    return ExtensionRequest.objects.create(
        hazard=hazard,
        reason="备件未到",
        interim_control="停用",
        old_deadline_on=date(2026, 3, 20),
        requested_on=date(2026, 3, 30),
        asked_at=AT,
        granted=granted,
        granted_on=date(2026, 3, 30) if granted else None,
        decided_by=by,
        decided_at=AT,
    )


def test_the_enterprise_shows_its_newest_hazards_and_counts_the_rest(people, enterprise):
    for days in range(NEWEST + 2):
        standing(enterprise, found_at=AT - timedelta(days=days), deadline_on=date(2026, 3, 9))
    closed(enterprise, closed_at=moment(2026, 2, 1))
    context = hazards_of_enterprise(enterprise, people.county)
    assert [row.found_at.date() for row in context["rows"]][:2] == [date(2026, 3, 10), date(2026, 3, 9)]
    assert len(context["rows"]) == NEWEST
    assert context["counts"] == {"all": 13, "open": 12, "overdue": 12, "major": 0}


def test_each_count_of_the_panel_opens_a_list_of_as_many(people, enterprise, sign_in):
    standing(enterprise, grade="major", state="plan_due")
    standing(enterprise, deadline_on=date(2026, 3, 1))
    closed(enterprise, closed_at=moment(2026, 2, 1))
    standing(make_enterprise())
    browser = sign_in(people.county)
    for figure in hazards_of_enterprise(enterprise, people.county)["figures"]:
        assert browser.get(figure["url"]).context["page"].total == figure["value"], figure["url"]


def test_a_region_elsewhere_sees_none_of_them(people, enterprise):
    standing(enterprise)
    assert hazards_of_enterprise(enterprise, people.other_county)["counts"]["all"] == 0


def test_an_enterprise_without_hazards_says_so(people, enterprise, sign_in):
    page = sign_in(people.county).get(enterprise.get_absolute_url(), {"whole": "shown"}).content.decode()
    assert 'id="panel-hazards"' in page
    assert "sw-empty" in page


def test_a_person_who_may_not_see_hazards_sees_no_panel(people, enterprise):
    assert "hazards" not in codes(enterprise, people.auditor)


def test_the_queries_of_the_enterprise_page_do_not_grow(people, enterprise, sign_in):
    browser = sign_in(people.county)
    standing(enterprise)
    counts = []
    for _round in range(3):
        for _n in range(4):
            standing(enterprise)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(enterprise.get_absolute_url(), {"whole": "shown"}).status_code == 200
        counts.append(len(captured))
    assert counts[1] == counts[2]


def test_a_hazard_with_nothing_beside_it_shows_no_empty_panels(people, enterprise):
    hazard = standing(enterprise)
    assert not {"documents", "rounds", "similar"} & set(codes(hazard, people.county))


def test_a_notice_issued_stands_on_the_page_of_the_hazard(people, enterprise, sign_in, at):
    hazard = rectifying(people, enterprise)
    document = services.issue_notice(hazard, by=people.town, at=at)
    page = sign_in(people.town).get(hazard.get_absolute_url()).content.decode()
    assert document.number in page
    assert document.get_absolute_url() in page


@pytest.mark.parametrize("state", ["closed", "not_hazard"])
def test_of_what_has_ended_no_notice_is_issued(people, enterprise, sign_in, at, state):
    hazard = standing(enterprise, state=state)
    with pytest.raises(VerbRefused):
        services.issue_notice(hazard, by=people.town, at=at)
    browser, address = sign_in(people.town), reverse("hazards:issue_notice", args=[hazard.pk])
    assert address not in browser.get(hazard.get_absolute_url()).content.decode()
    assert "请先重新打开" in browser.post(address, follow=True).content.decode()


def test_a_document_is_not_shown_to_who_may_not_open_it(people, enterprise, at):
    hazard = rectifying(people, enterprise)
    services.issue_notice(hazard, by=people.town, at=at)
    hazard.__dict__.pop("_panels", None)
    assert "documents" not in codes(hazard, people.other_county)


def test_earlier_plans_are_shown_once_there_is_more_than_one(people, enterprise):
    hazard = standing(enterprise, grade="major", state="plan_submitted")
    make_plan(hazard, 1)
    assert plans(hazard) == []
    again = type(hazard).objects.get(pk=hazard.pk)
    make_plan(hazard, 2, decision="")
    assert [plan.draft_no for plan in plans(again)] == [2, 1]


def test_answered_requests_are_history_and_the_open_one_is_not(people, enterprise):
    hazard = standing(enterprise, deadline_on=date(2026, 3, 30))
    granted = make_extension(hazard, True, people.town)
    make_extension(hazard, None, None)
    assert extensions(hazard) == [granted]


def test_plans_and_extensions_are_told_with_their_answers(people, enterprise, sign_in):
    hazard = standing(enterprise, grade="major", state="plan_submitted", deadline_on=date(2026, 3, 30))
    make_plan(hazard, 1)
    make_plan(hazard, 2, decision="")
    make_extension(hazard, False, people.town)
    page = sign_in(people.county).get(hazard.get_absolute_url()).content.decode()
    assert "缺应急预案" in page
    assert "备件未到" in page


def test_similar_are_earlier_ones_of_the_same_kind_at_the_same_enterprise(people, enterprise):
    like = standing(enterprise, category="fire", found_at=moment(2025, 12, 1))
    standing(enterprise, category="training", found_at=moment(2025, 12, 2))
    standing(make_enterprise(), category="fire", found_at=moment(2025, 12, 3))
    hazard = standing(enterprise, category="fire")
    standing(enterprise, category="fire", found_at=AT + timedelta(minutes=1))
    assert similar(hazard, people.county) == [like]


def test_what_has_come_back_is_marked(people, enterprise, sign_in):
    before = closed(enterprise, closed_at=moment(2026, 1, 5), category="training")
    hazard = standing(enterprise, category="fire", recurrence_of=before)
    page = sign_in(people.county).get(hazard.get_absolute_url()).content.decode()
    panel = page.partition('id="panel-similar"')[2].partition("</section>")[0]
    assert before.get_absolute_url() in panel
    assert "sw-tag" in panel


def test_the_page_of_a_hazard_stays_within_its_queries(people, enterprise, sign_in, at):
    hazard = rectifying(people, enterprise, found_at=AT - timedelta(hours=1))
    services.issue_notice(hazard, by=people.town, at=at)
    browser = sign_in(people.town)
    browser.get(hazard.get_absolute_url())
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            browser.get(hazard.get_absolute_url())
        counts.append(len(captured))
        for days in range(1, 4):
            standing(enterprise, category="facility", found_at=AT - timedelta(days=days))
    assert counts[0] == counts[1]


def test_each_record_has_its_panels_in_order(enterprise):
    assert [panel.code for panel in panels_of(type(standing(enterprise)))] == [
        "finding",
        "documents",
        "progress",
        "supervision",
        "rounds",
        "similar",
    ]


@pytest.mark.parametrize("words", ["积尘", "法兰处积尘", "YH-T"])
def test_the_search_finds_a_hazard_by_words_or_number_within_the_own_area(
    people, enterprise, other_enterprise, sign_in, words
):
    here, elsewhere = standing(enterprise), standing(other_enterprise)
    page = sign_in(people.county).get(reverse("listings:search"), {"q": words}).content.decode()
    assert here.get_absolute_url() in page
    assert elsewhere.get_absolute_url() not in page


def test_the_search_says_where_and_how_far(people, enterprise, sign_in):
    hazard = standing(enterprise)
    page = sign_in(people.county).get(reverse("listings:search"), {"q": hazard.number}).content.decode()
    assert f"{enterprise.name} · {enterprise.region.name}" in page


def test_the_search_finds_an_enterprise_by_name_and_by_code(people, enterprise, sign_in):
    browser = sign_in(people.county)
    for words in ("砚池", enterprise.uscc, enterprise.uscc[-6:]):
        assert (
            enterprise.get_absolute_url()
            in browser.get(reverse("listings:search"), {"q": words}).content.decode()
        )


def test_more_than_ten_found_leads_to_the_list(people, enterprise, sign_in):
    for _n in range(12):
        standing(enterprise)
    browser = sign_in(people.county)
    page = browser.get(reverse("listings:search"), {"q": "积尘"})
    url = next(group["more_url"] for group in page.context["groups"] if group["more_url"])
    assert browser.get(url).context["page"].total == 12


def test_the_search_costs_the_same_for_one_and_for_ten(people, enterprise, sign_in):
    browser = sign_in(people.county)
    counts = []
    for _round in range(3):
        standing(enterprise)
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("listings:search"), {"q": "积尘"})
        counts.append(len(captured))
    assert counts[1] == counts[2]


def test_a_strange_character_in_the_search_breaks_nothing(people, enterprise, sign_in):
    assert sign_in(people.county).get(reverse("listings:search"), {"q": "积\0尘%_\\"}).status_code == 200
