"""The columns of the import of enterprises stand for the fields of the model."""

import pytest

from accounts.masking import mask_id_no
from enterprises.importing import COLUMNS, ENTERPRISES
from enterprises.models import Enterprise
from listings.importing.spec import spec_of
from tests.factories.identity import valid_id_no
from tests.factories.imports import HEADS, checked, facts, pressed, taken

# Filled by the database.
NOT_IMPORTED = {
    "id",
    "city_code",
    "county_code",
    "town_code",
    "search_text",
    # Written by the steps of the operating status.
    "planned_until",
    "stop_checked_until",
    "version",
}
FULL = facts(
    1,
    former_name="广饶听松五金厂",
    enterprise_type="limited",
    registered_capital=500.5,
    established_on="2015年3月1日",
    business_term_from="2015年3月1日",
    business_term_to="2035-02-28",
    business_scope="机械加工；\n五金销售",
    registered_address="大王镇",
    postcode=257335,
    longitude=118.4,
    latitude=37.05,
    legal_rep_name="高砚平",
    legal_rep_phone="0546-6412345",
    legal_rep_id_no=valid_id_no(1),
    safety_deputy="陆广生",
    safety_deputy_phone="13605460003",
    safety_director="周守拙",
    safety_director_phone="13605460004",
    safety_head="冯守田",
    duty_phone="0546-6412346",
    emergency_contact_name="冯守田",
    emergency_contact_phone="13605460005",
    nearest_hospital="广饶县人民医院",
    hospital_distance=3.5,
    hospital_tel="120",
    employees=12,
    shift_people=7,
    full_time_safety_managers=1,
    part_time_safety_managers=2,
    sub_category="机械",
    main_products="轴承",
    raw_materials="钢材",
    risk_tags="dust",
    is_above_designated="是",
    size="small",
    operating_status="trial",
    supervision_level="county",
    parent_group="东营听松集团有限公司",
    grid="370523101001001",
    shift_system="四班三运转",
    registered_safety_engineers=1,
    special_operators=3,
    annual_revenue=2600.5,
    fixed_assets=800,
    land_area=12000,
    building_area=6000,
    process_description="下料；\n热处理",
    supervising_organisation="广饶县应急管理局",
    competent_department="东营市应急管理局",
)


def test_the_import_is_found_by_its_key():
    assert spec_of("enterprises.import") is ENTERPRISES


def test_every_field_is_imported_stamped_or_left_out_on_purpose():
    fields = {field.name for field in Enterprise._meta.local_fields}
    imported = {column.name for column in COLUMNS}
    assert fields - imported - set(ENTERPRISES.stamps) == NOT_IMPORTED


def test_every_mandatory_field_of_a_new_file_is_required():
    needed = {
        field.name
        for field in Enterprise._meta.local_concrete_fields
        if not field.blank and not field.has_default() and not field.primary_key and not field.generated
    }
    assert needed - set(ENTERPRISES.stamps) == {column.name for column in COLUMNS if column.required}


def test_no_two_columns_have_the_same_head():
    assert len(set(HEADS.values())) == len(COLUMNS)


@pytest.mark.django_db
def test_a_full_row_fills_every_field(people):
    assert set(FULL) == {column.name for column in COLUMNS}
    job = checked(people.county, FULL)
    assert job.result["errors"] == []
    taken(pressed(job))
    row = Enterprise.objects.get(uscc=FULL["uscc"])
    assert (str(row.registered_capital), row.established_on.isoformat()) == ("500.50", "2015-03-01")
    assert (row.business_scope, row.postcode) == ("机械加工；\n五金销售", "257335")
    assert (row.is_above_designated, row.risk_tags, row.operating_status) == (True, ["dust"], "trial")
    assert (str(row.longitude), row.legal_rep_phone) == ("118.400000", "0546-6412345")
    assert (row.legal_rep_id_no, row.identity.id_no) == (mask_id_no(valid_id_no(1)), valid_id_no(1))
    assert (row.business_term_to.isoformat(), row.shift_people) == ("2035-02-28", 7)
    assert (row.nearest_hospital, str(row.hospital_distance), row.hospital_tel) == (
        "广饶县人民医院",
        "3.5",
        "120",
    )
    assert (row.grid_id, row.supervising_organisation.name) == ("370523101001001", "广饶县应急管理局")
    assert (row.competent_department.name, row.parent_group) == ("东营市应急管理局", "东营听松集团有限公司")
    assert (str(row.annual_revenue), str(row.fixed_assets)) == ("2600.50", "800.00")
    assert (row.land_area, row.building_area, row.shift_system) == (12000, 6000, "四班三运转")
    assert (row.registered_safety_engineers, row.special_operators) == (1, 3)
    assert row.process_description == "下料；\n热处理"


@pytest.mark.django_db
def test_a_full_row_again_changes_nothing(people):
    taken(pressed(checked(people.county, FULL)))
    assert checked(people.county, FULL).result["unchanged"] == 1
