"""The audit trail as a page: for the auditor alone, narrowed by who, what, when; older entries by id."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit import views
from audit.models import Entry
from audit.sealing import seal
from audit.services import record
from tests.people import AT

URL = "audit:list"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(AT)


@pytest.fixture
def filled(people, enterprise, at):
    """An act of the town, one of the county, and an old one."""
    record(people.town, "enterprises.change", enterprise, at=at, reason="企业改名")
    record(people.county, "enterprises.register", enterprise, at=at - timedelta(days=2))
    record(people.city, "enterprises.change", enterprise, at=at - timedelta(days=90), reason="很久以前")


@pytest.fixture
def read(people, sign_in):
    """Open the page as the auditor and return its text."""

    def _read(**query):
        return sign_in(people.auditor).get(reverse(URL), query).content.decode()

    return _read


def test_the_auditor_reads_a_month_of_it(filled, read):
    page = read()
    assert "企业改名" in page
    assert "周明远" in page
    assert "很久以前" not in page


@pytest.mark.parametrize("name", ["city", "county", "town", "enterprise", "admin", "security", "leader"])
def test_nobody_else_finds_it(filled, people, sign_in, name):
    client = sign_in(getattr(people, name))
    assert client.get(reverse(URL)).status_code == 404
    assert client.post(reverse("audit:export")).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(reverse(URL)).status_code == 302


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"person": "孙晓燕"}, "企业改名", "周明远"),
        ({"person": "county"}, "周明远", "企业改名"),
        ({"verb": "enterprises.register"}, "周明远", "企业改名"),
        ({"words": "改名"}, "企业改名", "周明远"),
        ({"to_on": "2026-03-09"}, "周明远", "企业改名"),
        ({"from_on": "", "words": "很久"}, "很久以前", "企业改名"),
    ],
)
def test_it_is_narrowed_by_who_what_and_when(filled, read, query, shown, hidden):
    page = read(**query)
    assert shown in page
    assert hidden not in page


def test_the_last_day_of_a_period_counts_whole(filled, read):
    assert "企业改名" in read(from_on="2026-03-10", to_on="2026-03-10")


def test_a_period_that_ends_before_it_begins_gets_a_sentence(filled, people, sign_in):
    answer = sign_in(people.auditor).get(reverse(URL), {"from_on": "2026-03-10", "to_on": "2026-03-01"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["to_on"]


@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 40])
def test_a_page_that_cannot_be_is_the_first(filled, people, sign_in, before):
    answer = sign_in(people.auditor).get(reverse(URL), {"before": before})
    assert len(answer.context["rows"]) >= 2


def test_older_entries_follow_by_id(people, enterprise, at, sign_in, monkeypatch):
    monkeypatch.setattr(views, "ROWS", 3)
    made = [record(people.town, "enterprises.change", enterprise, at=at) for _ in range(5)]
    client = sign_in(people.auditor)
    first = client.get(reverse(URL))
    assert [row.pk for row in first.context["rows"]] == [entry.pk for entry in made[:1:-1]]
    second = client.get(reverse(URL), {"before": first.context["older"]})
    assert [row.pk for row in second.context["rows"]] == [made[1].pk, made[0].pk]
    assert second.context["older"] is None


def test_it_says_what_is_sealed(filled, read):
    unsealed = read()
    seal()
    assert unsealed != read()


def test_nothing_found_says_so(filled, read):
    assert "sw-empty" in read(words="没有这样的话")


def test_thirty_entries_cost_what_one_costs(people, enterprise, at, sign_in, django_assert_max_num_queries):
    for _ in range(30):
        record(people.town, "enterprises.change", enterprise, at=at)
    client = sign_in(people.auditor)
    client.get(reverse(URL))
    with django_assert_max_num_queries(8):
        client.get(reverse(URL))


def test_the_export_holds_what_is_shown_and_is_itself_on_record(filled, people, sign_in):
    answer = sign_in(people.auditor).post(reverse("audit:export") + "?words=改名")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].startswith("\ufeff")
    assert len(lines) == 2
    assert "企业改名" in lines[1]
    assert Entry.objects.filter(verb="audit.export", actor=people.auditor).count() == 1


def test_the_export_is_no_link(people, sign_in):
    assert sign_in(people.auditor).get(reverse("audit:export")).status_code == 405


def test_a_formula_in_a_reason_stays_a_text(people, enterprise, at, sign_in):
    record(people.town, "enterprises.change", enterprise, at=at, reason="=HYPERLINK(1)")
    answer = sign_in(people.auditor).post(reverse("audit:export"))
    assert "'=HYPERLINK(1)" in b"".join(answer.streaming_content).decode()


def test_each_condition_is_taken_away_by_itself(filled, people, sign_in):
    query = {"person": "county", "verb": "enterprises.register", "before": "9"}
    form = sign_in(people.auditor).get(reverse(URL), query).context["form"]
    assert [chip.url for chip in form.chips()] == ["?verb=enterprises.register", "?person=county"]
    assert form.is_of_last_month()
