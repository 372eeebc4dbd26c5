"""What a single cell may say, and what it becomes."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from enterprises.choices import EnterpriseSize, RiskTag
from listings.importing import parsers
from listings.importing.spec import Run

RUN = Run(user=None, today=date(2026, 3, 10), entries=())


def read(builder, raw):
    return builder(RUN)(raw)


@pytest.mark.parametrize(
    ("builder", "raw", "value"),
    [
        (parsers.text(20), "  大王镇\u3000工业路 ", "大王镇\u3000工业路"),
        (parsers.text(20), "大王镇\n工业路", "大王镇 工业路"),
        (parsers.text(20, lines=True), "一\n 二", "一\n二"),
        (parsers.text(20), 257335.0, "257335"),
        (parsers.text(20), "—", None),
        (parsers.text(20), "", None),
        (parsers.text(20), "𠮷田", "𠮷田"),
        (parsers.whole(1000), "1,000", "1000"),
        (parsers.whole(1000), 12.0, "12"),
        (parsers.amount(14, 2), "500.555", "500.56"),
        (parsers.amount(14, 2), 1e6, "1000000.00"),
        (parsers.day(), date(2015, 3, 1), "2015-03-01"),
        (parsers.day(), datetime(2015, 3, 1, 0, 0), "2015-03-01"),
        (parsers.day(), "2015年3月1日", "2015-03-01"),
        (parsers.day(), "2015/3/1", "2015-03-01"),
        (parsers.day(), "2015.3.1", "2015-03-01"),
        (parsers.day(), 20150301.0, "2015-03-01"),
        (parsers.day(), "2026-03-10", "2026-03-10"),
        (parsers.day(), "", None),
        (parsers.moment(), datetime(2026, 3, 9, 8, 30), "2026-03-09T08:30:00+08:00"),
        (parsers.moment(), "2026-03-09 08:30", "2026-03-09T08:30:00+08:00"),
        (parsers.moment(), "2026-03-09T8:30:00", "2026-03-09T08:30:00+08:00"),
        (parsers.moment(), "2026年3月9日 8时30分", "2026-03-09T08:30:00+08:00"),
        (parsers.moment(), "2026/3/9 8：30", "2026-03-09T08:30:00+08:00"),
        (parsers.moment(), "—", None),
        (parsers.choice(EnterpriseSize), "small", "small"),
        (parsers.choice(EnterpriseSize), "Small", "small"),
        (parsers.many(RiskTag), "dust、gas，dust", "{dust,gas}"),
        (parsers.many(RiskTag), "", None),
        (parsers.yes_no(), "是", "t"),
        (parsers.yes_no(), "否", "f"),
        (parsers.yes_no(), True, "t"),
        (parsers.yes_no(), "", None),
    ],
)
def test_a_cell_becomes_what_the_database_takes(builder, raw, value):
    assert read(builder, raw) == value


@pytest.mark.parametrize(
    ("builder", "raw"),
    [
        (parsers.text(5), "六个字不行啊"),
        (parsers.text(20), "=1+1"),
        (parsers.text(20), "+1"),
        (parsers.text(20), "坏\x07字"),
        (parsers.text(20), "半\ud83d"),
        (parsers.text(20), "好👍"),
        (parsers.whole(1000), "12.5"),
        (parsers.whole(1000), 1001),
        (parsers.whole(1000), "9" * 5000),
        (parsers.whole(1000), "²"),
        (parsers.moment(), "2026-03-09"),
        (parsers.moment(), "2026-02-30 08:30"),
        (parsers.moment(), "2026-03-09 24:00"),
        (parsers.moment(), datetime(1026, 3, 9, 8, 30)),
        (parsers.amount(14, 2), "很多"),
        (parsers.amount(14, 2), "NaN"),
        (parsers.amount(14, 2), "1e999999"),
        (parsers.amount(9, 6, lowest=Decimal(73), highest=Decimal(136)), 37.1),
        (parsers.day(), "2026-03-11"),
        (parsers.day(), "2015-02-30"),
        (parsers.day(), "1015-02-01"),
        (parsers.day(), 42000.5),
        (parsers.choice(EnterpriseSize), "巨大"),
        (parsers.many(RiskTag), "dust、灰"),
        (parsers.yes_no(), "也许"),
    ],
)
def test_a_cell_that_says_nothing_usable_is_refused_with_a_sentence(builder, raw):
    with pytest.raises(ValidationError) as refused:
        read(builder, raw)
    assert len(refused.value.messages[0]) > 5


def test_a_choice_is_written_in_chinese_whatever_language_the_person_reads():
    with parsers.override("zh-hans"):
        word = str(EnterpriseSize.SMALL.label)
    assert read(parsers.choice(EnterpriseSize), word) == "small"
    assert word in parsers.chinese_labels(EnterpriseSize)
