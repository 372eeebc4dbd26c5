"""The starter library that ships with the project."""

from io import StringIO

import pytest
from django.core.management import call_command

from inspections.library.loading import DATA, Loaded, load_library, rows
from inspections.models import CheckItem, Checklist, Edition, ItemReference
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(stage) -> Loaded:
    """The library and the criteria of major hazards that its items name, loaded once for these tests."""
    call_command("load_criteria", verbosity=0, stdout=StringIO())
    return load_library(at=AT)


def shipped() -> list[dict[str, str]]:
    """Every line of every file that ships."""
    return [
        line
        for checklist in rows(DATA / "checklists.csv")
        for line in rows(DATA / f"{checklist['code']}.csv")
    ]


def test_every_shipped_checklist_is_in_use_with_its_items(loaded):
    editions = Edition.objects.select_related("checklist")

    assert {(each.state, each.number) for each in editions} == {("published", 1)}
    for edition in editions:
        expected = len(list(rows(DATA / f"{edition.checklist.code}.csv")))
        assert edition.item_count == edition.lines.count() == expected


def test_there_are_four_hundred_items_or_more_each_with_its_basis(loaded):
    items = CheckItem.objects.in_library()

    assert loaded.items == items.count() >= 400
    assert not items.exclude(references__role="basis").exists()


def test_every_major_item_names_a_criterion_or_says_that_it_is_doubtful(loaded):
    majors = CheckItem.objects.filter(grade="major")

    assert majors.count() > 100
    assert majors.exclude(criterion=None).count() > 100


def test_every_checklist_that_the_city_needs_is_there(loaded):
    assert set(Checklist.objects.values_list("code", flat=True)) >= {
        "mhc-industry-trade",
        "mhc-hazchem",
        "mhc-fireworks",
        "mhc-mine",
        "general-management",
        "special-operations",
        "dust",
        "ammonia",
        "confined-space",
        "filling-station",
        "government-supervision",
    }


def test_each_code_and_each_sentence_is_shipped_once():
    lines = shipped()

    for name in ("code", "content"):
        values = [line[name] for line in lines]
        assert len(set(values)) == len(values), [value for value in values if values.count(value) > 1][:3]


def test_every_article_that_an_item_cites_stands_in_the_text_where_it_is_loaded(loaded):
    cited = ItemReference.objects.filter(number__isnull=False, law__articles__isnull=False).distinct()
    missing = [
        str(reference)
        for reference in cited.select_related("law", "item")
        if not reference.law.articles.filter(number=reference.number, branch=reference.branch).exists()
    ]

    assert cited.count() > 100
    assert missing == []


def test_loading_again_adds_nothing(loaded):
    before = (CheckItem.objects.count(), Edition.objects.count(), ItemReference.objects.count())

    out = StringIO()
    call_command("load_library", stdout=out)

    assert (CheckItem.objects.count(), Edition.objects.count(), ItemReference.objects.count()) == before
    assert "0 checklists" in out.getvalue()


def test_a_checklist_that_the_city_changed_is_left_alone(loaded):
    Checklist.objects.filter(code="dust").update(title="本市粉尘检查表")

    load_library(at=AT)

    assert Checklist.objects.get(code="dust").title == "本市粉尘检查表"
