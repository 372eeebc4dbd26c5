"""Opening and correcting a file: within one's post, on record, and only what differs."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.models import Entry
from enterprises.models import Enterprise
from enterprises.services import change, register
from tests.factories.enterprises import valid_uscc
from tests.people import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)


def facts(**fields):
    return {
        "name": "广饶听松机械有限公司",
        "uscc": valid_uscc(700_001),
        "region_id": "370523101",
        "production_address": "大王镇工业路北12号",
        "principal_name": "高砚平",
        "principal_phone": "13605460001",
        "contact_name": "陆春生",
        "contact_phone": "13605460002",
        "industry_code": "3511",
        "regulatory_category": "industry_trade",
        **fields,
    }


def test_a_file_is_opened_in_the_place_of_the_post(people):
    row = register(facts=facts(), by=people.town, at=AT)
    assert (row.status_since, row.created_at) == (AT.date(), AT)
    assert Entry.objects.get(verb="enterprises.register").target_id == row.pk


@pytest.mark.parametrize("role", ["other_county", "other_town", "enterprise", "officer", "auditor"])
def test_nobody_opens_a_file_outside_their_post(people, role):
    with pytest.raises(PermissionDenied):
        register(facts=facts(), by=getattr(people, role), at=AT)
    assert not Enterprise.objects.filter(uscc=facts()["uscc"]).exists()


def test_a_second_file_with_the_same_code_is_refused_and_leaves_no_entry(people, enterprise):
    with pytest.raises(ValidationError):
        register(facts=facts(uscc=enterprise.uscc), by=people.town, at=AT)
    assert not Entry.objects.filter(verb="enterprises.register").exists()


def test_a_correction_writes_only_what_differs(people, enterprise):
    row = change(enterprise, facts={"name": enterprise.name, "employees": 9}, by=people.town, at=LATER)
    assert (row.employees, row.updated_at) == (9, LATER)
    assert Entry.objects.get(verb="enterprises.change").data == {"fields": ["employees"]}


def test_a_correction_that_changes_nothing_is_no_correction(people, enterprise):
    change(enterprise, facts={"name": enterprise.name}, by=people.town, at=LATER)
    assert not Entry.objects.filter(verb="enterprises.change").exists()
    assert Enterprise.objects.get(pk=enterprise.pk).updated_at == AT


def test_a_correction_does_not_move_the_status(people, enterprise):
    with pytest.raises(ValidationError) as refused:
        change(enterprise, facts={"operating_status": "trial"}, by=people.town, at=LATER)
    assert "operating_status" in refused.value.error_dict


def test_a_file_elsewhere_is_not_found(people, enterprise):
    with pytest.raises(Enterprise.DoesNotExist):
        change(enterprise, facts={"employees": 1}, by=people.other_county, at=LATER)


def test_who_sees_a_file_without_a_post_for_it_may_not_correct_it(people, enterprise):
    with pytest.raises(PermissionDenied):
        change(enterprise, facts={"employees": 1}, by=people.officer, at=LATER)
    assert Enterprise.objects.get(pk=enterprise.pk).employees == 0
