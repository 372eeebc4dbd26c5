"""The starter library does not come in by halves."""

from io import StringIO

import pytest
from django.core.management import call_command

from hazards.models import MajorHazardCriterion
from inspections.library.loading import load_library
from inspections.models import Checklist
from tests.people import AT

pytestmark = pytest.mark.django_db


def test_an_unknown_criterion_stops_the_loading_and_leaves_nothing():
    call_command("load_criteria", verbosity=0, stdout=StringIO())
    MajorHazardCriterion.objects.filter(set_name="工贸企业重大事故隐患判定标准").delete()

    with pytest.raises(KeyError):
        load_library(at=AT)

    assert not Checklist.objects.exists()
