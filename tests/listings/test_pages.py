"""What a list shows: rows in scope, filters in the address, order, pages, columns and tabs."""

import pytest
from django.urls import reverse
from django.utils import translation

from enterprises.models import Enterprise
from hazards.views.lists import HazardList
from listings.keeping import Kept, kept_by
from listings.models import ColumnChoice, SavedFilter
from tests.factories.enterprises import make_enterprise
from tests.factories.hazards import reported

URL = reverse("enterprises:list")


def names(page) -> list[str]:
    return [row.name for row in page.rows]


def test_a_person_sees_only_rows_of_their_area(people, four, page_for, other_enterprise):
    assert other_enterprise.name not in names(page_for(people.town))
    assert names(page_for(people.other_county)) == [other_enterprise.name]


def test_a_visitor_is_sent_to_sign_in(client):
    answer = client.get(URL)

    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


def test_a_filter_of_the_address_narrows_the_rows(people, four, page_for):
    assert names(page_for(people.town, "category=hazchem")) == ["广饶云麓化工有限公司"]


def test_two_values_of_one_filter_are_either_or(people, four, page_for):
    page = page_for(people.town, "category=hazchem&category=fireworks")

    assert names(page) == ["广饶云麓化工有限公司"]


def test_a_filter_of_another_region_finds_nothing_there(people, four, page_for, other_enterprise):
    page = page_for(people.town, "place=370522")

    assert other_enterprise.name not in names(page)


def test_a_condition_that_cannot_be_read_breaks_nothing(sign_in, people, four):
    answer = sign_in(people.town).get(URL, {"employees_min": "viele", "category": "no-such", "page": "x"})

    assert answer.status_code == 200


def test_every_condition_is_a_chip_that_takes_itself_away(people, four, page_for):
    page = page_for(people.town, "category=hazchem&employees_min=5&page=2")

    chips = page.chips()

    assert [str(chip.label) for chip in chips] == ["监管行业", "员工人数"] or len(chips) == 2
    assert chips[0].url == "/enterprises/?employees_min=5"
    assert chips[1].url == "/enterprises/?category=hazchem"


def test_a_chip_says_the_values_in_words(people, four, page_for):
    with translation.override("en"):
        (chip,) = page_for(people.town, "category=hazchem").chips()

        assert chip.words == "Hazardous chemicals"


def test_an_unknown_order_falls_back_to_the_page_s_own(people, four, page_for):
    assert page_for(people.town, "sort=legal_rep_phone").sort == "-updated_at"
    assert page_for(people.town, "sort=region__parent__name").sort == "-updated_at"


def test_an_order_that_a_column_offers_is_taken_both_ways(people, four, page_for):
    assert page_for(people.town, "sort=updated_at").sort == "updated_at"
    assert page_for(people.town, "sort=-updated_at").sort == "-updated_at"


def test_the_head_of_the_sorted_column_says_its_direction_and_turns_it(people, four, page_for):
    heads = page_for(people.town, "sort=updated_at").heads()

    (sorted_head,) = [head for head in heads if head["sort"]]
    assert sorted_head["sort"] == "ascending"
    assert sorted_head["url"].endswith("sort=-updated_at")


def test_rows_of_the_same_moment_never_change_places_between_pages(people, enterprise, page_for):
    for _serial in range(30):
        make_enterprise()

    first, second = (page_for(people.town, f"page={number}") for number in (1, 2))

    assert len({row.pk for row in [*first.rows, *second.rows]}) == 31


def test_a_page_size_outside_the_choice_is_the_usual_one(people, page_for):
    assert [page_for(people.town, f"size={size}").size for size in ("50", "999", "-1", "x")] == [
        50,
        25,
        25,
        25,
    ]


def test_a_page_beyond_the_last_is_empty_and_not_an_error(sign_in, people, four):
    assert sign_in(people.town).get(URL, {"page": "99"}).status_code == 200


def test_the_columns_that_a_person_chose_stand_in_their_order(sign_in, people, four, page_for):
    sign_in(people.town).post(URL, {"do": "columns", "col": ["uscc", "name"]})

    assert [column.name for column in page_for(people.town).chosen] == ["uscc", "name"]


def test_a_pressed_arrow_moves_its_column(sign_in, people, four, page_for):
    sign_in(people.town).post(URL, {"do": "columns", "col": ["uscc", "name", "town"], "up": "town"})

    assert [column.name for column in page_for(people.town).chosen] == ["uscc", "town", "name"]


def test_columns_that_do_not_exist_are_left_out(sign_in, people, page_for):
    sign_in(people.town).post(URL, {"do": "columns", "col": ["password", "uscc"]})

    assert ColumnChoice.objects.get().names == ["uscc"]


def test_reset_brings_the_usual_columns_back(sign_in, people, page_for):
    browser = sign_in(people.town)
    browser.post(URL, {"do": "columns", "col": ["uscc"]})
    browser.post(URL, {"do": "columns", "col": ["uscc"], "reset": "1"})

    assert not ColumnChoice.objects.exists()


def test_columns_are_each_person_s_own(sign_in, people, page_for):
    sign_in(people.town).post(URL, {"do": "columns", "col": ["uscc"]})

    assert len(page_for(people.county).chosen) > 1


def test_a_saved_filter_stands_as_a_tab_and_is_current_when_it_is_applied(sign_in, people, four, page_for):
    sign_in(people.town).post(f"{URL}?category=hazchem&page=3", {"do": "save", "name": "危化"})

    (tab,) = [tab for tab in page_for(people.town, "category=hazchem").tabs() if tab.label == "危化"]
    assert SavedFilter.objects.get().query == "category=hazchem"
    assert tab.current


def test_a_filter_saved_again_under_its_name_is_replaced(sign_in, people):
    browser = sign_in(people.town)
    browser.post(f"{URL}?category=hazchem", {"do": "save", "name": "我的"})
    browser.post(f"{URL}?category=fireworks", {"do": "save", "name": "我的"})

    assert SavedFilter.objects.get().query == "category=fireworks"


def test_a_filter_without_a_name_is_not_saved(sign_in, people):
    answer = sign_in(people.town).post(f"{URL}?category=hazchem", {"do": "save", "name": "  "}, follow=True)

    assert not SavedFilter.objects.exists()
    assert [str(message) for message in answer.context["messages"]]


def test_a_saved_filter_is_forgotten_only_by_its_owner(sign_in, people):
    SavedFilter.objects.create(user=people.county, page="enterprises.list", name="我的", query="size=50")

    sign_in(people.town).post(URL, {"do": "forget", "name": "我的"})

    assert SavedFilter.objects.count() == 1


def test_tabs_follow_with_their_counts(sign_in, people, four):
    answer = sign_in(people.town).get(URL, {"part": "tabs"})

    counts = {tab.code: tab.count for tab in answer.context["tabs"]}
    assert counts["hazchem"] == "1"
    assert counts["dust"] == "1"


def test_htmx_gets_the_results_alone(sign_in, people, four):
    answer = sign_in(people.town).get(URL, headers={"HX-Request": "true"})

    assert b"<html" not in answer.content
    assert "广饶云麓化工有限公司" in answer.content.decode()


def test_a_name_full_of_markup_is_shown_as_text(sign_in, people):
    make_enterprise(name='<script>alert("x")</script>公司')

    html = sign_in(people.town).get(URL).content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_an_empty_list_says_so_in_words(sign_in, people):
    Enterprise.objects.all().update(region_id="370522001001")

    html = sign_in(people.town).get(URL).content.decode()

    assert "sw-empty" in html


def test_the_hazard_list_opens_for_its_presets(sign_in, people, enterprise, page_for):
    reported(enterprise, people.enterprise)
    page = page_for(people.town, kind=HazardList)

    for tab in page.tabs():
        query = tab.url.partition("?")[2]
        assert sign_in(people.town).get(f"{reverse('hazards:list')}?{query}").status_code == 200


@pytest.mark.parametrize("do", ["", "dance", "run"])
def test_a_button_that_the_page_does_not_have_changes_nothing(sign_in, people, four, do):
    answer = sign_in(people.town).post(URL, {"do": do, "verb": "no-such", "id": [four[0].pk]})

    assert answer.status_code in {302, 403}


def test_what_a_person_keeps_here_is_read_by_one_statement(people, django_assert_num_queries):
    for name in ("乙", "甲"):
        SavedFilter.objects.create(user=people.town, page="enterprises.list", name=name, query="size=50")
    SavedFilter.objects.create(user=people.town, page="hazards.list", name="别处", query="")
    SavedFilter.objects.create(user=people.county, page="enterprises.list", name="别人", query="")
    ColumnChoice.objects.create(user=people.town, page="enterprises.list", names=["uscc", "town"])

    with django_assert_num_queries(1):
        kept = kept_by(people.town, "enterprises.list")
    assert [each.name for each in kept.filters] == ["乙", "甲"]
    assert kept.columns == ("uscc", "town")
    assert kept_by(people.town, "inspections.visits") == Kept()


def test_a_first_page_and_the_number_of_rows_are_asked_in_one_statement(
    people, four, page_for, django_assert_num_queries
):
    page = page_for(people.town)
    assert page.sort == "-updated_at"
    people.town.scope  # noqa: B018 - what the person may see is another question
    with django_assert_num_queries(1):
        assert (len(page.keys), page.total, page.page) == (5, 5, 1)


def test_a_first_page_without_rows_says_so(people, four, page_for):
    page = page_for(people.town, "status=revoked")
    assert (page.keys, page.total, page.page) == ([], 0, 1)


def test_a_page_beyond_the_last_shows_the_last(people, four, page_for):
    page = page_for(people.town, "page=9")
    assert (len(page.keys), page.total, page.page) == (5, 5, 1)
