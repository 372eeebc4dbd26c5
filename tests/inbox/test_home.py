"""The first page: what is due from me, how late it is, and no more queries than promised."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import Delegation, Post
from enterprises.models import Enterprise
from inbox import desk, figures, worklist
from inbox.desk import desk_of, headline
from inbox.figures import measures
from inbox.worklist import GROUP_ROWS, WorkSource, group_of, grouped
from tests.factories.home import answer_row, midnight, text_of, twin_of
from tests.factories.inbox import make_deadline, make_message
from tests.people import AT

MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def test_a_visitor_is_sent_to_sign_in(client, db):
    answer = client.get(reverse("inbox:home"))
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_a_row_says_what_for_whom_why_where_and_what_next(open_home, enterprise):
    make_deadline(enterprise)
    page = text_of(open_home())

    for words in (
        "答复申请",
        enterprise.name,
        "规则 testing.answer",
        "大王社区",
        f"/enterprises/{enterprise.pk}/",
    ):
        assert words in page


def test_work_elsewhere_settled_or_of_another_role_is_not_mine(open_home, enterprise, other_enterprise, at):
    make_deadline(other_enterprise, label="elsewhere")
    make_deadline(enterprise, rule="testing.other")
    make_deadline(enterprise, settled_at=at, state="met")
    page = text_of(open_home())

    assert "sw-empty" in page
    assert "答复申请" not in page


def test_an_enterprise_sees_what_it_owes_itself(open_home, people, enterprise, other_enterprise, work):
    work(WorkSource(rules=("testing.answer",), roles=("enterprise",), row=answer_row, related=("region",)))
    make_deadline(enterprise)
    make_deadline(other_enterprise)
    page = text_of(open_home(people.enterprise))

    assert enterprise.name in page
    assert other_enterprise.name not in page


@pytest.mark.parametrize(
    ("due_at", "state", "group"),
    [
        (midnight(9), "breached", "late"),
        (AT, "running", "late"),
        (AT + timedelta(minutes=1), "running", "today"),
        (midnight(10), "running", "today"),
        (midnight(11), "running", "week"),
        (midnight(15), "running", "week"),
        (midnight(16), "running", "later"),
        (midnight(9), "paused", "later"),
    ],
)
def test_each_deadline_falls_in_one_group_and_both_rules_agree(enterprise, due_at, state, group):
    deadline = make_deadline(enterprise, due_at=due_at, state=state)
    rows = worklist.Deadline.objects.all()

    assert [code for code, found in grouped(rows, AT).items() if found.exists()] == [group]
    assert group_of(deadline, AT) == group


def test_on_sunday_the_week_is_over_and_nothing_is_lost(enterprise):
    sunday = AT + timedelta(days=5)
    for day in (15, 16, 17):
        make_deadline(enterprise, rule=f"testing.{day}", due_at=midnight(day))
    numbers = {code: rows.count() for code, rows in grouped(worklist.Deadline.objects.all(), sunday).items()}

    assert numbers == {"late": 0, "today": 1, "week": 0, "later": 2}


def test_the_latest_comes_first(open_home, enterprise, work):
    rules = tuple(f"testing.{day}" for day in (12, 5, 9))
    work(WorkSource(rules=rules, roles=("town",), row=answer_row, related=("region",)))
    for day in (12, 5, 9):
        make_deadline(enterprise, rule=f"testing.{day}", due_at=midnight(day))
    page = text_of(open_home())

    assert page.index("testing.5") < page.index("testing.9") < page.index("testing.12")


@pytest.mark.parametrize(
    ("totals", "title"),
    [
        ({"late": 3, "today": 4}, "7 things to do today, 3 of them already late"),
        ({"late": 1}, "1 thing is already late"),
        ({"today": 1, "week": 5}, "1 thing is due today"),
        ({"week": 4}, "Nothing is due today, 4 things this week"),
        ({"later": 2}, "Nothing is due this week, 2 things later"),
        ({}, "Nothing is waiting for you"),
        ({"late": 10_001}, "10,000+ things are already late"),
    ],
)
def test_the_title_says_what_is_true(totals, title):
    with translation.override("en"):
        assert headline(totals) == title


def many(enterprise, number):
    """That many enterprises beside the first, each with a clock that is late."""
    for serial in range(1, number + 1):
        make_deadline(twin_of(enterprise, serial), due_at=midnight(5))


def queries_of_home(user, sign_in):
    """The second request's queries and page: what a process or a session learns once is not counted."""
    client = sign_in(user)
    client.get(reverse("inbox:home"))
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse("inbox:home"))
    return [query["sql"] for query in asked], text_of(answer)


def test_thirty_rows_cost_as_many_queries_as_one(people, sign_in, work, enterprise):
    make_deadline(enterprise, due_at=midnight(5))
    one, _page = queries_of_home(people.town, sign_in)
    many(enterprise, 29)
    thirty, page = queries_of_home(people.town, sign_in)

    assert page.count('class="sw-next"') == GROUP_ROWS["late"]
    assert len(thirty) == len(one)
    assert len(one) <= MOST_QUERIES, one


def test_everything_at_once_stays_within_the_promise(people, sign_in, work, enterprise, monkeypatch):
    """Tabs of the office and of an absent colleague, figures and messages included."""
    Post.objects.create(
        user=people.other_town, role="county", organisation=people.town.organisation, from_on=date(2025, 1, 1)
    )
    Delegation.objects.create(
        giver=people.county,
        receiver=people.town,
        from_on=AT.date(),
        to_on=date(2026, 3, 12),
        reason="休假",
    )
    monkeypatch.setattr(figures, "measures", lambda: (Measure("在册企业"), Measure("企业")))
    make_message(people.town)
    make_deadline(enterprise)
    make_deadline(people.town.organisation, enterprise_id=None)
    asked, page = queries_of_home(people.town, sign_in)

    assert f"tab=for-{people.county.pk}" in page
    assert page.count('class="sw-next"') == 2
    assert len(asked) <= MOST_QUERIES, asked


class Measure:
    """As the home page sees a measure of the room of lists."""

    def __init__(self, label):
        self.label = label

    def queryset(self, user, at):
        return Enterprise.objects.visible_to(user)

    def url(self):
        return "/enterprises/"


def test_figures_count_the_persons_own_place_and_open_their_list(
    open_home, people, enterprise, other_enterprise, monkeypatch
):
    monkeypatch.setattr(figures, "measures", lambda: (Measure("在册企业"),))
    county, city = open_home(people.county, numbers="shown"), open_home(people.city, part="numbers")
    assert '<a href="/enterprises/"><b>1</b><span>在册企业</span></a>' in text_of(county)
    assert "<b>2</b>" in text_of(city)


def test_figures_and_other_tabs_are_counted_when_the_page_stands(open_home, people, enterprise, monkeypatch):
    monkeypatch.setattr(figures, "measures", lambda: (Measure("在册企业"),))
    page = text_of(open_home(people.county))

    assert 'hx-get="?tab=mine&amp;part=numbers"' in page
    assert '<a href="/enterprises/"><b>…</b><span>在册企业</span></a>' in page
    # Without scripts a link leads to the page with the numbers in it, which asks for nothing more.
    assert '<noscript><a class="sw-small" href="?tab=mine&amp;numbers=shown">' in page
    assert "hx-get" not in text_of(open_home(people.county, numbers="shown")).partition("<main")[2]


def test_the_numbers_that_follow_bring_figures_and_tabs_alone(
    open_home, people, enterprise, work, monkeypatch
):
    monkeypatch.setattr(figures, "measures", lambda: (Measure("在册企业"),))
    work(
        WorkSource(rules=("testing.answer",), roles=("county",), row=answer_row, related=("region",)),
        WorkSource(rules=("testing.review",), roles=("legal",), row=answer_row, related=("region",)),
    )
    make_deadline(enterprise, rule="testing.review")
    part = text_of(open_home(people.county, part="numbers"))

    assert "<html" not in part
    assert "答复申请" not in part
    assert '<nav id="whose"' in part
    assert 'hx-swap-oob="true"' in part
    assert "tab=office" in part.partition("<span>1</span>")[0]


@pytest.mark.parametrize("name", ["expert", "agency", "admin", "security", "auditor"])
def test_who_may_not_open_a_list_is_shown_no_figure_of_it(open_home, people, name):
    assert "sw-figures" not in text_of(open_home(getattr(people, name)))


def test_measures_of_the_apps_are_read_by_name():
    assert len(measures()) <= figures.MOST


@pytest.mark.parametrize(
    ("due_at", "state"),
    [
        (midnight(9), "breached"),
        (midnight(10), "running"),
        (midnight(15), "running"),
        (midnight(16), "running"),
        (midnight(9), "paused"),
    ],
)
def test_the_numbers_of_the_groups_are_those_of_the_groups_page_by_page(
    people, enterprise, work, due_at, state
):
    make_deadline(enterprise, due_at=due_at, state=state)
    owed = desk.assigned_to(people.town, people.town.scope.entries)
    numbers = {code: part.number for code, part in worklist.split(owed, AT).items()}

    assert numbers == {code: rows.count() for code, rows in grouped(owed.deadlines(), AT).items()}
    assert sum(numbers.values()) == 1


def test_the_statement_of_the_groups_is_written_once_and_asked_with_the_moment(people, enterprise, work):
    make_deadline(enterprise, due_at=midnight(11))
    owed = desk.assigned_to(people.town, people.town.scope.entries)
    later = AT + timedelta(days=2)

    assert worklist.split(owed, AT)["week"].number == 1
    assert worklist.split(owed, later)["late"].number == 1
    assert worklist.split(owed, later)["week"].number == 0


def test_a_source_may_narrow_a_rule_to_its_own_level(open_home, people, enterprise, work):
    def of_level(level):
        return lambda deadlines: deadlines.filter(label=level)

    work(
        *(
            WorkSource(
                rules=("testing.answer",),
                roles=(level,),
                row=answer_row,
                related=("region",),
                narrow=of_level(level),
            )
            for level in ("town", "county")
        )
    )
    make_deadline(enterprise, label="county")

    assert "答复申请" not in text_of(open_home(people.town))
    assert "答复申请" in text_of(open_home(people.county))


def test_a_row_whose_record_is_gone_or_left_out_is_no_row(open_home, enterprise, work):
    work(WorkSource(rules=("testing.answer",), roles=("town",), row=lambda *args: None))
    make_deadline(enterprise)
    assert open_home().status_code == 200


def test_a_long_group_is_cut_and_opens_page_by_page(open_home, enterprise):
    many(enterprise, worklist.PAGE_ROWS + 1)
    page = text_of(open_home())
    assert page.count('class="sw-next"') == GROUP_ROWS["late"]
    assert "group=late" in page

    first = text_of(open_home(group="late"))
    second = text_of(open_home(group="late", page="2"))
    assert first.count('class="sw-next"') == worklist.PAGE_ROWS
    assert second.count('class="sw-next"') == 1


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "²"])
def test_a_page_number_that_is_none_is_the_first(open_home, enterprise, page):
    make_deadline(enterprise, due_at=midnight(5))
    assert "答复申请" in text_of(open_home(group="late", page=page))


def test_a_group_that_does_not_exist_is_not_found(open_home):
    assert open_home(group="yesterday").status_code == 404


def test_new_messages_stand_beside_the_work(open_home, people):
    make_message(people.town, title="一条隐患等你受理")
    page = text_of(open_home())
    assert "一条隐患等你受理" in page
    assert "csrfmiddlewaretoken" in page


def test_the_desk_of_somebody_without_a_post_is_empty(people, work):
    Post.objects.filter(user=people.expert).delete()
    assert desk_of(people.expert, tab="", at=AT).groups == []
    assert desk.shown(0) == "0"


@pytest.mark.parametrize(
    ("person", "place"), [("city", "广饶县 大王镇"), ("county", "大王镇"), ("town", "大王社区")]
)
def test_the_place_is_named_as_far_down_as_the_person_looks(work, people, enterprise, sign_in, person, place):
    roles = ("city", "county", "town")
    work(WorkSource(rules=("testing.answer",), roles=roles, row=answer_row, related=("region",)))
    make_deadline(enterprise)
    page = sign_in(getattr(people, person)).get(reverse("inbox:home"))

    assert f'<div class="sw-place">{place}</div>' in page.content.decode()


def test_what_lies_at_the_county_itself_is_named_once(work, people, enterprise, sign_in):
    work(WorkSource(rules=("testing.answer",), roles=("city",), row=answer_row, related=("region",)))
    Enterprise.objects.filter(pk=enterprise.pk).update(region_id="370523")
    enterprise.refresh_from_db()
    make_deadline(enterprise)

    assert (
        '<div class="sw-place">广饶县</div>'
        in sign_in(people.city).get(reverse("inbox:home")).content.decode()
    )
