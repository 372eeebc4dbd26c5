"""The grid of a file is chosen with its village: offered for that village, and refused elsewhere."""

import pytest
from lxml import html

from enterprises.models import Enterprise
from regions.models import Grid

pytestmark = pytest.mark.django_db
VILLAGE, NEXT_VILLAGE, TOWN = "370523101001", "370523101200", "370523101"
OURS = f"{VILLAGE}001"


@pytest.fixture
def grids(places) -> dict[str, Grid]:
    """A grid of the town at large, one of the next village, one of another town."""
    where = {"town": TOWN, "next": NEXT_VILLAGE, "other": "370523102001"}
    return {
        name: Grid.objects.create(
            code=f"{code.ljust(12, '0')}009", region_id=code, kind="safety", name=f"{name}网格"
        )
        for name, code in where.items()
    }


def offered(browser, place) -> list[str]:
    """Return the codes that the page is given while the division is being chosen."""
    answer = browser.get("/enterprises/grids/", {"region": place})
    return [
        code for code in html.fromstring(f"<select>{answer.text}</select>").xpath("//option/@value") if code
    ]


def test_a_village_offers_its_own_grids_and_those_of_its_town_at_large(people, sign_in, grids):
    assert offered(sign_in(people.county), VILLAGE) == [grids["town"].pk, OURS]


def test_a_town_offers_all_its_grids(people, sign_in, grids):
    assert offered(sign_in(people.county), TOWN) == [grids["town"].pk, OURS, grids["next"].pk]


@pytest.mark.parametrize("place", ["", "370523", "九", "370523101001'", "3705231010010000"])
def test_what_is_no_village_and_no_town_offers_none(people, sign_in, grids, place):
    assert offered(sign_in(people.county), place) == []


def test_nobody_is_offered_grids_of_another_area(people, sign_in, grids):
    assert offered(sign_in(people.other_county), VILLAGE) == []


def test_the_form_of_a_new_file_asks_for_them_when_the_division_changes(people, sign_in, places):
    page = html.fromstring(sign_in(people.county).get("/enterprises/new/").text)

    (region,) = page.xpath("//select[@name='region']")
    assert (region.get("hx-get"), region.get("hx-target")) == ("/enterprises/grids/", "#id_grid")
    assert page.xpath("//select[@id='id_grid']")


def test_a_file_is_opened_with_its_grid(people, sign_in, answers, places):
    sign_in(people.county).post("/enterprises/new/", answers(region=VILLAGE, grid=OURS))

    assert Enterprise.objects.get(uscc=answers()["uscc"]).grid_id == OURS


@pytest.mark.parametrize("name", ["next", "other"])
def test_a_grid_of_another_place_is_refused_at_its_field(people, sign_in, answers, grids, name):
    fields = answers(region=VILLAGE, grid=grids[name].pk)

    answer = sign_in(people.county).post("/enterprises/new/", fields)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["grid"]


def test_a_refused_form_still_offers_the_grids_of_the_village_chosen(people, sign_in, answers, grids):
    answer = sign_in(people.county).post(
        "/enterprises/new/", answers(region=VILLAGE, grid=OURS, contact_phone="1")
    )

    page = html.fromstring(answer.text)
    assert page.xpath("//select[@id='id_grid']/option[@selected]/@value") == [OURS]
    assert NEXT_VILLAGE not in "".join(page.xpath("//select[@id='id_grid']/option/@value"))


def test_a_move_to_another_village_needs_a_grid_of_that(people, sign_in, enterprise, answers, grids):
    Enterprise.objects.filter(pk=enterprise.pk).update(grid_id=OURS)
    browser, url = sign_in(people.county), f"/enterprises/{enterprise.pk}/edit/"
    fields = answers(uscc=enterprise.uscc, region=NEXT_VILLAGE)

    assert list(browser.post(url, {**fields, "grid": OURS}).context["form"].errors) == ["grid"]
    assert browser.post(url, {**fields, "grid": grids["next"].pk}).status_code == 302


def test_a_grid_on_file_that_an_import_put_elsewhere_in_the_town_does_not_stop_a_correction(
    people, sign_in, enterprise, answers, grids
):
    Enterprise.objects.filter(pk=enterprise.pk).update(grid_id=grids["next"].pk)
    fields = answers(uscc=enterprise.uscc, region=enterprise.region_id, grid=grids["next"].pk, employees="88")

    assert sign_in(people.county).post(f"/enterprises/{enterprise.pk}/edit/", fields).status_code == 302
