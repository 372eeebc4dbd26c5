"""Reading a law from Markdown."""

import pytest

from rulebook.loading import DATA
from rulebook.markdown import NotALaw, parse_law

LAW = """# 试验法

2020年1月1日 某会议通过

<!-- INFO END -->

## 第一编　总 则

### 第一章　一般规定

第一条　为了试验，制定本法。

第二条 有下列情形之一的，适用本法：

（一）第一种；

（二）第二种。

第一条第二款规定的情形，不在此列。

### 第二章 程序

#### 第一节 申 请

第三条 应当申请。

第三条之一 可以网上申请。

#### 第二节 决定

第一百零四条 应当决定。

# 附件

第五条 表格。
"""


def test_articles_are_found_with_their_numbers_and_labels():
    law = parse_law(LAW)
    assert [(a.number, a.branch, a.label) for a in law.articles] == [
        (1, 0, "第一条"),
        (2, 0, "第二条"),
        (3, 0, "第三条"),
        (3, 1, "第三条之一"),
        (104, 0, "第一百零四条"),
    ]


def test_paragraphs_and_items_belong_to_their_article():
    second = parse_law(LAW).articles[1]
    assert second.lines == [
        "有下列情形之一的，适用本法：",
        "（一）第一种；",
        "（二）第二种。",
        "第一条第二款规定的情形，不在此列。",
    ]


def test_headings_above_an_article_are_kept_without_stray_spaces():
    first, *_rest, last = parse_law(LAW).articles
    assert (first.part, first.chapter, first.section) == ("第一编 总则", "第一章 一般规定", "")
    assert (last.part, last.chapter, last.section) == ("第一编 总则", "第二章 程序", "第二节 决定")


def test_a_new_chapter_ends_the_section_before():
    law = parse_law("## 第一章 甲\n### 第一节 乙\n第一条 文。\n## 第二章 丙\n第二条 文。")
    assert law.articles[1].section == ""


def test_the_title_and_the_history_stand_apart():
    law = parse_law(LAW)
    assert law.title == "试验法"
    assert law.history == ["2020年1月1日 某会议通过"]


def test_numbers_that_the_file_skips_are_named():
    assert parse_law(LAW).missing[:2] == [4, 5]
    assert len(parse_law(LAW).missing) == 100


def test_an_annex_is_left_out_and_counted():
    law = parse_law("第一条 文。\n\n# 附件\n\n表格\n")
    assert law.articles[0].text == "文。"
    assert law.outside == ["附件", "表格"]


@pytest.mark.parametrize(
    "line",
    [
        "第七条 文。",
        "第七条　文。",
        "**第七条** 文。",
        "### 第七条 文。",
        "第7条 文。",
        "\u3000\u3000第七条\u3000文。",
    ],
)
def test_an_article_may_be_set_in_several_ways(line):
    (article,) = parse_law(line).articles
    assert (article.number, article.text) == (7, "文。")


def test_an_article_may_stand_on_a_line_of_its_own():
    (article,) = parse_law("#### 第七条\n\n文。\n").articles
    assert article.text == "文。"


@pytest.mark.parametrize("text", ["", "# 试验法\n", "第条 文。", "\ufeff\n\n<!-- 第一条 文。 -->"])
def test_a_file_without_articles_is_refused(text):
    with pytest.raises(NotALaw):
        parse_law(text)


def test_windows_line_ends_and_a_byte_order_mark_are_no_matter():
    law = parse_law("\ufeff# 试验法\r\n\r\n第一条 文。\r\n")
    assert (law.title, law.articles[0].text) == ("试验法", "文。")


@pytest.mark.parametrize(("name", "count"), [("AWSL", 119), ("APL", 86), ("ALL", 83), ("SD", 80)])
def test_the_shipped_laws_are_whole(name, count):
    law = parse_law((DATA / "laws" / f"{name}.md").read_text(encoding="utf-8"))
    assert [article.number for article in law.articles] == list(range(1, count + 1))
    assert law.missing == []
    assert law.outside == []
    assert all(article.text and article.chapter for article in law.articles)
