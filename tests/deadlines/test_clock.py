"""What a clock says, and that it costs no query per row."""

from datetime import date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from deadlines import services
from deadlines.clock import Remaining, due_in, due_words
from deadlines.selectors import next_due, open_for
from tests.lifecycle.lamps.models import Lamp
from tests.people import AT

pytestmark = pytest.mark.django_db


def march(day, hour=10):
    """Give a moment in March 2026."""
    return datetime(2026, 3, day, hour, tzinfo=AT.tzinfo)


def render(source, **context):
    """Render a template that uses the tags, without the space between tags."""
    text = Template("{% load deadline_tags %}" + source).render(Context(context))
    return " ".join(text.split())


def shown(subject, at):
    """Render one clock."""
    return render("{% clock subject %}", subject=subject, at=at)


@pytest.fixture
def mending(working_days, lamp, at):
    """A clock of calendar days, due on Friday, 20 March."""
    return services.start(lamp, "lamps.mend", at=at)


@pytest.fixture
def ordering(working_days, lamp, at):
    """A clock of working days, due on Tuesday, 17 March."""
    return services.start(lamp, "lamps.order", at=at)


@pytest.mark.parametrize(
    ("day", "html"),
    [
        (10, '<span class="sw-clock "><b>10</b> 天</span>'),
        (16, '<span class="sw-clock "><b>4</b> 天</span>'),
        (17, '<span class="sw-clock is-soon"><b>3</b> 天</span>'),
        (19, '<span class="sw-clock is-soon"><b>1</b> 天</span>'),
        (20, '<span class="sw-clock is-today">今天</span>'),
        (21, '<span class="sw-clock is-late"><b>−1</b> 天</span>'),
        (24, '<span class="sw-clock is-late"><b>−4</b> 天</span>'),
    ],
)
def test_days_grow_heavier_as_they_run_out(mending, day, html):
    assert shown(mending, march(day)) == html


def test_working_days_are_called_so_and_leave_out_the_weekend(ordering):
    assert shown(ordering, march(10)) == '<span class="sw-clock "><b>5</b> 工作日</span>'
    assert shown(ordering, march(14)) == '<span class="sw-clock is-soon"><b>2</b> 工作日</span>'
    assert shown(ordering, march(17)) == '<span class="sw-clock is-today">今天</span>'
    assert shown(ordering, march(18)) == '<span class="sw-clock is-late"><b>−1</b> 工作日</span>'


def test_over_a_weekend_it_is_late_in_days(working_days, lamp):
    friday = services.start(lamp, "lamps.order", at=march(6))
    assert friday.due_on == date(2026, 3, 13)
    assert due_in(friday, march(14), working_days) == Remaining(-1, "day")
    assert due_in(friday, march(16), working_days) == Remaining(-1, "workday")


def test_the_last_day_is_today_until_midnight(mending):
    assert "今天" in shown(mending, march(20, 23))
    assert "is-late" in shown(mending, march(21, 0))


def test_hours_are_counted_in_hours_then_in_minutes(working_days, lamp, at):
    call = services.start(lamp, "lamps.call", at=march(10, 23))
    assert shown(call, march(10, 23)) == '<span class="sw-clock is-soon"><b>2</b> 小时</span>'
    assert shown(call, march(11, 0)) == '<span class="sw-clock is-today">今天 01:00</span>'
    assert shown(call, march(11, 1)) == '<span class="sw-clock is-late"><b>−1</b> 分钟</span>'
    assert shown(call, march(11, 4)) == '<span class="sw-clock is-late"><b>−3</b> 小时</span>'


def test_a_stopped_clock_says_so(mending, at):
    paused = services.suspend(mending, at=at, by=None, reason="storm")
    assert shown(paused, march(30)) == '<span class="sw-clock is-paused">中止</span>'


def test_a_settled_clock_says_how_it_ended(mending, lamp, at):
    met = services.settle(lamp, "lamps.mend", at=at)
    assert shown(met, march(30)) == '<span class="sw-clock ">按期完成</span>'


def test_a_day_and_a_moment_have_clocks_too(at):
    assert "<b>5</b> 天" in shown(date(2026, 3, 15), at)
    assert "<b>−1</b> 天" in shown(at - timedelta(days=1), at)
    assert shown(None, at) == ""


def test_it_speaks_english_too(mending):
    with translation.override("en"):
        assert "<b>1</b> day</span>" in shown(mending, march(19))
        assert "<b>2</b> days</span>" in shown(mending, march(18))


def test_without_a_moment_it_is_now(mending, time_machine):
    time_machine.move_to(march(19))
    assert "<b>1</b> 天" in render("{% clock subject %}", subject=mending)


def test_thirty_clocks_cost_what_one_costs(working_days, town, at, django_assert_num_queries):
    lamps = [Lamp.objects.create(region=town, name=f"{n}", state="dark", state_since=at) for n in range(30)]
    for lamp in lamps:
        services.start(lamp, "lamps.order", at=at)
    with django_assert_num_queries(1):
        clocks = open_for(lamps)
        rows = [clocks[lamp.pk][0] for lamp in lamps]
        render("{% for row in rows %}{% clock row %}{% due_day row %}{% endfor %}", rows=rows, at=at)


@pytest.mark.parametrize(
    ("due", "words"),
    [(date(2026, 3, 13), "03-13 周五"), (date(2026, 3, 20), "03-20"), (date(2027, 1, 4), "2027-01-04")],
)
def test_the_due_day_is_short(due, words, at):
    assert due_words(datetime(due.year, due.month, due.day, 23, tzinfo=AT.tzinfo), at) == words


def test_the_block_says_how_long_until_when_by_what_and_what_happens_otherwise(mending, at):
    html = render("{% deadline_block deadline %}", deadline=mending, at=at)
    assert '<p class="sw-clock sw-clock-lg"> <b>10</b>天' in html
    assert "2026-03-20" in html
    assert "the lamp order" in html
    assert "如不处理：" in html
    assert "03-21起报镇街" in html
    assert "03-24起报县应急管理局" in html


@pytest.mark.parametrize(
    ("due_at", "said"),
    [
        (datetime(2026, 3, 14, tzinfo=AT.tzinfo), "2026-03-13 周五 24:00"),
        (datetime(2026, 3, 13, 0, 41, tzinfo=AT.tzinfo), "2026-03-13 周五 00:41"),
    ],
)
def test_the_block_says_the_hour_of_a_clock_that_does_not_end_with_the_day(mending, at, due_at, said):
    mending.due_at = due_at
    assert said in render("{% deadline_block deadline %}", deadline=mending, at=at)


def test_a_settled_block_threatens_nobody(mending, lamp, at):
    html = render("{% deadline_block deadline %}", deadline=services.settle(lamp, "lamps.mend", at=at), at=at)
    assert "如不处理" not in html


def test_without_a_deadline_there_is_no_block(at):
    assert render("{% deadline_block deadline %}", deadline=None, at=at) == ""


def test_the_next_due_deadline_comes_first(working_days, lamp, at):
    services.start(lamp, "lamps.mend", at=at)
    sooner = services.start(lamp, "lamps.order", at=at)
    assert next_due(lamp) == sooner
    services.cancel(lamp, at=at)
    assert next_due(lamp) is None
