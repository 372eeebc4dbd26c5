"""Text that no column can hold, sent in the address of every page: an answer in words or a 404, never a crash."""

import pytest
from django.db import transaction

from tests.matrix.addresses import addressed

# What any page reads from its address, the conditions of the lists apart: those are taken from their forms.
NAMES = [
    "q",
    "name",
    "words",
    "description",
    "code",
    "enterprise",
    "on",
    "at",
    "day",
    "before",
    "after",
    "by",
    "tab",
    "group",
    "page",
    "size",
    "sort",
    "cols",
    "state",
    "level",
    "show",
    "part",
    "panel",
    "count",
    "format",
    "key",
    "place",
    "grade",
    "source",
    "county",
    "town",
    "village",
    "region",
    "found_after",
    "found_before",
    "deadline_after",
    "closed_before",
    "employees_min",
    "actor",
    "verb",
    "object",
]
BAD = {
    "nul": "%00",
    "nul inside": "%E7%B2%89%00%E5%B0%98",
    "half of a surrogate pair": "%ED%A0%BD",
    "no utf-8": "%FF%FE",
    "more digits than a key has": "9" * 400,
}


def crashes(browser, asked: dict[str, str]) -> dict[str, str]:
    """Ask each address, and return what happened to those that crashed."""
    found = {}
    for what, url in asked.items():
        try:
            # A savepoint: after a refusal of the database the next address is still asked in earnest.
            with transaction.atomic():
                answer = browser.get(url)
        except Exception as error:  # noqa: BLE001 - whatever reaches the person as a 500
            found[what] = repr(error)[:160]
            continue
        if answer.status_code >= 500:
            found[what] = str(answer.status_code)
    return found


def readable(world) -> dict[str, str]:
    """Return every address that the world can fill."""
    return {name: url for name, url in addressed(world).items() if url is not None}


# One world for all the bad texts: making it anew for each would take longer than asking.
@pytest.mark.parametrize("person", ["county", "enterprise"])
def test_every_address_stands_any_text_in_all_that_it_reads(world, people, sign_in, person):
    asked = {}
    for what, bad in BAD.items():
        query = "&".join(f"{name}={bad}" for name in NAMES)
        asked |= {f"{name}: {what}": f"{url}?{query}" for name, url in readable(world).items()}

    assert len(asked) > 200
    assert crashes(sign_in(getattr(people, person)), asked) == {}


@pytest.mark.parametrize("bad", ["%00", "%E7%B2%89%00%E5%B0%98%E7%81%B0%E5%B0%98"], ids=["alone", "inside"])
def test_the_warning_while_typing_stands_a_zero_byte(people, enterprise, sign_in, bad):
    asked = {
        "enterprises": f"/enterprises/similar/?name={bad}",
        "hazards": f"/hazards/similar/?description={bad}&enterprise={enterprise.pk}",
    }

    assert crashes(sign_in(people.county), asked) == {}
