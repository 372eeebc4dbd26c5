"""What a look at a site is called: a patrol is never called an inspection, on no page and in no language (54号)."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from deadlines.models import Deadline
from inbox.worklist import lines
from inspections import acts, services
from inspections.kinds import KINDS, VisitKind, act_among
from inspections.models import Visit
from inspections.visits.lifecycle import VISIT
from lifecycle.refusals import VerbRefused
from lifecycle.services import offered
from tests.factories.inspections import make_edition, patrolled, planned
from tests.people import AT

pytestmark = pytest.mark.django_db
# What a patrol is not, and why somebody goes (复查), may stand there.
DENIED = ("no administrative inspection", "Re-inspection")
INSPECTS = re.compile(r"inspect(?:s|ed|ions?)?\b", re.IGNORECASE)


def read(browser, url: str) -> str:
    """The words of a page, without its marks and addresses."""
    page = re.sub(r"<[^>]+>", " ", browser.get(url).text)
    for words in DENIED:
        page = page.replace(words, "")
    return page


@pytest.fixture
def grid(people, sign_in):
    people.grid.language = "en"
    people.grid.save()
    return sign_in(people.grid)


@pytest.fixture
def patrol(people, enterprise) -> Visit:
    return patrolled(people, enterprise, editions=[make_edition(2)])


def test_every_kind_has_its_word_and_only_inspections_in_law_are_called_so():
    called = {code for code, kind in KINDS.items() if kind.act is acts.INSPECTION}

    assert called == {code for code, kind in KINDS.items() if kind.administrative}


@pytest.mark.parametrize(
    ("kinds", "act"),
    [
        ({VisitKind.GRID_PATROL}, acts.PATROL),
        ({VisitKind.GRID_PATROL, VisitKind.GOVERNMENT_PATROL}, acts.PATROL),
        ({VisitKind.INSPECTION, VisitKind.JOINT}, acts.INSPECTION),
        ({VisitKind.INSPECTION, VisitKind.GRID_PATROL}, acts.VISIT),
        (set(), acts.VISIT),
    ],
)
def test_kinds_side_by_side_share_a_word_or_take_the_common_one(kinds, act):
    assert act_among(kinds) is act


@pytest.mark.parametrize("name", ["visit", "check", "finish_visit", "cancel_visit"])
def test_no_page_of_a_patrol_speaks_of_inspecting_or_visiting(grid, patrol, name):
    page = read(grid, reverse(f"inspections:{name}", args=[patrol.pk]))

    assert INSPECTS.findall(page) == []
    assert re.findall(r"\bvisits?\b", page, re.IGNORECASE) == []


@pytest.mark.parametrize("name", ["visits", "open_visit", "plan_visit"])
def test_who_only_patrols_meets_no_other_word_in_menu_and_list(grid, enterprise, name):
    page = read(grid, f"{reverse(f'inspections:{name}')}?enterprise={enterprise.pk}")

    # The pages for the hand have no menu.
    assert name == "open_visit" or "Patrol records" in page
    # The filter of the list names every kind there is.
    said = page.partition("Kind")[0] if name == "visits" else page
    assert re.findall(r"\b(?:visits?|inspections?)\b", said, re.IGNORECASE) == []


def test_who_only_patrols_is_offered_no_tab_of_inspections(grid):
    labels = [tab.label for tab in grid.get(reverse("inspections:visits")).context["tabs"]]

    assert "Inspections" not in labels
    assert "Planned" in labels


@pytest.mark.parametrize(
    ("who", "words"), [("grid", "Patrol records"), ("county", "Visits"), ("expert", "Visits")]
)
def test_the_menu_names_the_list_for_each_person(people, sign_in, who, words):
    person = getattr(people, who)
    person.language = "en"
    person.save()
    menu = sign_in(person).get("/").context["navigation"]

    assert [str(item.label) for item in menu if item.url == reverse("inspections:visits")] == [words]


@pytest.mark.parametrize(
    ("kind", "who", "words"),
    [
        ("inspection", "officer", "Begin the inspection"),
        ("gov_patrol", "town", "Begin the patrol"),
        ("expert", "expert", "Begin the expert visit"),
    ],
)
def test_a_verb_is_named_after_the_kind(people, enterprise, kind, who, words):
    person, by = getattr(people, who), people.town if kind == "gov_patrol" else people.officer
    if kind == "inspection":
        visit = planned(people, enterprise)
    else:
        visit = services.plan_visit(enterprise, kind=kind, people=[person], by=by, at=AT)

    verbs = {offer.verb.name: str(offer.verb.label) for offer in offered(VISIT, visit, person, AT)}

    assert verbs["start_visit"] == words


def test_a_refused_verb_is_named_so_too(people, patrol):
    with pytest.raises(VerbRefused, match="“Begin the patrol”"):
        services.start_visit(patrol, by=people.grid, at=AT)


def test_the_work_list_speaks_of_the_patrol(people, patrol):
    found = lines(list(Deadline.objects.of(patrol).open()), user=people.grid)

    assert [line.row.label for line in found] == ["Finish the patrol"]


def test_chinese_has_its_own_word_for_each(people, patrol):
    with translation.override("zh-hans"):
        nouns = {str(kind.act.noun) for kind in KINDS.values() if kind.act is not acts.VISIT}

    assert nouns == {"检查", "督导检查", "巡查", "自查", "专家检查"}


def test_the_file_of_an_enterprise_names_its_tab_for_each_person(people, enterprise, grid):
    page = read(grid, f"{enterprise.get_absolute_url()}?whole=shown")

    assert "Patrol records" in page
    assert "No patrol of this enterprise" in page
