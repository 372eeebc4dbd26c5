"""The map: what lies in a frame, gathered into cells, and the numbers beside it."""

import json
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enterprises import positions
from enterprises.models import Enterprise
from enterprises.positions import ALONE, Box, cell_of, in_frame
from tests.factories.enterprises import make_enterprise
from tests.plans import plan_of

FRAME = "118,36.5,119,37.5"


def at(longitude: float, latitude: float, **more: object) -> Enterprise:
    """Create an enterprise at a place."""
    return make_enterprise(longitude=Decimal(str(longitude)), latitude=Decimal(str(latitude)), **more)


def sides(box: Box) -> tuple[float, ...]:
    """Return the sides of a frame, from the west around to the north."""
    return box.west, box.south, box.east, box.north


def crowd(number: int, longitude: float = 118.4, latitude: float = 37.05) -> None:
    """Create many enterprises close together."""
    seed = make_enterprise(longitude=Decimal(str(longitude)), latitude=Decimal(str(latitude)))
    names = [
        field.name
        for field in Enterprise._meta.concrete_fields
        if not field.generated and field.name not in {"id", "uscc"}
    ]
    values = {name: getattr(seed, name) for name in names}
    Enterprise.objects.bulk_create(
        [Enterprise(**values, uscc=f"91370523MB{serial:08d}") for serial in range(number - 1)]
    )


@pytest.fixture
def points(people, sign_in):
    """Ask for what the map draws, as the county."""
    browser = sign_in(people.county)

    def ask(box: str = FRAME, zoom: int = 10, **asked: str):
        return browser.get(reverse("enterprises:map_points"), {"box": box, "zoom": zoom, **asked})

    return ask


def test_few_enterprises_stand_one_by_one(points, enterprise):
    here = at(118.4, 37.05)
    found = points().json()

    assert (found["total"], found["cells"]) == (1, [])
    assert found["points"] == [{"id": here.pk, "name": here.name, "at": [37.05, 118.4], "status": "normal"}]


def test_many_are_gathered_into_cells_and_none_is_lost(points, enterprise):
    crowd(ALONE + 20)
    lonely = at(118.9, 37.4)
    found = points().json()

    assert found["total"] == ALONE + 21
    assert sum(cell["n"] for cell in found["cells"]) + len(found["points"]) == found["total"]
    assert [point["id"] for point in found["points"]] == [lonely.pk]


def test_a_frame_shows_only_what_lies_in_it(points, enterprise):
    at(118.4, 37.05)

    assert points("118.5,37,119,37.5").json()["total"] == 0


def test_the_map_shows_only_what_the_person_sees(points, enterprise, other_enterprise):
    at(118.4, 37.05)
    at(118.41, 37.06, region="370522001001")

    assert points().json()["total"] == 1


def test_conditions_and_words_hold_on_the_map_as_on_the_list(points, enterprise):
    at(118.4, 37.05)
    hazchem = at(118.41, 37.06, regulatory_category="hazchem", name="稻庄化工", operating_status="trial")

    for asked in ({"category": "hazchem"}, {"q": "稻庄"}, {"status": "trial"}):
        assert [point["id"] for point in points(**asked).json()["points"]] == [hazchem.pk]


@pytest.mark.parametrize("box", ["", "1,2,3", "a,b,c,d", "119,36,118,37", "0,0,400,10", "nan,0,1,1"])
def test_a_frame_that_is_none_is_refused_in_words(points, enterprise, box):
    answer = points(box)

    assert answer.status_code == 400
    assert answer.content


def test_cells_keep_their_place_when_the_map_is_moved():
    here, moved = Box(118, 37, 119, 37.5), Box(118.2, 37.1, 119.2, 37.6)

    assert cell_of(here, 11) == cell_of(moved, 11)
    assert cell_of(here, 12)[0] == cell_of(here, 11)[0] / 2


def test_a_frame_of_many_is_one_grouped_query(people, places):
    crowd(ALONE + 1)
    with CaptureQueriesContext(connection) as asked:
        in_frame(Enterprise.objects.all(), Box.read(FRAME), 9)

    assert len([each for each in asked if "GROUP BY" in each["sql"]]) == 1
    assert len(asked) <= 2


def test_a_frame_is_found_through_the_index_of_positions(people, places):
    crowd(3000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE enterprises_enterprise")
    rows = Box(118.39, 37.04, 118.41, 37.06).hold(Enterprise.objects.visible_to(people.county))
    plan = plan_of(rows.order_by().values("longitude", "latitude"), "seqscan", "bitmapscan")

    assert re.search(r"using enterprise_(county|city)_map", plan)
    assert "longitude >=" in plan.partition("Index Cond")[2]


def test_the_page_counts_by_division_without_scripts(people, sign_in, enterprise, other_enterprise):
    at(118.4, 37.05)
    city = sign_in(people.city).get(reverse("enterprises:map")).content.decode()

    assert "广饶县" in city
    assert "利津县" in city
    assert "/enterprises/?county=370523" in city
    county = sign_in(people.county).get(reverse("enterprises:map")).content.decode()
    assert "大王镇" in county
    assert "利津县" not in county


def test_who_lacks_a_position_is_one_click_away(people, sign_in, enterprise):
    at(118.4, 37.05)
    browser = sign_in(people.county)
    page = browser.get(reverse("enterprises:map"))

    assert page.context["missing"] == 1
    assert enterprise.name in browser.get(page.context["missing_url"]).content.decode()


def test_a_section_of_the_map_is_a_condition_of_the_list(people, sign_in, enterprise):
    here = at(118.4, 37.05, name="稻庄化工")
    browser = sign_in(people.county)
    inside = browser.get("/enterprises/", {"box": FRAME}).content.decode()

    assert here.name in inside
    assert enterprise.name not in inside
    wrong = browser.get("/enterprises/", {"box": "a,b"})
    assert wrong.status_code == 200


def test_the_first_frame_leaves_out_a_position_far_off(people, sign_in, places):
    crowd(60)
    at(80.0, 30.0)
    box = sign_in(people.county).get(reverse("enterprises:map")).context["box"]

    assert box.west > 100


def test_of_very_many_positions_a_sample_tells_the_first_frame(people, sign_in, places, monkeypatch):
    crowd(400)
    monkeypatch.setattr(positions, "SAMPLED_FROM", 300)
    monkeypatch.setattr(positions, "SAMPLE", 400)
    page = sign_in(people.county).get(reverse("enterprises:map"))

    assert page.context["total"] == 401
    assert [round(side, 2) for side in sides(page.context["box"])] == [118.39, 37.04, 118.41, 37.06]


def test_a_sample_that_meets_nothing_draws_no_frame_and_counts_all(people, sign_in, places, monkeypatch):
    crowd(20)
    monkeypatch.setattr(positions, "SAMPLED_FROM", 10)
    monkeypatch.setattr(positions, "SAMPLE", 0)
    page = sign_in(people.county).get(reverse("enterprises:map"))

    assert (page.context["box"], page.context["total"]) == (None, 21)


def test_a_cell_says_the_middle_and_the_bounds_of_what_lies_in_it(people, places):
    crowd(ALONE)
    at(118.401, 37.052)
    (cell,) = in_frame(Enterprise.objects.all(), Box.read(FRAME), 6)["cells"]

    assert cell["n"] == ALONE + 1
    assert cell["box"] == [37.05, 118.4, 37.052, 118.401]
    assert cell["at"] == pytest.approx([37.05, 118.4], abs=0.0001)


def test_list_and_map_lead_to_each_other_under_the_same_conditions(people, sign_in, enterprise):
    at(118.4, 37.05, regulatory_category="hazchem")
    browser = sign_in(people.county)

    assert (
        "/enterprises/map/?category=hazchem" in browser.get("/enterprises/?category=hazchem").content.decode()
    )
    assert (
        browser.get("/enterprises/map/?category=hazchem").context["list_url"]
        == "/enterprises/?category=hazchem"
    )


def test_outlines_are_those_of_the_persons_city(people, sign_in):
    found = json.loads(sign_in(people.county).get(reverse("enterprises:outlines")).content)

    assert {feature["properties"]["name"] for feature in found["features"]} >= {"广饶县", "利津县"}
    assert json.loads(sign_in(people.expert).get(reverse("enterprises:outlines")).content)["features"] == []


def test_pictures_come_from_no_other_host_unless_the_city_names_one(people, sign_in, enterprise, settings):
    at(118.4, 37.05)
    assert 'data-tiles=""' in sign_in(people.county).get(reverse("enterprises:map")).content.decode()
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"] == ["'self'", "data:", "blob:"]
