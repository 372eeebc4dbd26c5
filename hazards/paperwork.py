"""The rectification notice of a hazard (隐患整改通知书): its declared facts and its blocks. Chinese only."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from accounts.models import User
from hazards.models import Hazard
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
    Signatures,
    Stamp,
    Title,
)
from rulebook.numerals import to_chinese
from rulebook.services import cite, parameter


@dataclass(frozen=True)
class Problem:
    """One hazard as the notice states it."""

    description: str
    place: str
    basis: str
    deadline: str
    is_major: bool


@dataclass(frozen=True)
class RectificationNoticeFacts:
    """All that the notice may say."""

    agency: str
    party: str
    uscc: str
    problems: tuple[Problem, ...]
    officers: tuple[str, ...]
    date: str
    remedies: str


def in_chinese(day: date | None) -> str:
    """Write a day as documents do, without spaces between digits and words."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "整改方案批准后确定"


def rectification_notice_facts(hazard: Hazard, *, by: User, at: datetime) -> RectificationNoticeFacts:
    """Gather the facts of the notice from the record as it stands."""
    day = localdate(at)
    problem = Problem(
        description=hazard.description,
        place=hazard.place,
        basis=basis_of(hazard, on=day),
        deadline=in_chinese(hazard.deadline_on),
        is_major=hazard.is_major,
    )
    return RectificationNoticeFacts(
        # Without an agency the number is refused, with a sentence.
        agency=by.organisation.name if by.organisation else "",
        party=hazard.enterprise.name,
        uscc=hazard.enterprise.uscc,
        problems=(problem,),
        officers=(by.name,),
        date=in_chinese(day),
        remedies=remedies(on=day, region=hazard.region_id),
    )


def basis_of(hazard: Hazard, *, on: date) -> str:
    """Return what the finder cited, else the criterion of a major hazard, else the general duty (AWSL 41)."""
    if hazard.legal_basis:
        return hazard.legal_basis
    if hazard.criterion:
        return f"《{hazard.criterion.set_name.strip('《》')}》{hazard.criterion.clause}"
    return cite("AWSL", 41, "第二款", on=on, formal=True).text


def remedies(*, on: date, region: str) -> str:
    """Say what the party may do against the notice; the periods are those of the rulebook."""
    days = to_chinese(int(parameter("REVIEW_APPLY", on=on, region=region).amount))
    months = to_chinese(int(parameter("SUIT_FILE", on=on, region=region).amount))
    return (
        f"如果不服本通知，可以自收到本通知书之日起{days}日内依法申请行政复议，或者在{months}个月内依法向人民法院提起行政诉讼；"
        "复议、诉讼期间，事故隐患应当继续整改。"
    )


def build_notice(facts: RectificationNoticeFacts, stamp: Stamp) -> list[Block]:
    """Lay the notice out."""
    return [
        Agency(facts.agency),
        Title("隐患整改通知书"),
        Number(stamp.number),
        Party(facts.party),
        Paragraph(f"经核实，你单位（统一社会信用代码：{facts.uscc}）存在下列事故隐患："),
        Items(tuple(item_of(problem) for problem in facts.problems)),
        Paragraph(
            "请你单位按照整改责任、措施、资金、时限和应急预案“五落实”的要求，在上述期限内消除隐患，如实记录整改情况并向从业人员通报。"
        ),
        Paragraph(
            "整改期间应当采取监控保护措施，确保安全生产。整改完成后，应当在本平台提交整改情况和现场照片，由我单位复查。逾期未整改的，依法处理。"
        ),
        *([Paragraph(MAJOR_WARNING)] if any(problem.is_major for problem in facts.problems) else []),
        Paragraph(facts.remedies),
        Signatures(
            (
                *((("签发人员（签名）", ""), ("姓名", name)) for name in facts.officers),
                (("被通知单位负责人（签名）", ""), ("日期", "")),
            )
        ),
        Seal(facts.agency, facts.date),
        Copies("本通知书一式两份：一份由发出机关存档，一份交被通知单位。"),
    ]


MAJOR_WARNING = (
    "属重大事故隐患的，排除前或者排除过程中无法保证安全的，应当从危险区域内撤出作业人员，暂时停产停业或者停止使用相关设施、设备；"
    "重大事故隐患排除后，经审查同意，方可恢复生产经营和使用。"
)


def item_of(problem: Problem) -> Item:
    """Write one problem with its basis and day."""
    grade = "属重大事故隐患。" if problem.is_major else ""
    text = problem.description.rstrip("。；")
    return Item(
        f"{problem.place}：{text}。{grade}",
        (f"依据：{problem.basis.rstrip('。')}。", f"期限：{problem.deadline}。"),
    )


KINDS = [
    DocumentKind(
        "hazards.rectification_notice", "隐患整改通知书", "隐改", RectificationNoticeFacts, build_notice
    )
]
