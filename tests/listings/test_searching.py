"""One box finds records of every kind, within what the person sees."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Post
from enterprises.models import Enterprise
from enterprises.views.lists import EnterpriseList
from listings import counting, searching
from tests.factories.enterprises import make_enterprise
from tests.factories.hazards import reported
from tests.people import AT

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


class TestTheQuickerWay:
    """Rare words are taken from the index, common ones from the order of the list; both give the same rows."""

    @pytest.fixture(autouse=True)
    def no_glance(self, monkeypatch):
        """Lists of a test are short enough to be read whole; here they are taken for long ones."""
        monkeypatch.setattr(searching, "GLANCE", 1)

    @pytest.fixture
    def papers(self, places):
        return [make_enterprise(name=f"大王{n}号纸业") for n in range(4)]

    def page(self, rf, user, query):
        page = EnterpriseList()
        page.request = rf.get(f"/enterprises/?{query}")
        page.request.user = user
        return page

    def test_a_common_word_gives_the_rows_that_the_index_gives(self, rf, people, papers, monkeypatch):
        rare = [row.pk for row in self.page(rf, people.town, "q=纸业").rows]
        monkeypatch.setattr(searching, "LIMIT_OF_FOUND", 2)
        monkeypatch.setattr(counting, "LIMIT_OF_FOUND", 2)
        page = self.page(rf, people.town, "q=纸业")
        assert page.found.at_least == 2
        assert [row.pk for row in page.rows] == rare
        assert page.total == 3

    def test_a_short_list_is_read_whole_and_counted_exactly(self, rf, people, papers, monkeypatch):
        monkeypatch.setattr(searching, "GLANCE", 100)
        page = self.page(rf, people.town, "q=3号")
        assert (page.found.exactly, page.total_words) == (1, "1")
        assert [row.pk for row in page.rows] == [papers[3].pk]

    def test_long_words_are_asked_of_the_index_at_once(self, rf, people, papers, monkeypatch):
        monkeypatch.setattr(searching, "glance", pytest.fail)
        page = self.page(rf, people.town, f"q={papers[2].contact_phone}")
        assert papers[2].pk in [row.pk for row in page.rows]

    def test_words_met_again_and_again_are_not_counted(self, rf, people, papers, monkeypatch):
        monkeypatch.setattr(searching, "GLANCE", 3)
        monkeypatch.setattr(searching, "ABOUND", 2)
        page = self.page(rf, people.town, "q=纸业")
        assert (page.found.at_least, page.total_words) == (3, "4+")
        assert len(page.rows) == 4

    def test_a_few_words_met_in_a_long_list_are_met_in_turn_too(self, rf, people, papers, monkeypatch):
        monkeypatch.setattr(searching, "GLANCE", 3)
        monkeypatch.setattr(searching, "A_SIGN", 3)
        monkeypatch.setattr(searching, "LIMIT_OF_FOUND", 1)
        monkeypatch.setattr(searching, "expected", lambda rows, hits, looked: 3)
        monkeypatch.setattr(searching, "rare", pytest.fail)
        page = self.page(rf, people.town, "q=纸业")
        # Three were met at a glance; the page shows a fourth.
        assert (page.found.at_least, page.total_words) == (3, "4+")
        assert len(page.rows) == 4

    @pytest.mark.parametrize("sort", ["-updated_at", "updated_at"])
    def test_the_first_page_goes_on_where_the_look_at_the_rows_ended(
        self, rf, people, papers, monkeypatch, sort
    ):
        query = f"q=纸业&sort={sort}"
        rare = [row.pk for row in self.page(rf, people.town, query).rows]
        monkeypatch.setattr(searching, "GLANCE", 2)
        monkeypatch.setattr(searching, "ABOUND", 1)
        page = self.page(rf, people.town, query)
        assert [row.pk for row in page.rows] == rare
        assert page.found.begun.looked == 2

    def test_a_page_that_was_met_whole_is_not_looked_for_again(self, rf, people, papers, monkeypatch):
        monkeypatch.setattr(searching, "GLANCE", 4)
        monkeypatch.setattr(searching, "ABOUND", 1)
        page = self.page(rf, people.town, "q=纸业")
        page.size = 2
        with CaptureQueriesContext(connection) as asked:
            assert len(page.keys) == 2
        assert len([each for each in asked if "strpos" in each["sql"]]) == 1

    def test_what_may_lack_its_order_is_read_from_the_beginning(self, rf, people, papers, monkeypatch):
        rare = {row.pk for row in self.page(rf, people.town, "q=纸业").rows}
        monkeypatch.setattr(searching, "GLANCE", 2)
        monkeypatch.setattr(searching, "ABOUND", 1)
        monkeypatch.setattr(searching, "is_nullable", lambda model, path: True)
        page = self.page(rf, people.town, "q=纸业")
        assert page.begun is None
        assert {row.pk for row in page.rows} == rare

    def test_how_many_hold_the_words_follows_from_the_length_of_the_list(self, people, papers):
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE enterprises_enterprise")
        everywhere = Enterprise.objects.all()
        searching.length.cache_clear()
        assert searching.expected(everywhere, 1, 2) == everywhere.count() // 2

    def test_a_page_beyond_the_rows_not_counted_shows_the_first(self, rf, people, papers, monkeypatch):
        monkeypatch.setattr(searching, "GLANCE", 3)
        monkeypatch.setattr(searching, "ABOUND", 2)
        page = self.page(rf, people.town, "q=纸业&page=7")
        assert (len(page.rows), page.page) == (4, 1)

    def test_under_more_conditions_a_common_word_is_counted(self, rf, people, papers, monkeypatch):
        monkeypatch.setattr(searching, "LIMIT_OF_FOUND", 2)
        Enterprise.objects.filter(pk=papers[0].pk).update(operating_status="suspended_self")
        assert self.page(rf, people.town, "q=纸业&status=suspended_self").total == 1

    def test_words_of_another_place_are_not_counted_as_common(self, rf, people, papers, monkeypatch):
        monkeypatch.setattr(searching, "LIMIT_OF_FOUND", 2)
        assert self.page(rf, people.other_town, "q=纸业").total == 0

    def test_a_person_of_several_places_finds_the_rows_of_each(self, rf, people, papers):
        Post.objects.create(
            user=people.other_town, role="town", region_id="370523101", from_on=AT.date(), title="代理"
        )
        person = type(people.other_town).objects.get(pk=people.other_town.pk)
        assert searching.place_of(person) == ""
        assert self.page(rf, person, "q=纸业").total == 4

    def test_a_number_is_found_by_its_beginning_in_either_case(self, sign_in, people, enterprise):
        hazard = reported(enterprise, people.enterprise)
        for words in (hazard.number, hazard.number[:12].lower()):
            page = sign_in(people.town).get(reverse("hazards:list"), {"q": words})
            assert [key for key, *_cells in page.context["table"]] == [hazard.pk]
