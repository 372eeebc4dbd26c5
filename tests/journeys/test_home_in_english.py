"""What is longer in English than in Chinese stands beside its neighbour, not over it."""

import pytest

from tests.factories.hazards import reported
from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
# Every work row whose clock reaches into its title.
COVERED = """() => [...document.querySelectorAll(".sw-work > li")].filter((row) => {
  const [clock, title] = [".sw-clock", "h3"].map((part) => row.querySelector(part).getBoundingClientRect());
  return clock.right > title.left && clock.left < title.right && clock.bottom > title.top && clock.top < title.bottom;
}).map((row) => row.innerText)"""


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_clock_in_working_days_does_not_cover_what_is_to_be_done(visit, people, enterprise, clock, size):
    people.town.language = "en"
    people.town.save()
    reported(enterprise, people.enterprise)
    clock.pass_days(90)
    page = visit(people.town, size, "/")

    assert "working days" in page.inner_text(".sw-work li .sw-clock")
    assert page.evaluate(COVERED) == []
