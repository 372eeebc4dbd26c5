"""Finding an enterprise by any part of what it is known by, through the index."""

import pytest

from enterprises.models import Enterprise
from enterprises.search import found, plain
from listings.text import Words
from tests.factories.enterprises import make_enterprise
from tests.plans import plan_of


@pytest.fixture
def known(people):
    """One enterprise of which every part is known, among others."""
    for _serial in range(3):
        make_enterprise(production_address="别处", principal_name="别人")
    return make_enterprise(
        name="广饶松涧化工有限公司",
        former_name="广饶青石助剂厂",
        legal_rep_name="高砚平",
        principal_name="韩立冬",
        safety_deputy="何守一",
        safety_deputy_phone="13305460111",
        safety_director="邹青禾",
        safety_director_phone="0546-6440222",
        emergency_contact_name="柳岸",
        emergency_contact_phone="13305460333",
        safety_head="陆春霞",
        contact_name="沈听雨",
        legal_rep_phone="0546-6441234",
        principal_phone="13905460777",
        contact_phone="18605469888",
        duty_phone="0546-6449999",
        production_address="大王镇潍高路17-3号",
        registered_address="乐安街道花苑路88号",
    )


@pytest.mark.parametrize(
    "words",
    [
        "松涧",
        "化工有限",
        "青石助剂",
        "高砚平",
        "韩立冬",
        "陆春霞",
        "沈听雨",
        "何守一",
        "邹青禾",
        "柳岸",
        "13305460111",
        "6440222",
        "133 0546 0333",
        "0546-6441234",
        "05466441234",
        "6441234",
        "139 0546 0777",
        "(0546)6449999",
        "+86 18605469888",
        "69888",
        "潍高路17-3",
        "花苑路88号",
    ],
)
def test_any_part_finds_the_file(known, people, words):
    assert known in found(people.county, words)


def test_its_code_in_any_case_finds_the_file(known, people):
    assert list(found(people.county, known.uscc.lower())) == [known]


def test_no_word_is_found_across_two_facts(known, people):
    assert known not in found(people.county, "厂高砚")
    assert not found(people.county, "988805466").exists()


def test_a_file_elsewhere_is_not_found(known, people):
    assert not found(people.other_county, "松涧").exists()


@pytest.mark.parametrize(
    ("words", "looked_for"),
    [
        (" 139 0546 0777 ", "13905460777"),
        ("17-3", "17-3"),
        ("+86-139-0546-0777", "13905460777"),
        ("86号院", "86号院"),
        ("\0", ""),
    ],
)
def test_a_number_is_looked_for_by_its_digits(words, looked_for):
    assert plain(words) == looked_for


def test_the_list_finds_by_phone_and_by_person(known, people, sign_in):
    browser = sign_in(people.county)

    for words in ("139 0546 0777", "沈听雨"):
        page = browser.get("/enterprises/", {"q": words}).content.decode()
        assert known.name in page
        assert "广饶砚池木业" not in page


def test_the_warning_of_a_twin_looks_at_names_alone(known):
    assert not Enterprise.objects.named_like("潍高路17").exists()
    assert list(Enterprise.objects.named_like("青石助剂")) == [known]


@pytest.mark.parametrize("words", ["松涧化工", "沈听雨", "13905460777", "潍高路17"])
def test_words_are_looked_up_in_the_index(known, people, words):
    rows = Enterprise.objects.filter(search_text__bigrams=Words(words, "370523"))

    assert "enterprise_search" in plan_of(rows, "seqscan", "indexscan")


@pytest.mark.parametrize(
    ("asked", "facts"),
    [
        ({"sub_category": "医药"}, {"sub_category": "医药"}),
        ({"section": "B"}, {"industry_code": "0810"}),
        ({"industry": "27"}, {"industry_code": "2710"}),
        ({"level": "city"}, {"supervision_level": "city"}),
        ({"type": "state"}, {"enterprise_type": "state"}),
        ({"scale": "large"}, {"size": "large"}),
        ({"risk": ["gas", "dust"]}, {"risk_tags": ["gas"]}),
        ({"risk": ["deep_well_casting"]}, {"risk_tags": ["deep_well_casting"]}),
        ({"risk": ["labour_intensive"]}, {"risk_tags": ["labour_intensive"]}),
        ({"shift_min": "30"}, {"shift_people": 30}),
        ({"established_before": "1990-01-01"}, {"established_on": "1985-05-01"}),
    ],
)
def test_every_classification_is_a_condition(people, sign_in, enterprise, asked, facts):
    wanted = make_enterprise(name="分类甲", **facts)
    page = sign_in(people.county).get("/enterprises/", asked).content.decode()

    assert wanted.name in page
    assert enterprise.name not in page


def test_a_condition_that_cannot_be_read_narrows_nothing_silently(people, sign_in, enterprise):
    answer = sign_in(people.county).get("/enterprises/", {"industry": "abc", "section": "ZZ"})

    assert answer.status_code == 200
