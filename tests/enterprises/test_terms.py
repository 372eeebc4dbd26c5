"""The business term: in order wherever it comes from, long-term without an end, and seen when it is over."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from enterprises import services
from enterprises.forms import EnterpriseForm
from enterprises.models import Enterprise
from enterprises.terms import end_in_words
from enterprises.truth.selectors import words
from tests.factories.enterprises import make_enterprise
from tests.factories.imports import checked, facts, pressed, taken
from tests.people import AT

pytestmark = pytest.mark.django_db
BEGIN, END, TODAY = date(2015, 3, 1), date(2035, 2, 28), AT.date()


@pytest.fixture
def termed(people) -> Enterprise:
    """An enterprise whose term runs."""
    return make_enterprise(name="广饶期限木业", business_term_from=BEGIN, business_term_to=END)


def test_a_form_refuses_an_end_before_the_beginning_beside_the_end(people, answers):
    sent = answers(business_term_from="2015-03-01", business_term_to="2015-02-28")

    form = EnterpriseForm(sent, user=people.county, today=TODAY)

    assert list(form.errors) == ["business_term_to"]
    assert len(form.errors["business_term_to"]) == 1


@pytest.mark.parametrize("ends", ["", "2015-03-01"])
def test_a_form_takes_a_long_term_and_one_of_a_day(people, answers, ends):
    sent = answers(business_term_from="2015-03-01", business_term_to=ends)

    assert EnterpriseForm(sent, user=people.county, today=TODAY).is_valid()


def test_a_correction_is_held_against_the_beginning_on_file(people, termed):
    with pytest.raises(ValidationError) as refused:
        services.change(termed, facts={"business_term_to": date(2014, 1, 1)}, by=people.county, at=AT)

    assert list(refused.value.message_dict) == ["business_term_to"]
    assert Enterprise.objects.get(pk=termed.pk).business_term_to == END


def test_the_database_holds_no_backward_term(termed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.filter(pk=termed.pk).update(business_term_to=date(2014, 1, 1))


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        (None, None, None),
        (BEGIN, None, "long-term"),
        (BEGIN, END, END),
        (BEGIN, TODAY, TODAY),
        (BEGIN, TODAY - timedelta(days=1), "2026-03-09, ended"),
    ],
)
def test_the_end_is_read_as_a_person_says_it(begins, ends, said):
    with translation.override("en"):
        row = Enterprise(business_term_from=begins, business_term_to=ends)

        assert end_in_words(row, TODAY) == words(row, "business_term_to", TODAY) == said


def test_the_page_says_that_a_term_is_over(people, sign_in, termed):
    Enterprise.objects.filter(pk=termed.pk).update(business_term_to=date(2020, 2, 29))

    people.county.language = "en"
    people.county.save()

    page = sign_in(people.county).get(termed.get_absolute_url()).content.decode()

    assert "2020-02-29, ended" in page


def test_the_list_keeps_those_whose_term_is_over(people, sign_in, termed, enterprise):
    Enterprise.objects.filter(pk=termed.pk).update(business_term_to=date(2020, 2, 29))
    browser = sign_in(people.county)

    ended = browser.get("/enterprises/", {"term_ended": "true"}).content.decode()
    others = browser.get("/enterprises/", {"term_ended": "false"}).content.decode()

    assert (termed.name in ended, enterprise.name in ended) == (True, False)
    assert (termed.name in others, enterprise.name in others) == (False, True)


# ── from a workbook ──────────────────────────────────────────────────────────


def imported(people, row: Enterprise, **cells: str):
    """The import of what a workbook says of the enterprise, checked."""
    known = facts(1, uscc=row.uscc, name=row.name)
    return checked(people.county, {**known, **cells})


def test_a_workbook_cannot_turn_a_term_round_not_even_by_one_of_its_days(people, termed):
    job = imported(people, termed, business_term_to="2014-12-31")

    assert [head for _row, head, _cell, _sentence in job.result["errors"]] == ["营业期限至"]


@pytest.mark.parametrize("word", ["长期", "无固定期限", "9999-12-31"])
def test_a_workbook_that_says_long_term_empties_the_end_once(people, termed, word):
    taken(pressed(imported(people, termed, business_term_to=word)))

    assert Enterprise.objects.get(pk=termed.pk).business_term_to is None
    again = imported(people, termed, business_term_to=word)
    assert again.result["unchanged"] == 1


def test_an_empty_cell_leaves_the_end(people, termed):
    taken(pressed(imported(people, termed, business_term_to="", employees="77")))

    assert Enterprise.objects.get(pk=termed.pk).business_term_to == END
