"""One box finds records of every kind, within what the person sees."""

from django.urls import reverse

from tests.factories.hazards import reported

URL = reverse("listings:search")


def test_a_part_of_a_name_finds_the_enterprise(sign_in, people, enterprise):
    assert enterprise.name in sign_in(people.town).get(URL, {"q": "砚池"}).content.decode()


def test_a_part_of_the_problem_finds_the_hazard(sign_in, people, enterprise):
    hazard = reported(enterprise, people.enterprise)

    assert hazard.number in sign_in(people.town).get(URL, {"q": "灰斗"}).content.decode()


def test_nothing_of_another_area_is_found(sign_in, people, enterprise, other_enterprise):
    html = sign_in(people.other_county).get(URL, {"q": "有限公司"}).content.decode()

    assert enterprise.name not in html


def test_signs_of_a_pattern_find_nothing_by_themselves(sign_in, people, enterprise):
    assert enterprise.name not in sign_in(people.town).get(URL, {"q": "%_"}).content.decode()


def test_an_empty_box_and_a_very_long_one_are_answered(sign_in, people, enterprise):
    for words in ("", " ", "隐" * 5000, "🔥", "'; DROP TABLE"):
        assert sign_in(people.town).get(URL, {"q": words}).status_code == 200
