"""Names of places in templates."""

import pytest
from django.core.cache import cache
from django.template import Context, Template

from tests.factories.regions import make_region


@pytest.fixture(autouse=True)
def _fresh_names():
    cache.clear()


def render(text: str, **context: object) -> str:
    return Template("{% load region_tags %}" + text).render(Context(context))


def test_a_code_becomes_a_name(db):
    make_region("370523", "广饶县")
    assert render("{% region_name code %}", code="370523") == "广饶县"


def test_a_code_that_is_not_loaded_stays_a_code(db):
    assert render("{% region_name code %}", code="990101") == "990101"
    assert render("{% region_name code %}", code="") == ""


def test_a_list_asks_for_each_name_once(db, django_assert_num_queries):
    make_region("370523", "广饶县")
    with django_assert_num_queries(1):
        render("{% for code in codes %}{% region_name code %}{% endfor %}", codes=["370523"] * 30)


def test_crumbs_lead_from_the_province_to_the_place(db):
    make_region("370523", "广饶县")
    assert "区划37 › 区划3705 › 广饶县" in render("{% region_crumbs code %}", code="370523")


def test_crumbs_of_a_grid_end_at_its_village(db):
    make_region("370523101001", "大王社区")
    assert render("{% region_crumbs code %}", code="370523101001001").count("大王社区") == 1
