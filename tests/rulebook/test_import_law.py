"""A law's text comes from a Markdown file, from a day on."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from rulebook.models import Law
from rulebook.services import article_text
from tests.factories.rulebook import make_article, make_law

OLD, NEW = date(2020, 1, 1), date(2026, 5, 1)


@pytest.fixture
def file(tmp_path):
    """A law in a file; calling it again writes the next text."""

    def _file(*articles: str, title: str = "中华人民共和国试验法"):
        path = tmp_path / "law.md"
        path.write_text(f"# {title}\n\n" + "\n\n".join(articles) + "\n", encoding="utf-8")
        return path

    return _file


def load(path, day: date, **options: str) -> None:
    call_command("import_law", path, "--short-id", "TRY", "--from", day.isoformat(), **options)


def text_of(number: int, on: date) -> str:
    return article_text("TRY", number, on=on).text


def test_a_new_law_is_made_with_its_short_and_full_title(db, file):
    load(file("第一条 甲。"), OLD, jurisdiction="37")
    law = Law.objects.get(short_id="TRY")
    assert (law.title, law.full_title, law.jurisdiction) == ("试验法", "中华人民共和国试验法", "37")
    assert law.in_force_from == OLD


def test_importing_the_same_text_again_changes_nothing(db, file, capsys):
    load(file("第一条 甲。", "第二条 乙。"), OLD)
    load(file("第一条 甲。", "第二条 乙。"), OLD)
    assert "0 added, 0 changed, 0 ended, 2 kept" in capsys.readouterr().out


def test_a_later_text_ends_what_changed_and_keeps_the_rest(db, file):
    load(file("第一条 甲。", "第二条 乙。", "第三条 丙。"), OLD)
    load(file("第一条 甲。", "第二条 乙新。", "第四条 丁。"), NEW)
    assert text_of(2, date(2026, 4, 30)) == "乙。"
    assert text_of(2, NEW) == "乙新。"
    assert text_of(3, date(2026, 4, 30)) == "丙。"
    with pytest.raises(LookupError):
        article_text("TRY", 3, on=NEW)
    law = Law.objects.get(short_id="TRY")
    assert law.articles.filter(number=1).count() == 1
    assert law.articles.count() == 5


def test_an_earlier_text_after_a_later_one_is_refused(db, file):
    load(file("第一条 甲。"), NEW)
    with pytest.raises(CommandError, match="后|later"):
        load(file("第一条 乙。"), OLD)


def test_another_text_from_the_same_day_is_refused_and_nothing_is_half_written(db, file):
    load(file("第一条 甲。", "第二条 乙。"), OLD)
    with pytest.raises(CommandError):
        load(file("第一条 甲。", "第二条 别的。", "第三条 丙。"), OLD)
    assert Law.objects.get(short_id="TRY").articles.count() == 2


def test_an_inserted_article_stands_beside_its_number(db, file):
    load(file("第一条 甲。", "第一条之一 甲一。"), OLD)
    assert article_text("TRY", 1, on=OLD, branch=1).text == "甲一。"
    assert text_of(1, OLD) == "甲。"


def test_gaps_and_annexes_are_told(db, file, capsys):
    load(file("第一条 甲。", "第三条 丙。", "# 附件", "表格"), OLD)
    said = capsys.readouterr().out
    assert "Not in the file: articles 2." in said
    assert "Not read: 2 lines" in said


@pytest.mark.parametrize("content", [b"", "没有条文".encode(), "第一条 甲".encode("gb18030")])
def test_a_file_that_is_no_law_is_refused_with_a_sentence(db, tmp_path, content):
    path = tmp_path / "law.md"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        load(path, OLD)
    assert not Law.objects.exists()


def test_a_file_that_is_not_there_is_told(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        load(tmp_path / "none.md", OLD)


def test_a_short_name_in_small_letters_is_refused(db, file):
    with pytest.raises(CommandError):
        call_command("import_law", file("第一条 甲。"), "--short-id", "try it")


def test_the_database_refuses_two_texts_of_one_day(db):
    law = make_law()
    make_article(law, 1)
    with pytest.raises(Exception, match="rulebook_article_one_text_a_day"):
        make_article(law, 1, valid_from=date(2022, 1, 1))
