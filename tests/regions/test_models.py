"""The columns by which a record lies in its place."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from regions.models import Grid, Region
from tests.factories.regions import make_grid, make_region


def test_a_row_carries_the_codes_of_its_levels(db):
    grid = make_grid("370523101001001")
    grid.refresh_from_db()
    assert (grid.city_code, grid.county_code, grid.town_code) == ("3705", "370523", "370523101")


def test_the_codes_follow_when_a_row_moves(db):
    grid = make_grid("370523101001001")
    Grid.objects.filter(pk=grid.pk).update(region=make_region("370522001001"))
    grid.refresh_from_db()
    assert (grid.county_code, grid.town_code) == ("370522", "370522001")


def test_a_row_at_county_level_has_the_county_as_its_town(db):
    grid = make_grid("370523000000001", region=make_region("370523"))
    grid.refresh_from_db()
    assert grid.town_code == "370523"


@pytest.mark.parametrize("code", ["3", "37052", "3705230", "37052310"])
def test_the_database_refuses_a_code_of_another_length(db, code):
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(code=code, name="?", level=1)


def test_a_form_says_what_a_code_looks_like(db):
    with pytest.raises(ValidationError) as caught:
        Region(code="37052", name="?", level=1).full_clean()
    assert "code" in caught.value.message_dict


def test_a_grid_code_has_fifteen_digits(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_grid("3705231010010", region=make_region("370523101001"))


def test_a_place_with_records_cannot_be_deleted(db):
    grid = make_grid("370523101001001")
    with pytest.raises(IntegrityError), transaction.atomic():
        grid.region.delete()
