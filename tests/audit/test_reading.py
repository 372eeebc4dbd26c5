"""The record as a whole is read by the auditor and by nobody else."""

import pytest

from audit.models import Entry
from audit.services import record

LIST = "/admin/audit/entry/"


@pytest.fixture
def entry(people, enterprise, at):
    """Something that happened."""
    return record(people.town, "accounts.delegate", enterprise, at=at, reason="核实")


def test_the_auditor_reads_the_trail_and_each_entry(sign_in, people, entry):
    browser = sign_in(people.auditor)
    page = browser.get(LIST)
    assert page.status_code == 200
    assert "孙晓燕" in page.content.decode()
    assert browser.get(f"{LIST}{entry.pk}/change/").status_code == 200


@pytest.mark.parametrize("role", ["admin", "security"])
def test_other_administrators_do_not(sign_in, people, entry, role):
    assert sign_in(getattr(people, role)).get(LIST).status_code == 403


@pytest.mark.parametrize("role", ["city", "town", "enterprise"])
def test_regulators_and_enterprises_do_not_either(sign_in, people, entry, role):
    assert sign_in(getattr(people, role)).get(LIST, follow=True).status_code == 403


def test_even_the_auditor_changes_nothing(sign_in, people, entry):
    browser = sign_in(people.auditor)
    assert browser.get(f"{LIST}add/").status_code == 403
    assert browser.post(f"{LIST}{entry.pk}/change/", {"reason": "other"}).status_code == 403
    assert browser.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Entry.objects.get(pk=entry.pk).reason == "核实"


def test_the_trail_is_searched_and_narrowed_by_verb(sign_in, people, entry):
    browser = sign_in(people.auditor)
    assert "孙晓燕" in browser.get(LIST, {"q": "孙晓燕"}).content.decode()
    assert "孙晓燕" not in browser.get(LIST, {"verb": "other"}).content.decode().split("result_list")[-1]
