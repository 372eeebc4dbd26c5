"""The pages of the rulebook."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from rulebook.models import Question
from tests.factories.rulebook import make_article, make_law, make_parameter


@pytest.fixture
def law(db):
    return make_law("AWSL", title="安全生产法", full_title="中华人民共和国安全生产法")


def test_a_law_shows_its_articles_with_anchors(people, sign_in, law):
    make_article(law, 78, chapter="第四章 监督管理", text="应当公示。\n第二款。")
    page = sign_in(people.enterprise).get(reverse("rulebook:law", args=["AWSL"]))
    assert 'id="a78"' in page.text
    assert "第四章 监督管理" in page.text
    assert "第二款。" in page.text


def test_a_law_without_text_says_so(people, sign_in, law):
    page = sign_in(people.town).get(law.get_absolute_url())
    assert "sw-empty" in page.text


def test_a_law_that_is_not_in_force_on_the_day_says_so(people, sign_in, law):
    page = sign_in(people.town).get(law.get_absolute_url(), {"on": "2019-01-01"})
    assert "2019-01-01" in page.text


def test_an_article_shows_the_text_of_the_day(people, sign_in, law):
    make_article(law, 5, text="旧文。", valid_to=date(2025, 12, 31))
    make_article(law, 5, text="新文。", valid_from=date(2026, 1, 1))
    client, url = sign_in(people.town), reverse("rulebook:article", args=["AWSL", "5"])
    old, new = client.get(url, {"on": "2025-12-31"}).text, client.get(url, {"on": "2026-01-01"}).text
    assert "旧文。" in old
    assert "新文。" not in old
    assert "新文。" in new


def test_an_article_on_a_day_without_text_offers_the_texts_it_has_had(people, sign_in, law):
    make_article(law, 5, text="新文。")
    page = sign_in(people.town).get(reverse("rulebook:article", args=["AWSL", "5"]), {"on": "2001-01-01"})
    assert page.status_code == 200
    assert "?on=2020-01-01" in page.text


def test_an_inserted_article_has_its_own_page(people, sign_in, law):
    make_article(law, 5, branch=1, text="插入。")
    assert "插入。" in sign_in(people.town).get(reverse("rulebook:article", args=["AWSL", "5-1"])).text


@pytest.mark.parametrize("path", ["NONE/", "AWSL/99/", "AWSL/x/", "AWSL/5-x/", "AWSL/123456789/", "AWSL/-1/"])
def test_what_is_not_there_is_not_found(people, sign_in, law, path):
    assert sign_in(people.town).get(reverse("rulebook:index") + path).status_code == 404


@pytest.mark.parametrize("day", ["x", "2026-02-30", "", "99999-01-01", "\0"])
def test_a_day_that_is_none_means_today(people, sign_in, law, day):
    assert sign_in(people.town).get(law.get_absolute_url(), {"on": day}).status_code == 200


def test_articles_are_found_by_their_words(people, sign_in, law):
    make_article(law, 78, text="行政处罚决定应当公示。")
    client = sign_in(people.town)
    assert "第七十八条" in client.get(reverse("rulebook:index"), {"q": "公示"}).text
    assert "sw-empty" in client.get(reverse("rulebook:index"), {"q": "没有这样的话"}).text


def test_a_default_is_shown_as_such_and_never_as_law(people, sign_in):
    make_parameter("HAZARD_SAMPLE_SHARE", 5, name="抽查比例", mark="D", unit="percent", basis="平台默认")
    page = sign_in(people.town).get(reverse("rulebook:numbers"))
    row = page.text.split("抽查比例")[1].split("</tr>")[0]
    assert "平台默认" in row
    assert "法定" not in row


def test_numbers_are_those_of_the_day(people, sign_in):
    make_parameter(name="缴纳罚款", effective_from=date(2026, 1, 1))
    client = sign_in(people.town)
    assert "缴纳罚款" in client.get(reverse("rulebook:numbers"), {"on": "2026-01-01"}).text
    assert "sw-empty" in client.get(reverse("rulebook:numbers"), {"on": "2025-12-31"}).text


@pytest.mark.parametrize("role", ["admin", "legal"])
def test_what_is_to_be_confirmed_is_listed_for_the_legal_section(people, sign_in, role):
    make_parameter("REINSPECT", 10, name="整改复查", mark="M-")
    make_parameter("PAY_FINE", 15, name="缴纳罚款", mark="V")
    Question.objects.create(number=1, text="令第18号条文")
    page = sign_in(getattr(people, role)).get(reverse("rulebook:unconfirmed"))
    assert "整改复查" in page.text
    assert "缴纳罚款" not in page.text
    assert "令第18号条文" in page.text


def test_a_number_that_has_ended_needs_no_confirmation(people, sign_in):
    make_parameter("REINSPECT", 10, name="整改复查", mark="M-", effective_to=date(2021, 1, 1))
    assert "整改复查" not in sign_in(people.legal).get(reverse("rulebook:unconfirmed")).text


@pytest.mark.parametrize("role", ["city", "county", "town", "enterprise", "auditor"])
def test_others_do_not_find_the_page(people, sign_in, role):
    assert sign_in(getattr(people, role)).get(reverse("rulebook:unconfirmed")).status_code == 404


@pytest.mark.parametrize("name", ["index", "numbers", "unconfirmed"])
def test_a_visitor_is_sent_to_sign_in(client, db, name):
    assert client.get(reverse(f"rulebook:{name}")).status_code == 302


def test_a_page_is_for_reading(people, sign_in):
    assert sign_in(people.town).post(reverse("rulebook:index")).status_code == 405


@pytest.mark.parametrize("name", ["index", "numbers", "unconfirmed"])
def test_full_pages_stay_within_their_queries(people, sign_in, django_assert_max_num_queries, name):
    call_command("load_rulebook")
    client = sign_in(people.admin)
    client.get(reverse(f"rulebook:{name}"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse(f"rulebook:{name}"))
    assert len(page.content) < 150_000


def test_a_whole_law_stays_within_its_queries(people, sign_in, django_assert_max_num_queries):
    call_command("load_rulebook")
    client = sign_in(people.town)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("rulebook:law", args=["AWSL"]))
    assert page.text.count('id="a') == 119
