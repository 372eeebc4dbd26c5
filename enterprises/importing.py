"""The import of enterprises: which column of the workbook fills which field of the file."""

from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from enterprises import identity
from enterprises.choices import (
    EnterpriseSize,
    EnterpriseType,
    OperatingStatus,
    RegulatoryCategory,
    RiskTag,
    SupervisionLevel,
)
from enterprises.codes import LATITUDES, LONGITUDES, clean_industry, clean_postcode
from enterprises.ledgers.importing import LEDGER_IMPORTS
from enterprises.matching import twins
from enterprises.models import Enterprise, FactSource
from enterprises.phones import clean_hospital_tel, clean_phone
from enterprises.sources.importing import SUBSTANCES, UNITS, whole_units
from enterprises.supervisors import ELSEWHERE, agency, grid
from enterprises.terms import BACKWARD, LONG_TERM, NEVER
from enterprises.truth.facts import FILLED_BY_FORM, confirm_many
from enterprises.uscc import clean_uscc
from listings.importing.parsers import (
    amount,
    checked,
    chinese_labels,
    choice,
    day,
    many,
    text,
    whole,
    written,
    yes_no,
)
from listings.importing.places import place
from listings.importing.spec import Book, ImportSpec, Never, Parse, Run
from listings.importing.spec import ImportColumn as Column

# Files confirmed by one statement: their numbers stand in it.
BATCH = 5_000
# Square metres: what the column holds.
LARGEST_AREA = 2_000_000_000
WORDS = {
    "enterprise_type": EnterpriseType,
    "regulatory_category": RegulatoryCategory,
    "operating_status": OperatingStatus,
    "supervision_level": SupervisionLevel,
    "size": EnterpriseSize,
}


def chosen(name: str, head: str, **more: object) -> Column:
    """Return the column of a field with fixed words."""
    return Column(name, head, choice(WORDS[name]), allowed=partial(chinese_labels, WORDS[name]), **more)


def counted(name: str, head: str) -> Column:
    """Return the column of a number of people."""
    return Column(name, head, whole(1_000_000), example=12)


def phone(name: str, head: str, *, mobile: bool = False, **more: object) -> Column:
    """Return the column of a telephone number."""
    return Column(name, head, checked(partial(clean_phone, mobile=mobile)), example="13605460001", **more)


def last_day(run: Run) -> Parse:
    """The last day of a term; a long-term one is written as a day that never comes, until the record takes it."""
    parse_day = day(past=False)(run)

    def parse(raw: Any) -> str | None:
        return NEVER.isoformat() if written(raw) in LONG_TERM else parse_day(raw)

    return parse


COLUMNS = (
    Column(
        "uscc",
        "统一社会信用代码",
        checked(clean_uscc),
        required=True,
        note="18 位，按营业执照填写；已有档案按此更新",
    ),
    Column("name", "企业名称", text(120), required=True, note="与营业执照一致，不用简称"),
    Column("former_name", "曾用名", text(120)),
    chosen("enterprise_type", "登记注册类型"),
    Column("registered_capital", "注册资本（万元）", amount(14, 2), example=500),
    Column("established_on", "成立日期", day(), example="2015-03-01"),
    Column("business_term_from", "营业期限自", day(), example="2015-03-01"),
    Column(
        "business_term_to",
        "营业期限至",
        last_day,
        note="执照写长期的填“长期”",
        example="长期",
        empties=NEVER.isoformat(),
    ),
    Column("business_scope", "经营范围", text(2000, lines=True)),
    Column("parent_group", "上级集团", text(120)),
    Column(
        "region",
        "所属区划",
        place,
        required=True,
        note="6、9 或 12 位区划代码，或“县区＋镇街”名称",
        example="广饶县大王镇",
    ),
    Column("grid", "网格", grid, note="15 位网格编号，或本辖区内的网格名称", example="370523101001001"),
    Column("registered_address", "注册地址", text(200)),
    Column("production_address", "生产经营地址", text(200), required=True),
    Column("postcode", "邮政编码", checked(clean_postcode), example="257335"),
    Column("longitude", "经度", amount(9, 6, lowest=LONGITUDES[0], highest=LONGITUDES[1]), example=118.4),
    Column("latitude", "纬度", amount(9, 6, lowest=LATITUDES[0], highest=LATITUDES[1]), example=37.05),
    Column("legal_rep_name", "法定代表人", text(40)),
    phone("legal_rep_phone", "法定代表人电话"),
    Column(
        identity.ID_NO,
        "法定代表人身份证号",
        identity.cell,
        note="可不填；单元格设为文本；加密保存，页面只显示前 3 位和后 4 位",
        sealed=True,
    ),
    Column("principal_name", "主要负责人", text(40), required=True),
    phone("principal_phone", "主要负责人电话", required=True),
    Column("safety_deputy", "分管安全负责人", text(40)),
    phone("safety_deputy_phone", "分管安全负责人电话"),
    Column("safety_director", "安全总监", text(40)),
    phone("safety_director_phone", "安全总监电话"),
    Column("safety_head", "安全负责人", text(40)),
    Column("contact_name", "联系人", text(40), required=True),
    phone("contact_phone", "联系人手机", mobile=True, required=True, note="短信发往此号码"),
    phone("duty_phone", "24小时值班电话"),
    Column("emergency_contact_name", "应急联系人", text(40)),
    phone("emergency_contact_phone", "应急联系人电话"),
    Column("nearest_hospital", "最近医院", text(60)),
    Column("hospital_distance", "距最近医院（公里）", amount(5, 1), example=3.5),
    Column("hospital_tel", "医院电话", checked(clean_hospital_tel), example="120"),
    counted("employees", "从业人员数"),
    counted("shift_people", "单班最多人数"),
    Column("shift_system", "班制", text(40), example="四班三运转"),
    counted("full_time_safety_managers", "专职安全管理人员数"),
    counted("part_time_safety_managers", "兼职安全管理人员数"),
    counted("registered_safety_engineers", "注册安全工程师数"),
    counted("special_operators", "特种作业人员数"),
    Column("annual_revenue", "年营业收入（万元）", amount(14, 2), example=2000),
    Column("fixed_assets", "固定资产（万元）", amount(14, 2), example=800),
    Column("land_area", "占地面积（平方米）", whole(LARGEST_AREA), example=12000),
    Column("building_area", "建筑面积（平方米）", whole(LARGEST_AREA), example=6000),
    Column(
        "industry_code",
        "行业代码",
        checked(clean_industry),
        required=True,
        note="GB/T 4754 四位代码",
        example="2614",
    ),
    chosen("regulatory_category", "监管行业", required=True),
    Column("sub_category", "监管小类", text(20)),
    Column("main_products", "主要产品", text(200)),
    Column("raw_materials", "主要原辅材料", text(200)),
    Column("process_description", "工艺", text(2000, lines=True)),
    Column(
        "risk_tags",
        "特殊风险",
        many(RiskTag),
        note="可填多项，用顿号分开",
        allowed=partial(chinese_labels, RiskTag),
    ),
    Column("is_above_designated", "是否规模以上", yes_no(), allowed=lambda: ["是", "否"]),
    chosen("size", "企业规模"),
    chosen(
        "operating_status", "经营状态", note="只用于新建档案；已有档案的状态在企业页面按步骤变更", opens=True
    ),
    chosen("supervision_level", "监管层级"),
    Column("supervising_organisation", "监管单位", agency, note="单位全称或简称", example="广饶县应急管理局"),
    Column("competent_department", "行业主管部门", agency, note="单位全称或简称"),
)


# A status moves by its own steps, with what proves it (handbook §18).
KEEPS_STATUS = Never(
    "operating_status",
    "staged.operating_status <> filed.operating_status",
    _("The file has another status. It changes by its own steps on the page of the file."),
)
# The term as it would stand on file.
BACKWARD_TERM = Never(
    "business_term_to",
    "COALESCE(staged.business_term_to, filed.business_term_to)"
    " < COALESCE(staged.business_term_from, filed.business_term_from)",
    BACKWARD,
)
TAKEN_CODE = Never(
    "uscc",
    "staged.name <> filed.name AND left(staged.region_id, 9) <> filed.town_code"
    " AND COALESCE(staged.former_name, '') <> filed.name",
    _(
        "This code is on file as “%(name)s” in another town. Compare the licence; if it was renamed and has moved, "
        "give that as the former name."
    ),
    names="filed.name",
)


def confirm_imported(at: datetime) -> None:
    """Count what the import wrote as confirmed by it: the rows that carry its moment."""
    written = list(Enterprise.objects.filter(updated_at=at).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(written), BATCH):
        confirm_many(written[start : start + BATCH], FILLED_BY_FORM, by=None, at=at, source=FactSource.IMPORT)


ENTERPRISES = ImportSpec(
    key="enterprises.import",
    title=_("Import of enterprises"),
    model=Enterprise,
    permission="enterprises.import",
    columns=COLUMNS,
    key_name="uscc",
    list_url="enterprises:list",
    import_url="enterprises:import",
    never=(KEEPS_STATUS, TAKEN_CODE, BACKWARD_TERM, *ELSEWHERE),
    sheet="企业",
    twins=twins,
    after=confirm_imported,
    keep_sealed=identity.keep_imported,
    stamps={
        "created_at": "COALESCE(filed.created_at, %(at)s)",
        "updated_at": "%(at)s",
        # The status holds from today where the file is new.
        "status_since": "CASE WHEN filed.id IS NULL THEN %(today)s ELSE filed.status_since END",
    },
)
CITY = Book(
    key="enterprises.import_city",
    title=_("Import of a whole city"),
    permission="enterprises.import",
    verb="enterprises.import",
    parts=(ENTERPRISES, *LEDGER_IMPORTS.values(), UNITS, SUBSTANCES),
    list_url="enterprises:list",
    import_url="enterprises:import_city",
    settle=whole_units,
)
SOURCES = Book(
    key="enterprises.import_sources",
    title=_("Import of major hazard sources"),
    permission="enterprises.record_source",
    verb="enterprises.import_sources",
    parts=(UNITS, SUBSTANCES),
    list_url="enterprises:sources",
    import_url="enterprises:import_sources",
    settle=whole_units,
)
IMPORTS = [CITY, SOURCES, ENTERPRISES, *LEDGER_IMPORTS.values()]
