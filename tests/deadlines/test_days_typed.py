"""A day that people type: of our time, or a sentence beside the field."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from deadlines.fields import DayField
from tests.factories.hazards import reported


@pytest.mark.parametrize("typed", ["9999-12-31", "0001-01-01", "1899-12-31", "2200-01-01"])
def test_a_day_of_another_age_is_refused_in_words(typed):
    with pytest.raises(ValidationError) as refused:
        DayField().clean(typed)

    assert refused.value.code == "invalid"
    assert refused.value.messages[0]


@pytest.mark.parametrize("typed", ["1900-01-01", "2026-03-10", "2199-12-31"])
def test_a_day_of_our_time_is_taken(typed):
    assert DayField().clean(typed) == date.fromisoformat(typed)


def test_a_deadline_at_the_end_of_the_calendar_is_refused_beside_the_field(people, enterprise, sign_in):
    hazard = reported(enterprise, people.enterprise)
    typed = {"version": hazard.version, "deadline_on": "9999-12-31"}

    answer = sign_in(people.town).post(reverse("hazards:accept_report", args=[hazard.pk]), typed)

    assert answer.status_code in {200, 422}
    assert answer.context["form"].errors["deadline_on"]
    hazard.refresh_from_db()
    assert hazard.state == "reported"
