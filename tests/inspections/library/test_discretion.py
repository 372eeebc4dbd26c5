"""Every item that ships leads to entries of the discretion benchmark, or says why it leads to none (handbook §7.4, §7.8)."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Exists, OuterRef

from inspections.library.discretion import NO_CLAUSE, NO_ENTRY, NOT_READ, why_none
from inspections.library.loading import DATA, load_library, rows
from inspections.models import CheckItem, ItemReference
from rulebook.benchmark import codes_in, entries, punished_by
from rulebook.models import Article
from rulebook.numerals import article_label
from tests.factories.inspections import make_items
from tests.people import AT

# Duties of enterprises whose every breach has its clause of penalty: who rests on one of these has an entry.
ALWAYS_PUNISHED = {
    *(f"AWSL:{n}" for n in (24, 27, 30, 32, 33, 34, 35, 38, 40, 42, 43, 48, 49, 66)),
    *(f"SD:{n}" for n in (19, 21, 22, 33, 34)),
}
# What is cited as penalty, although neither its text nor an entry for it has been verified.
WITHOUT_ENTRY = {"XFL:60", "R455:38"}


def shipped() -> list[dict[str, str]]:
    """Every line of every file that ships."""
    return [
        line
        for checklist in rows(DATA / "checklists.csv")
        for line in rows(DATA / f"{checklist['code']}.csv")
    ]


LINES = shipped()


def named(line: dict[str, str], column: str) -> set[str]:
    return set(codes_in(line[column]))


def codes(lines) -> list[str]:
    return [line["code"] for line in lines]


def test_every_entry_that_an_item_names_is_in_the_benchmark():
    assert codes(line for line in LINES if named(line, "discretion") - set(entries())) == []


def test_the_entries_of_an_item_are_those_of_the_clauses_that_it_cites():
    wrong = [
        line
        for line in LINES
        if line["discretion"]
        and {entries()[code].penalty for code in named(line, "discretion")} != named(line, "penalty")
    ]

    assert codes(wrong) == []


def test_an_item_that_cites_a_clause_of_penalty_has_its_entry_wherever_there_is_one():
    lacking = [line for line in LINES if line["penalty"] and not line["discretion"]]

    assert set().union(*(named(line, "penalty") for line in lacking)) == WITHOUT_ENTRY
    assert not WITHOUT_ENTRY & punished_by()


def test_no_item_rests_on_a_duty_that_is_always_punished_without_naming_the_entry():
    lacking = [line for line in LINES if not line["discretion"] and named(line, "basis") & ALWAYS_PUNISHED]

    assert codes(lacking) == []


def test_a_duty_of_government_is_not_punished_as_an_enterprise_s():
    assert codes(line for line in LINES if line["code"].startswith("GOV-") and line["discretion"]) == []


def cited(code: str) -> tuple[str, int]:
    law, _colon, number = code.partition(":")
    return law, int(number)


@pytest.mark.django_db
def test_duty_and_clause_of_every_entry_stand_in_the_law_where_its_text_is_loaded():
    loaded = set(Article.objects.values_list("law__short_id", "number"))
    laws = {law for law, _number in loaded}
    named_here = {cited(code) for entry in entries().values() for code in (*entry.violated, entry.penalty)}

    assert {found for found in named_here if found[0] in laws} <= loaded
    assert {law for law, _number in named_here} - laws == {"R455", "R708"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code", [code for code in entries() if code.startswith("AWSL-") and code.count("-") == 2]
)
def test_an_entry_of_one_item_of_an_article_names_an_item_that_the_article_has(code):
    _law, number, item = code.split("-")
    text = Article.objects.get(law__short_id="AWSL", number=int(number), branch=0).text
    of_the_list = f"（{article_label(int(item)).removeprefix('第').removesuffix('条')}）"

    # 92 and 103 have paragraphs, the others numbered items.
    assert of_the_list in text or len([line for line in text.split("\n") if line]) >= int(item)


@pytest.mark.django_db
def test_what_is_loaded_says_of_every_item_without_an_entry_why():
    call_command("load_criteria", verbosity=0, stdout=StringIO())
    load_library(at=AT)
    has_text = Exists(Article.objects.filter(law=OuterRef("law")))
    references: dict[int, list[ItemReference]] = {}
    for reference in ItemReference.objects.annotate(has_text=has_text):
        references.setdefault(reference.item_id, []).append(reference)

    said = [(item, why_none(item, references[item.pk])) for item in CheckItem.objects.in_library()]

    assert all(bool(item.discretion) != bool(why) for item, why in said)
    assert {str(why) for _item, why in said if why} == {str(NO_ENTRY), str(NO_CLAUSE), str(NOT_READ)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("discretion", "shown"),
    [
        ("AWSL-97-1;AWSL-97-7", ["AWSL-97-1", "特种作业人员未取得相应资格上岗作业"]),
        ("DY-12", ["DY-12", "in the bureau's own benchmark"]),
        ("", ["no clause of penalty could be read there"]),
    ],
)
def test_the_page_of_an_item_says_it_in_words(people, sign_in, discretion, shown):
    people.city.language = "en"
    people.city.save()
    (item,) = make_items(1, discretion=discretion)

    page = sign_in(people.city).get(item.get_absolute_url()).text

    assert [words for words in shown if words not in page] == []
