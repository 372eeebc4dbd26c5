"""What a major hazard's page keeps in sight of its listing and of the reviews on site."""

import pytest
from django.urls import reverse

from hazards import services
from hazards.panels import supervision
from tests.factories.hazards import rectifying
from tests.hazards.test_major_loop import LISTING, review
from tests.people import AT

pytestmark = pytest.mark.django_db


def page_of(hazard, user, sign_in) -> str:
    return sign_in(user).get(reverse("hazards:detail", args=[hazard.pk])).content.decode()


def test_a_review_stands_on_the_page_with_who_came_and_what_they_found(under_review, people, at, sign_in):
    review(under_review, people, at)

    page = page_of(under_review, people.enterprise, sign_in)
    assert "panel-supervision" in page
    assert all(word in page for word in ("马会芳、丁一鸣", "沈听澜", "已加装"))


def test_a_listing_stands_on_the_page_with_who_answers_for_it_and_how_it_ended(planned, people, at, sign_in):
    services.list_for_supervision(planned, listing=LISTING, by=people.leader, at=at)
    planned.listings.update(delisted_at=AT, delisting_reason="已销号")

    page = page_of(planned, people.town, sign_in)
    assert all(word in page for word in ("停产整改", "高砚平", "周明远", "广饶县应急管理局", "已销号"))


def test_a_general_hazard_is_not_even_asked(people, enterprise, django_assert_num_queries):
    hazard = rectifying(people, enterprise)
    with django_assert_num_queries(0):
        assert supervision(hazard) == {"listings": [], "reviews": []}


def test_a_major_hazard_neither_listed_nor_reviewed_has_no_empty_section(planned, people, sign_in):
    assert "panel-supervision" not in page_of(planned, people.town, sign_in)
