"""Every fact of a file can be shown in the list and exported from it."""

from decimal import Decimal

import pytest

from enterprises.columns import COLUMNS
from enterprises.groups import GROUP_OF
from tests.factories.enterprises import make_enterprise

pytestmark = pytest.mark.django_db
# Facts whose column has a shorter name.
SHORT = {
    "regulatory_category": "category",
    "operating_status": "status",
    "contact_name": "contact",
    "contact_phone": "phone",
    "production_address": "address",
    "principal_name": "principal",
    "industry_code": "industry",
    "established_on": "established",
    "business_term_to": "term",
    "shift_people": "shift",
    "nearest_hospital": "hospital",
    "emergency_contact_name": "emergency_contact",
}


def test_every_fact_of_a_file_has_a_column():
    columns = {column.name for column in COLUMNS}
    assert {SHORT.get(name, name) for name in GROUP_OF} <= columns
    assert len(columns) == len(COLUMNS)


def test_what_is_chosen_is_exported_in_words_with_personal_numbers_masked(people, sign_in):
    make_enterprise(
        grid_id="370523101001001",
        supervising_organisation=people.county.organisation,
        legal_rep_name="高砚平",
        legal_rep_phone="13605460001",
        annual_revenue=Decimal("2600.5"),
        risk_tags=["dust", "gas"],
        is_above_designated=True,
        business_scope="木制品加工",
    )
    chosen = "region,grid,supervising_organisation,legal_rep_name,legal_rep_phone,annual_revenue,risk_tags"
    answer = sign_in(people.county).get(
        "/enterprises/", {"format": "csv", "cols": f"{chosen},is_above_designated,business_scope"}
    )

    head, line, *_about = answer.content.decode("utf-8-sig").splitlines()
    assert head.startswith("行政区划,网格,监管单位")
    assert (
        line
        == "大王社区,大王社区网格1,广饶县应急管理局,高**,136****0001,2600.50,粉尘涉爆、煤气,是,木制品加工"
    )
