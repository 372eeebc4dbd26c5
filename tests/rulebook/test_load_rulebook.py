"""The data that ship with the project: loaded once, and never over what people edited."""

import csv
from datetime import date

import pytest
from django.core.management import call_command

from rulebook.loading import DATA
from rulebook.models import Article, Law, Mark, Parameter, Question, Unit
from rulebook.services import parameter, revise_parameter

ON = date(2026, 10, 10)
# Code, jurisdiction, number and unit of the clocks of the handbook's appendix.
CLOCKS = """PENALTY_DECIDE - 90 day
HEARING_REQUEST - 5 workday
HEARING_NOTICE - 7 workday
SERVE - 7 workday
PAY_FINE - 15 day
EVIDENCE_PRESERVE - 7 workday
SEIZE - 30 day
PUBLISH_PENALTY - 7 workday
UNPUBLISH - 3 workday
COURT_APPLY - 3 month
URGE_BEFORE_COURT - 10 day
REINSPECT - 10 day
RESUME_REVIEW - 10 day
PERMIT_CORRECT - 5 workday
PERMIT_DECIDE - 20 workday
PERMIT_ISSUE - 10 workday
PERMIT_RENEW - 30 workday
PLAN_FILE - 20 workday
PLAN_FILE_CHECK - 5 workday
MHS_FILE - 15 day
ACCIDENT_UNIT - 1 hour
ACCIDENT_LEVEL - 2 hour
ACCIDENT_SD_DIRECT 37 30 minute
ACCIDENT_SD_WRITTEN 37 1 hour
ACCIDENT_SUPPLEMENT - 30 day
INVESTIGATE - 60 day
INVEST_APPROVE - 15 day
RECTIFY_EVALUATE - 1 year
XF_TELL - 15 day
XF_OBJECT - 5 workday
XF_FINISH - 60 day
CREDIT_TERM - 3 year
CREDIT_REPAIR_MIN - 12 month
RISK_FIRST 32 30 day
RISK_CHANGE 32 15 day
RISK_PERIODIC 32 3 month_of_year
HAZARD_QUARTER - 15 day_of_month
DRILL_GOVERNMENT 37 1 year""".splitlines()


@pytest.fixture
def loaded(db) -> None:
    call_command("load_rulebook")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_laws_articles_numbers_and_questions_are_loaded(loaded):
    assert Law.objects.count() == len(rows("laws.csv"))
    assert Article.objects.count() == 119 + 86 + 83 + 80
    assert Parameter.objects.count() == len(rows("parameters.csv"))
    assert Question.objects.count() == 14


def test_the_clocks_of_the_handbook_are_there(loaded):
    for line in CLOCKS:
        code, jurisdiction, n, unit = line.split()
        found = parameter(code, on=ON, region=jurisdiction.strip("-"))
        assert (found.code, found.amount, found.unit) == (code, int(n), unit)


def test_every_article_that_a_number_rests_on_is_loaded_where_its_law_is(loaded):
    for row in Parameter.objects.filter(law__articles__isnull=False, article__isnull=False).distinct():
        assert row.law.articles.filter(number=row.article).exists(), row


def test_every_number_says_where_it_comes_from(loaded):
    assert all(row.source for row in Parameter.objects.select_related("law"))
    assert {row.mark for row in Parameter.objects.all()} <= set(Mark.values)
    assert {row.unit for row in Parameter.objects.all()} <= set(Unit.values)


def test_a_platform_default_names_no_law(loaded):
    defaults = Parameter.objects.filter(mark=Mark.DEFAULT)
    assert defaults.count() > 30
    assert not defaults.filter(law__isnull=False).exists()


def test_numbers_of_old_order_15_are_to_be_confirmed(loaded):
    assert {"REINSPECT", "HEARING_FINE_UNIT", "STATEMENT_PERIOD"} <= set(
        Parameter.objects.unconfirmed().values_list("code", flat=True)
    )


def test_the_law_in_force_on_the_day_is_known(loaded):
    assert not Law.objects.get(short_id="HCSL").is_in_force(date(2026, 4, 30))
    assert Law.objects.get(short_id="HCSL").is_in_force(date(2026, 5, 1))
    assert Law.objects.get(short_id="SD").jurisdiction == "37"


def test_loading_again_adds_nothing(loaded, capsys):
    call_command("load_rulebook")
    assert "0 laws, 0 articles, 0 parameters, 0 questions" in capsys.readouterr().out


def test_an_edited_number_is_never_overwritten(loaded, people, at):
    held = parameter("HAZARD_GENERAL_DAYS", on=ON)
    revise_parameter(
        held, value=10, effective_from=held.effective_from, reason="市局规定", by=people.admin, at=at
    )
    revise_parameter(
        parameter("PAY_FINE", on=ON), value=20, effective_from=ON, reason="新规定", by=people.admin, at=at
    )
    call_command("load_rulebook")
    assert parameter("HAZARD_GENERAL_DAYS", on=ON).amount == 10
    assert parameter("PAY_FINE", on=ON).amount == 20


def test_an_edited_law_and_answer_are_kept(loaded):
    Law.objects.filter(short_id="O20").update(in_force_from=date(2026, 7, 1))
    Question.objects.filter(number=6).update(answer="自7月1日起")
    call_command("load_rulebook")
    assert Law.objects.get(short_id="O20").in_force_from == date(2026, 7, 1)
    assert Question.objects.get(number=6).answer == "自7月1日起"


def test_what_is_missing_is_added_beside_what_is_there(loaded):
    Question.objects.filter(number=3).delete()
    call_command("load_rulebook")
    assert Question.objects.get(number=3).laws.get().short_id == "HCSL"
