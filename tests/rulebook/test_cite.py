"""Citing a law as it stood on the day."""

from datetime import date

import pytest
from django.urls import reverse

from rulebook.services import RuleNotFound, cite
from tests.factories.rulebook import make_article, make_law

ON = date(2026, 3, 10)


def test_an_article_is_cited_with_the_address_of_its_text(db):
    make_article(make_law("AWSL", title="安全生产法"), 41)
    found = cite("AWSL", 41, "第二款", on=ON)
    assert str(found) == "《安全生产法》第四十一条第二款"
    assert found.url == reverse("rulebook:article", args=["AWSL", "41"]) + "?on=2026-03-10"


def test_an_issued_document_gives_the_full_title(db):
    make_law("AWSL", title="安全生产法", full_title="中华人民共和国安全生产法")
    assert cite("AWSL", 41, on=ON, formal=True).text == "《中华人民共和国安全生产法》第四十一条"
    make_law("O16", title="暂行规定")
    assert cite("O16", on=ON, formal=True).text == "《暂行规定》"


def test_a_whole_law_is_cited(db):
    make_law("AWSL", title="安全生产法")
    assert cite("AWSL", on=ON).url == reverse("rulebook:law", args=["AWSL"])


def test_an_inserted_article_is_cited(db):
    make_article(make_law(), 134, branch=1)
    found = cite("LAW", 134, on=ON, branch=1)
    assert found.text.endswith("第一百三十四条之一")
    assert "/134-1/" in found.url


def test_a_law_whose_text_is_not_loaded_can_be_cited(db):
    make_law("O16")
    assert cite("O16", 18, on=ON).url == reverse("rulebook:law", args=["O16"])


def test_an_article_that_a_loaded_law_does_not_have_is_refused(db):
    make_article(make_law(), 1)
    with pytest.raises(RuleNotFound, match="LAW has no article 99"):
        cite("LAW", 99, on=ON)


@pytest.mark.parametrize("on", [date(2019, 12, 31), date(2026, 5, 1), date(2027, 1, 1)])
def test_what_was_not_law_on_the_day_is_refused(db, on):
    make_law(repealed_on=date(2026, 5, 1))
    with pytest.raises(RuleNotFound, match="was not law"):
        cite("LAW", 1, on=on)


def test_a_law_whose_first_day_is_unknown_can_be_cited(db):
    make_law(in_force_from=None)
    assert cite("LAW", on=ON)


def test_an_unknown_law_is_refused(db):
    with pytest.raises(RuleNotFound):
        cite("NONE", 1, on=ON)
