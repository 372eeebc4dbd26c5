"""The table of basic features of a source (危险化学品重大危险源基本特征表), with its calculation. Chinese only.

The enterprise has it made from its own file, signs it and adds it to the filing: what is on file is not typed again
(handbook §4.4). It is no document of an agency, so it has no number.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import IO

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from enterprises.models import SourceCalculation, SourceUnit
from enterprises.sources.selectors import ShownCalculation, ShownLine, written_out
from listings import reporting
from listings.models import Job
from paperwork.reports import docx, pdf
from paperwork.reports.blocks import Block, Facts, Heading, Line, Remark, Report, Table

KEY = "enterprises.source_features"
RENDER = {"pdf": pdf.render, "docx": docx.render}
LANGUAGE = "zh-hans"
PERSONS = (("principal", "主要负责人"), ("technical", "技术负责人"), ("operation", "操作负责人"))
NUMBERS = frozenset({2, 3, 5, 6, 8})
# An empty value is written as a dash; here a hand fills it in.
BY_HAND = "\u3000"
SIGNED = tuple(
    (label, BY_HAND) for label in ("填报单位（盖章）", "主要负责人（签名）", "填报人（签名）", "填报日期")
)


def print_source(unit: SourceUnit, *, kind: str, by: User, at: datetime) -> Job:
    """Have the table made as "pdf" or "docx"; who took it out stands on record."""
    return reporting.start(
        KEY,
        unit,
        verb="enterprises.print_source",
        title=_("Table of basic features of %(name)s") % {"name": unit.name},
        kind=kind,
        params={"source": unit.pk},
        by=by,
        at=at,
    )


def write(job: Job, file: IO[bytes], progress: Callable[[int, int], None]) -> None:
    """Write the table of a job; raises PermissionDenied where the person no longer sees the source."""
    rows = SourceUnit.objects.visible_to(job.user).select_related("enterprise__region__parent")
    unit = rows.filter(pk=job.params["source"]).first()
    if unit is None:
        raise PermissionDenied(_("You no longer see this major hazard source."))
    progress(0, 1)
    with override(LANGUAGE):
        file.write(RENDER[job.params["format"]](report_of(unit, job.user, timezone.now())))
    progress(1, 1)


def report_of(unit: SourceUnit, user: User, at: datetime) -> Report:
    """Put the table together from the file as it stands."""
    newest = unit.calculations.select_related("by").first()
    return Report(
        title="危险化学品重大危险源基本特征表",
        subject=f"{unit.enterprise.name} {unit.name}",
        facts=Facts(enterprise_facts(unit)),
        made_by=f"{user.organisation.name} {user.name}" if user.organisation else user.name,
        made_at=at,
        blocks=[
            Heading("辨识单元"),
            Facts(unit_facts(unit)),
            *calculation_blocks(newest),
            Heading("安全评估与备案"),
            Facts(filing_facts(unit)),
            Heading("安全包保责任人"),
            Table(("责任", "姓名", "联系电话"), tuple(person(unit, *each) for each in PERSONS)),
            Heading("填报"),
            Facts(SIGNED),
        ],
    )


def enterprise_facts(unit: SourceUnit) -> tuple[tuple[str, str], ...]:
    """Return who has the source."""
    row = unit.enterprise
    place = " ".join(each.name for each in (row.region.parent, row.region) if each)
    return (
        ("单位名称", row.name),
        ("统一社会信用代码", row.uscc),
        ("单位地址", row.production_address),
        ("所属区划", place),
        ("监管行业", f"{row.get_regulatory_category_display()} {row.sub_category}".strip()),
        ("从业人员数", str(row.employees)),
        ("主要负责人", row.principal_name),
        ("24小时值班电话", row.duty_phone),
    )


def unit_facts(unit: SourceUnit) -> tuple[tuple[str, str], ...]:
    """Return what the unit is and what lies around it."""
    has_position = unit.latitude is not None and unit.longitude is not None
    return (
        ("单元名称", unit.name),
        ("单元类别", unit.get_kind_display()),
        ("所在位置", unit.place),
        ("经纬度", f"{unit.longitude}, {unit.latitude}" if has_position else ""),
        ("投用日期", day(unit.commissioned_on)),
        ("厂区边界外500米范围内常住人口（人）", str(unit.residents_500m)),
        ("是否位于化工（工业）园区", yes_no(unit.in_chemical_park)),
        ("与厂区边界最近距离（米）", number(unit.boundary_distance)),
        ("单元内作业人数（人）", number(unit.people_in_unit)),
        ("是否涉及重点监管的危险化工工艺", yes_no(unit.is_key_process)),
        ("监测监控点（个）", str(unit.monitor_points)),
        ("视频监控（路）", str(unit.videos)),
    )


def calculation_blocks(newest: SourceCalculation | None) -> list[Block]:
    """Return what is present and the sums, every number with the table it was read from."""
    if newest is None:
        return []
    found = written_out(newest)
    heads = ("物质名称", "CAS号", "设计最大量q（吨）", "临界量Q（吨）", "Q来源", "q/Q", "β", "β来源", "β·q/Q")
    table = Table(heads, tuple(line_of(each) for each in found.lines), NUMBERS)
    return [
        Heading("单元内危险化学品"),
        table,
        Heading("辨识与分级"),
        Facts(result_facts(found)),
        Remark(
            f"依据《危险化学品重大危险源辨识》（{newest.edition}）。S＝Σq/Q，R＝α·Σβ·q/Q；S大于等于1的构成重大危险源。"
        ),
    ]


def line_of(line: ShownLine) -> Line:
    """Return one substance."""
    return Line(
        (
            line.name,
            line.cas,
            line.quantity,
            line.threshold,
            line.threshold_from,
            line.share,
            line.beta,
            line.beta_from,
            line.weighted,
        )
    )


def result_facts(found: ShownCalculation) -> tuple[tuple[str, str], ...]:
    """Return what the calculation came to."""
    return (
        ("S值", found.s),
        ("是否构成重大危险源", yes_no(found.is_source)),
        ("α（按常住人口）", f"{found.alpha}（{found.alpha_words}）"),
        ("R值", found.r),
        ("重大危险源级别", found.row.get_grade_display() or "不构成"),
        ("计算日期", day(timezone.localdate(found.row.at))),
    )


def filing_facts(unit: SourceUnit) -> tuple[tuple[str, str], ...]:
    """Return who assessed it and under which number it is on file."""
    return (
        ("安全评估单位", unit.assessment_agency),
        ("评估报告日期", day(unit.assessed_on)),
        ("下次评估期限", day(unit.next_review_on)),
        ("备案编号", unit.filing_number),
        ("备案日期", day(unit.filed_on)),
    )


def person(unit: SourceUnit, who: str, post: str) -> Line:
    """Return one of those who answer for the source; their names and phones stand on the notice at the site."""
    return Line((post, getattr(unit, f"{who}_name"), getattr(unit, f"{who}_phone")))


def day(value: date | None) -> str:
    """Write a day as forms do; nothing for none."""
    return f"{value:%Y-%m-%d}" if value else ""


def number(value: int | None) -> str:
    """Write a number; nothing for none."""
    return "" if value is None else str(value)


def yes_no(value: bool) -> str:
    """Write an answer."""
    return "是" if value else "否"
