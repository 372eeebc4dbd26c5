"""References as people write them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections.library.references import laws_by_name, read, written
from rulebook.models import Article, Law

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standard() -> Law:
    """A standard, which is cited by clause."""
    law, _made = Law.objects.get_or_create(
        short_id="GB15577", defaults={"title": "粉尘防爆安全规程", "mark": "M"}
    )
    return law


PIECES = [
    "AWSL",
    "GB15577",
    "《安全生产法》",
    "安全生产法",
    ":",
    "：",
    "第",
    "条",
    "之",
    "第二款",
    "；",
    "一",
    "百",
    "零",
    "七",
    "41",
    "0",
    "-",
    "444444444444",
] + [" ", "\n"]


@pytest.fixture
def laws() -> dict[str, Law]:
    return laws_by_name()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AWSL:41", ("AWSL", 41, 0, "")),
        ("AWSL：41", ("AWSL", 41, 0, "")),
        ("《安全生产法》第四十一条", ("AWSL", 41, 0, "")),
        ("《中华人民共和国安全生产法》第四十一条第二款", ("AWSL", 41, 0, "第二款")),
        ("AWSL:97(3)", ("AWSL", 97, 0, "(3)")),
        ("《消防法》第一百三十四条之一", ("XFL", 134, 1, "")),
        ("GB15577:6.2", ("GB15577", None, 0, "6.2")),
        ("GB15577:6", ("GB15577", None, 0, "6")),
        ("安全生产法", ("AWSL", None, 0, "")),
    ],
)
def test_law_and_place_are_read(text, found):
    (reference,) = read(text, "basis")

    assert (reference.law.short_id, reference.number, reference.branch, reference.clause) == found


def test_several_are_separated_by_semicolons_or_lines_and_each_is_read_once():
    found = read("AWSL:41；SD:26\nAWSL:41;", "basis")

    assert [(each.law.short_id, each.number) for each in found] == [("AWSL", 41), ("SD", 26)]


def test_an_unknown_law_is_named_in_the_refusal():
    with pytest.raises(ValidationError, match="NOPE"):
        read("NOPE:1", "basis")


@pytest.mark.parametrize(
    "place", ["AWSL:99999999999", "AWSL:0", "AWSL:41-99999", "《安全生产法》第一二条", "《安全生产法》第零条"]
)
def test_a_number_that_no_article_has_is_refused(place):
    with pytest.raises(ValidationError, match="No law has an article"):
        read(place, "basis")


def put_text(*numbers: tuple[int, int]) -> None:
    """Load these articles, by number and branch, as the text of the law."""
    law = Law.objects.get(short_id="AWSL")
    Article.objects.filter(law=law).delete()
    Article.objects.bulk_create(
        [Article(law=law, number=number, branch=branch, label="", text="…") for number, branch in numbers]
    )


@pytest.mark.parametrize("place", ["AWSL:999", "AWSL:41-1", "《安全生产法》第四十二条第二款"])
def test_an_article_that_a_loaded_law_does_not_have_is_refused_by_name(place):
    put_text((41, 0), (134, 1))

    with pytest.raises(ValidationError, match="《安全生产法》 has no article"):
        read(place, "basis")


@pytest.mark.parametrize("place", ["AWSL:41", "AWSL:134-1", "《安全生产法》第四十一条第二款", "AWSL"])
def test_what_a_loaded_law_has_is_read(place):
    put_text((41, 0), (134, 1))

    assert len(read(place, "basis")) == 1


def test_a_law_whose_text_is_not_loaded_is_cited_unchecked():
    put_text()

    assert read("AWSL:999", "basis")[0].number == 999


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_whatever_is_written_is_read_or_refused_and_never_crashes(laws, text):
    try:
        found = read(text, "basis", laws)
    except ValidationError:
        found = []

    # Every number fits its column, and what was read can be written and read again.
    assert all(0 <= (each.number or 0) <= 9999 and len(each.clause) <= 40 for each in found)
    assert len(read(written(found, "basis"), "basis", laws)) == len(found)


def test_what_is_written_reads_the_same():
    before = read("AWSL:41;GB15577:6.2;AWSL:97(3)", "basis")

    after = read(written(before, "basis"), "basis")

    assert [(each.law_id, each.number, each.clause) for each in after] == [
        (each.law_id, each.number, each.clause) for each in before
    ]


def test_laws_are_read_once_for_many_texts(django_assert_num_queries):
    with django_assert_num_queries(1):
        laws = laws_by_name()
        for number in range(1, 20):
            read(f"AWSL:{number}", "basis", laws)
