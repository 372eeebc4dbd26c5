"""The record of an inspection on site (现场检查记录, AWSL 68): its declared facts and its blocks. Chinese only.

Only an administrative inspection has one. What a grid worker or an expert saw is information, never a document of law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from inspections.choices import Outcome, Result, Side
from inspections.models import Signature, Visit
from inspections.visits.rules import RECORD
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


@dataclass(frozen=True)
class Officer:
    """One of those who carried the inspection out."""

    name: str
    certificate: str


@dataclass(frozen=True)
class RecordedProblem:
    """One problem as the record states it."""

    text: str
    place: str
    basis: str
    is_major: bool
    remark: str


@dataclass(frozen=True)
class Signed:
    """A signature of the inspected side, or its refusal."""

    name: str
    title: str
    refused: str
    witness: str


@dataclass(frozen=True)
class InspectionRecordFacts:
    """All that the record may say."""

    agency: str
    party: str
    uscc: str
    address: str
    principal: str
    kind: str
    begun: str
    ended: str
    officers: tuple[Officer, ...]
    helpers: tuple[str, ...]
    checklists: tuple[str, ...]
    asked: int
    checked: int
    problems: tuple[RecordedProblem, ...]
    nothing_found: bool
    summary: str
    signed: tuple[Signed, ...]
    backfilled: bool
    date: str


def in_words(moment: datetime | None) -> str:
    """Write a moment as documents do."""
    if moment is None:
        return ""
    local = localtime(moment)
    return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"


def record_facts(visit: Visit) -> InspectionRecordFacts:
    """Gather the facts of the record from a finished inspection; raises ValidationError for any other kind."""
    if not visit.kind_of.administrative or visit.enterprise is None or visit.organisation is None:
        raise ValidationError(_("Only an administrative inspection has a record."))
    people = list(visit.participants.select_related("user"))
    answers = visit.answers.all()
    ended = localtime(visit.ended_at)
    return InspectionRecordFacts(
        agency=visit.organisation.name,
        party=visit.enterprise.name,
        uscc=visit.enterprise.uscc,
        address=visit.enterprise.production_address,
        principal=visit.enterprise.principal_name,
        kind=KIND_WORDS[visit.kind],
        begun=in_words(visit.started_at),
        ended=in_words(visit.ended_at),
        officers=tuple(
            Officer(one.user.name, one.certificate_number) for one in people if one.certificate_number
        ),
        helpers=tuple(one.user.name for one in people if not one.certificate_number),
        checklists=tuple(edition.checklist.title for edition in visit.editions.select_related("checklist")),
        asked=visit.item_count,
        checked=answers.exclude(result=Result.NOT_CHECKED).count(),
        problems=(*hazards_of(visit), *settled_problems(visit)),
        nothing_found=visit.outcome == Outcome.NOTHING,
        summary=visit.summary,
        signed=tuple(signed(one) for one in visit.signatures.filter(side=Side.PARTY)),
        backfilled=visit.is_backfilled,
        date=f"{ended.year}年{ended.month}月{ended.day}日",
    )


KIND_WORDS = {"inspection": "行政检查", "enforcement": "执法检查", "joint": "联合检查"}


def hazards_of(visit: Visit) -> list[RecordedProblem]:
    """Return the hazards that the inspection found."""
    rows = visit.findings.select_related("hazard", "hazard__criterion").order_by("pk")
    return [
        RecordedProblem(
            text=row.hazard.description,
            place=row.hazard.place,
            basis=row.hazard.legal_basis,
            is_major=row.hazard.is_major,
            remark="",
        )
        for row in rows
    ]


def settled_problems(visit: Visit) -> list[RecordedProblem]:
    """Return what was not met and is no hazard, with the reason that was given."""
    with_hazard = visit.findings.exclude(item=None).values("item")
    rows = visit.answers.filter(result=Result.FAIL).exclude(item__in=with_hazard).select_related("item")
    return [
        RecordedProblem(
            text=row.note or row.item.content, place="", basis="", is_major=False, remark=row.reason
        )
        for row in rows
    ]


def signed(row: Signature) -> Signed:
    """Return one signature of the inspected side."""
    return Signed(row.name, row.title, row.refused_reason, row.witness)


def build_record(facts: InspectionRecordFacts, stamp: Stamp) -> list[Block]:
    """Lay the record out."""
    return [
        Agency(facts.agency),
        Title("现场检查记录"),
        Number(stamp.number),
        Party(facts.party),
        Paragraph(f"被检查单位：{facts.party}（统一社会信用代码：{facts.uscc}）。"),
        Paragraph(f"地址：{facts.address}。主要负责人：{facts.principal}。"),
        Paragraph(f"检查性质：{facts.kind}。检查时间：{facts.begun}至{facts.ended}。"),
        Paragraph(opening(facts)),
        Paragraph(scope(facts)),
        *findings(facts),
        *([Paragraph(f"检查情况：{full_stop(facts.summary)}")] if facts.summary else []),
        *([Paragraph("本记录系离开现场后补录。")] if facts.backfilled else []),
        Signatures((*officer_lines(facts), *party_lines(facts))),
        Seal(facts.agency, facts.date),
        Copies("本记录一式两份：一份由检查机关存档，一份交被检查单位。"),
    ]


def opening(facts: InspectionRecordFacts) -> str:
    """Write who inspected and that certificates were shown (APL 55, AWSL 67)."""
    people = "、".join(f"{one.name}（执法证号：{one.certificate}）" for one in facts.officers)
    helpers = f"协助人员：{'、'.join(facts.helpers)}。" if facts.helpers else ""
    return f"检查人员{people}到达现场，出示行政执法证件，向被检查单位说明检查内容。{helpers}"


def scope(facts: InspectionRecordFacts) -> str:
    """Write what was looked at."""
    lists = "、".join(f"《{title}》" for title in facts.checklists)
    if not facts.asked:
        return "本次为现场巡视检查，未使用检查表。"
    left = facts.asked - facts.checked
    rest = f"，其余{left}项本次未检查" if left else ""
    return f"检查依据{lists or '检查表'}，共{facts.asked}项，实际检查{facts.checked}项{rest}。"


def findings(facts: InspectionRecordFacts) -> list[Block]:
    """Write what was found, or that nothing was."""
    if facts.nothing_found:
        return [Paragraph("经检查，未发现问题。")]
    return [
        Paragraph("经检查，发现下列问题："),
        Items(tuple(item_of(problem) for problem in facts.problems)),
    ]


def item_of(problem: RecordedProblem) -> Item:
    """Write one problem with what belongs to it."""
    place = f"{problem.place}：" if problem.place else ""
    grade = "涉嫌重大事故隐患。" if problem.is_major else ""
    notes = []
    if problem.basis:
        notes.append(f"依据：{full_stop(problem.basis)}")
    if problem.remark:
        notes.append(f"处理：{full_stop(problem.remark)}")
    return Item(f"{place}{full_stop(problem.text)}{grade}", tuple(notes))


def full_stop(text: str) -> str:
    """Return the text with one full stop."""
    return f"{text.rstrip('。；;. ')}。"


def officer_lines(facts: InspectionRecordFacts) -> list[tuple[tuple[str, str], ...]]:
    """Return the lines on which the officers sign."""
    return [(("检查人员（签名）", ""), ("姓名", one.name)) for one in facts.officers]


def party_lines(facts: InspectionRecordFacts) -> list[tuple[tuple[str, str], ...]]:
    """Return the lines of the inspected side; a refusal stands with its witness."""
    lines: list[tuple[tuple[str, str], ...]] = []
    for one in facts.signed:
        if one.refused:
            lines.append((("拒绝签名", f"{one.name}：{one.refused}"), ("见证人", one.witness)))
        else:
            lines.append((("被检查单位现场负责人（签名）", ""), ("姓名", f"{one.name} {one.title}".strip())))
    return lines or [(("被检查单位现场负责人（签名）", ""), ("日期", ""))]


KINDS = [DocumentKind(RECORD, "现场检查记录", "检记", InspectionRecordFacts, build_record)]
