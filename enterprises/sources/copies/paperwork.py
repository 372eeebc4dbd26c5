"""The list of filings that goes to the next level (重大危险源备案材料报送单). Chinese only.

It is a paper between government bodies: no order to anybody, and no remedies.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from accounts.models import Organisation, User
from enterprises.models import SourceCopy, SourceUnit
from enterprises.models.source_copies import CopyLevel
from enterprises.sources.gb18218 import shown
from enterprises.sources.tables import editions
from paperwork.blocks import (
    Agency,
    Block,
    Copies,
    DocumentKind,
    Item,
    Items,
    Number,
    Paragraph,
    Party,
    Seal,
    Stamp,
    Title,
)

KIND = "enterprises.source_copy"
GRADES = {1: "一级", 2: "二级", 3: "三级", 4: "四级"}


@dataclass(frozen=True)
class FiledSource:
    """One source that was put on file, as the list states it."""

    enterprise: str
    uscc: str
    address: str
    unit: str
    grade: str
    r: str
    substances: str
    number: str
    filed: str
    assessed: str
    persons: str
    materials: int


@dataclass(frozen=True)
class SourceCopyFacts:
    """All that the list may say."""

    agency: str
    receiver: str
    first: str
    last: str
    grades: str
    sources: tuple[FiledSource, ...]
    date: str


def in_chinese(day: date | None) -> str:
    """Write a day as documents do; nothing for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def filed_source(unit: SourceUnit, materials: int) -> FiledSource:
    """Return a unit as the list states it; its substances are fetched with it."""
    persons = (
        ("主要负责人", unit.principal_name, unit.principal_phone),
        ("技术负责人", unit.technical_name, unit.technical_phone),
        ("操作负责人", unit.operation_name, unit.operation_phone),
    )
    grades = [floor for floor, _grade in editions()[-1].grades]
    return FiledSource(
        enterprise=unit.enterprise.name,
        uscc=unit.enterprise.uscc,
        address=unit.enterprise.production_address,
        unit=unit.name,
        grade=GRADES.get(unit.grade, ""),
        r=shown(unit.r_value, grades),
        substances="、".join(f"{each.name}{each.quantity.normalize():f}吨" for each in unit.substances.all()),
        number=unit.filing_number,
        filed=in_chinese(unit.filed_on),
        assessed=f"{unit.assessment_agency}，{in_chinese(unit.assessed_on)}",
        persons="，".join(f"{post}{name} {phone}" for post, name, phone in persons),
        materials=materials,
    )


def copy_facts(
    copy: SourceCopy, sources: tuple[FiledSource, ...], grade: int, *, by: User, at: datetime
) -> SourceCopyFacts:
    """Gather the facts of the list; `grade` is the lowest that is copied."""
    return SourceCopyFacts(
        agency=by.organisation.name if by.organisation else "",
        receiver=receiver_of(copy),
        first=in_chinese(copy.first_day),
        last=in_chinese(copy.last_day),
        grades="、".join(GRADES[each] for each in range(1, grade + 1)),
        sources=sources,
        date=in_chinese(localdate(at)),
    )


def receiver_of(copy: SourceCopy) -> str:
    """Name the body that receives the list: the bureau of the next level, by its name on file if it is here."""
    above = copy.region.parent
    bureau = Organisation.objects.filter(region=above, kind="bureau").order_by("pk").first()
    if bureau:
        return bureau.name
    return f"{above.name}应急管理{'局' if copy.level == CopyLevel.CITY else '厅'}"


def day_after(copy: SourceCopy) -> date:
    """Return the first day that is no more of the period."""
    return copy.last_day + timedelta(days=1)


def build_copy(facts: SourceCopyFacts, stamp: Stamp) -> list[Block]:
    """Lay the list out."""
    return [
        Agency(facts.agency),
        Title("重大危险源备案材料报送单"),
        Number(stamp.number),
        Party(facts.receiver),
        Paragraph(opening(facts)),
        *([Items(tuple(item_of(each) for each in facts.sources))] if facts.sources else []),
        Paragraph("备案材料全文保存在本平台该重大危险源档案中，可按备案编号调阅。"),
        Seal(facts.agency, facts.date),
        Copies("本报送单一式两份：一份报上级应急管理部门，一份由报送机关存档。"),
    ]


def opening(facts: SourceCopyFacts) -> str:
    """Say what is sent, by which rule, and how many."""
    period = f"{facts.first}至{facts.last}"
    basis = "根据《危险化学品重大危险源监督管理暂行规定》，现将"
    if not facts.sources:
        return f"{period}，我单位辖区内无新备案的{facts.grades}重大危险源。"
    return f"{basis}{period}辖区内备案的{facts.grades}重大危险源材料报送如下，共{len(facts.sources)}处："


def item_of(source: FiledSource) -> Item:
    """Write one source with what the receiver looks for first."""
    return Item(
        f"{source.enterprise}（统一社会信用代码：{source.uscc}）{source.unit}，{source.grade}，R＝{source.r}",
        (
            f"地址：{source.address}",
            f"物质及设计最大量：{source.substances}",
            f"安全评估：{source.assessed}",
            f"责任人：{source.persons}",
            f"备案编号：{source.number}，{source.filed}备案{files_of(source)}",
        ),
    )


def files_of(source: FiledSource) -> str:
    """Say how many files its filing has here; what was filed on paper before has none."""
    return f"，备案材料{source.materials}件" if source.materials else ""


SOURCE_KINDS = [DocumentKind(KIND, "重大危险源备案材料报送单", "危报", SourceCopyFacts, build_copy)]
