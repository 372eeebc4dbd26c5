"""What a division was before leads to the one of today, where that is known; else a sentence says what is missing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse
from django.utils import translation

from regions.fields import DivisionField
from regions.former import FormerPlaces
from regions.models import FormerPlace, Region
from regions.services import load_former, load_rows, load_shipped
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def kenli(places) -> Region:
    """垦利区, which was a county until 2016; its towns kept their last digits."""
    make_region("370505", "垦利区")
    make_region("370505101", "胜坨镇")
    make_region("370505101200", "胜利村")
    before("370521", "垦利县", "370505", keeps_below=True, until=date(2016, 7, 8))
    return Region.objects.get(pk="370505")


def before(code: str, name: str, successor: str, **more: object) -> FormerPlace:
    return FormerPlace.objects.create(code=code, name=name, successor_id=successor, **more)


def present(code: str) -> str:
    return FormerPlaces.read().present(code)


def refusal(code: str) -> str:
    with pytest.raises(ValidationError) as refused:
        present(code)
    return refused.value.messages[0]


def test_a_code_of_today_stays(kenli):
    assert present("370505101") == "370505101"
    # Whether there is such a division is asked elsewhere.
    assert present("370599") == "370599"


def test_a_former_code_leads_to_the_division_of_today_and_so_do_those_below_it(kenli):
    assert present("370521") == "370505"
    assert present("370521101") == "370505101"
    assert present("370521101200") == "370505101200"


def test_a_former_town_that_has_no_successor_of_its_digits_is_said(kenli):
    assert refusal("370521199") == (
        "垦利县（370521） is 垦利区（370505） now, and below it the codes are others. Write the present code."
    )


def test_below_a_division_that_did_not_keep_its_codes_nothing_is_guessed(kenli):
    before("370505105", "新安乡", "370505101")

    assert present("370505105") == "370505101"
    assert "below it the codes are others" in refusal("370505105200")


def test_a_division_that_was_divided_names_all_its_successors(kenli):
    make_region("370505102", "郝家镇")
    for successor in ("370505101", "370505102"):
        before("370505109", "旧镇", successor)

    assert refusal("370505109") == (
        "旧镇（370505109） was divided. Write one of: 胜坨镇（370505101）, 郝家镇（370505102）."
    )


def test_a_division_that_was_renamed_twice_is_followed_to_its_end(kenli):
    make_region("370529", "二次区")
    before("370505", "垦利区", "370529", keeps_below=True)

    assert present("370521") == "370529"


def test_rows_that_lead_in_a_circle_end(kenli):
    before("370505", "垦利区", "370523", keeps_below=True)
    before("370523", "广饶县", "370505", keeps_below=True)

    assert present("370505") in {"370505", "370523"}


def test_the_former_name_of_a_division_is_read_alone_and_behind_wider_places(kenli):
    rows = dict(Region.objects.values_list("code", "name"))
    names = FormerPlaces.read().names(rows, rows)

    for name in ("垦利县", "东营市垦利县", "山东省东营市垦利县"):
        assert names[name] == {"370505"}
    for name in ("垦利县胜坨镇", "东营市垦利县胜坨镇"):
        assert names[name] == {"370505101"}
    assert names["垦利县胜坨镇胜利村"] == {"370505101200"}
    assert "胜坨镇" not in names


def test_a_town_that_came_from_another_county_is_read_behind_its_old_one(kenli):
    before("370523901", "旧河镇", "370505101")
    rows = dict(Region.objects.values_list("code", "name"))
    names = FormerPlaces.read().names(rows, rows)

    assert names["广饶县旧河镇"] == names["垦利区旧河镇"] == names["垦利县旧河镇"] == {"370505101"}
    assert "广饶县旧河镇胜利村" not in names


def test_a_name_that_the_source_replaces_is_kept_as_the_former_one(places):
    load_rows([{"code": "370523", "name": "广饶区"}], on=date(2026, 3, 10))
    load_rows([{"code": "370523", "name": "广饶区"}], on=date(2026, 3, 11))

    (kept,) = FormerPlace.objects.all()
    assert (kept.code, kept.name, kept.successor_id, kept.until) == (
        "",
        "广饶县",
        "370523",
        date(2026, 3, 10),
    )
    rows = dict(Region.objects.values_list("code", "name"))
    assert FormerPlaces.read().names(rows, rows)["广饶县大王镇"] == {"370523101"}


def test_the_shipped_city_knows_that_kenli_was_a_county():
    load_shipped()

    assert present("370521") == "370505"
    assert present("370521101") == "370505101"
    assert FormerPlace.objects.get(name="垦利县").until == date(2016, 7, 8)
    assert load_former() == FormerPlace.objects.count()


def test_former_rows_of_places_that_are_not_loaded_are_left_out(places):
    assert load_former() == 0


def test_loading_from_the_package_brings_the_former_divisions_and_keeps_replaced_names(places, tmp_path):
    (tmp_path / "dist").mkdir()
    lines = {
        "provinces": ['37,"山东省"'],
        "cities": ['3705,"东营市"'],
        "areas": ['370505,"垦利区"', '370523,"广饶区"'],
        "streets": [],
        "villages": [],
    }
    for name, rows in lines.items():
        (tmp_path / "dist" / f"{name}.csv").write_text(
            "\n".join(["code,name", *rows]) + "\n", encoding="utf-8"
        )

    call_command("load_divisions", "3705", package=tmp_path)

    assert set(FormerPlace.objects.values_list("name", "successor_id")) == {
        ("垦利县", "370505"),
        ("广饶县", "370523"),
    }


def test_a_code_is_never_its_own_former_one(places):
    with pytest.raises(IntegrityError):
        before("370523", "广饶县", "370523")


class TestPicker:
    """Search as you type."""

    URL = reverse("regions:search")

    def found(self, client, words: str) -> list[dict[str, str]]:
        return client.get(self.URL, {"q": words}).json()["results"]

    def test_a_division_is_found_by_its_former_name_and_says_so(self, kenli, people, sign_in):
        people.city.language = "en"
        people.city.save()
        assert self.found(sign_in(people.city), "垦利县") == [
            {"id": "370505", "text": "垦利区", "note": "山东省 › 东营市 · formerly 垦利县"}
        ]

    def test_by_its_former_code_too(self, kenli, people, sign_in):
        assert [row["id"] for row in self.found(sign_in(people.city), "370521")] == ["370505"]

    def test_its_present_name_says_nothing_of_the_past(self, kenli, people, sign_in):
        assert self.found(sign_in(people.city), "垦利区")[0]["note"] == "山东省 › 东营市"

    def test_a_division_that_is_another_one_today_is_not_offered(self, kenli, people, sign_in):
        make_region("370521", "垦利县")
        make_region("370521101", "胜坨镇")

        assert {row["id"] for row in self.found(sign_in(people.city), "胜坨镇")} == {"370505101"}


def test_a_form_takes_a_former_code_for_the_division_of_today(kenli):
    field = DivisionField(Region.objects.all())

    assert field.clean("370521").pk == "370505"
    assert field.clean("370505").pk == "370505"
    with pytest.raises(ValidationError, match="below it the codes are others"):
        field.clean("370521199")
    with pytest.raises(ValidationError):
        field.clean("370599")


class TestAdmin:
    """Administrators keep the dictionary."""

    def test_a_new_name_keeps_the_old_one(self, people, sign_in):
        region = Region.objects.get(pk="370523102")
        url = reverse("admin:regions_region_change", args=[region.pk])
        inline = {"former-TOTAL_FORMS": 0, "former-INITIAL_FORMS": 0}

        answer = sign_in(people.admin).post(url, {"name": "稻庄街道", "parent": "370523", **inline})

        assert answer.status_code == 302
        assert FormerPlace.objects.get().name == "稻庄镇"
        assert Region.objects.get(pk=region.pk).name == "稻庄街道"

    def test_an_administrator_adds_a_former_division(self, people, sign_in):
        data = {"code": "370523199", "name": "颜徐镇", "successor": "370523102", "note": "并入稻庄镇"}

        answer = sign_in(people.admin).post(reverse("admin:regions_formerplace_add"), data)

        assert answer.status_code == 302
        assert present("370523199") == "370523102"

    def test_nobody_else_does(self, people, sign_in):
        assert sign_in(people.county).get(reverse("admin:regions_formerplace_add")).status_code in (302, 403)
