"""The facts of the notice come from the record, the law of the day, and nowhere else."""

import pytest

from hazards.paperwork import KINDS, item_of, rectification_notice_facts
from tests.factories.hazards import rectifying, reported


def test_it_states_the_hazard_with_basis_and_day(people, enterprise, at):
    hazard = rectifying(people, enterprise)
    facts = rectification_notice_facts(hazard, by=people.county, at=at)
    assert (facts.agency, facts.party, facts.uscc) == ("广饶县应急管理局", enterprise.name, enterprise.uscc)
    assert facts.problems[0].deadline == "2026年3月20日"
    assert facts.date == "2026年3月10日"
    assert facts.officers == ("周明远",)


def test_without_a_cited_basis_it_names_the_general_duty_in_full(people, enterprise, at):
    facts = rectification_notice_facts(rectifying(people, enterprise), by=people.county, at=at)
    assert facts.problems[0].basis == "《中华人民共和国安全生产法》第四十一条第二款"


def test_what_the_finder_cited_comes_first(people, enterprise, at):
    hazard = rectifying(people, enterprise, legal_basis="《粉尘防爆安全规程》第9.1条")
    assert (
        rectification_notice_facts(hazard, by=people.county, at=at).problems[0].basis
        == "《粉尘防爆安全规程》第9.1条"
    )


def test_the_periods_of_the_remedies_are_those_of_the_rulebook(people, enterprise, at):
    facts = rectification_notice_facts(rectifying(people, enterprise), by=people.county, at=at)
    assert "六十日内依法申请行政复议" in facts.remedies
    assert "六个月内依法向人民法院提起行政诉讼" in facts.remedies


def test_a_hazard_without_a_day_says_how_the_day_is_set(people, enterprise, at):
    hazard = reported(enterprise, people.enterprise)
    assert (
        rectification_notice_facts(hazard, by=people.county, at=at).problems[0].deadline
        == "整改方案批准后确定"
    )


@pytest.mark.parametrize("end", ["", "。", "；"])
def test_a_sentence_ends_once(people, enterprise, at, end):
    hazard = rectifying(people, enterprise, description=f"防护罩缺失{end}")
    item = item_of(rectification_notice_facts(hazard, by=people.county, at=at).problems[0])
    assert item.text.endswith("防护罩缺失。")


def test_its_word_is_its_own():
    assert [(kind.title, kind.word) for kind in KINDS] == [("隐患整改通知书", "隐改")]
