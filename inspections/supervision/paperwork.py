"""The notice to a government body to put right what a supervision found (督导检查整改通知书). Chinese only.

It is a paper between government bodies, no administrative penalty or order to a party: no remedies are named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from inspections.models import GovernmentOrder
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

NOTICE = "inspections.government_order"


@dataclass(frozen=True)
class GovernmentProblem:
    """One problem as the notice states it."""

    text: str
    basis: str
    requirement: str


@dataclass(frozen=True)
class GovernmentOrderFacts:
    """All that the notice may say."""

    agency: str
    body: str
    visited: str
    occasion: str
    checklists: tuple[str, ...]
    problems: tuple[GovernmentProblem, ...]
    hazards: int
    requirements: str
    due: str
    date: str


def in_chinese(day: date) -> str:
    """Write a day as documents do."""
    return f"{day.year}年{day.month}月{day.day}日"


def local_day(moment: datetime | None) -> str:
    """Write the day of a moment as documents do; nothing for none."""
    return in_chinese(localdate(moment)) if moment else ""


def order_facts(order: GovernmentOrder) -> GovernmentOrderFacts:
    """Gather the facts of the notice from the visit and its findings."""
    visit = order.visit
    return GovernmentOrderFacts(
        agency=visit.organisation.name if visit.organisation else "",
        body=visit.body.name if visit.body else "",
        visited=local_day(visit.started_at),
        occasion=visit.occasion,
        checklists=tuple(edition.checklist.title for edition in visit.editions.select_related("checklist")),
        problems=tuple(
            GovernmentProblem(found.text, found.basis, found.requirement)
            for found in visit.government_findings.order_by("pk")
        ),
        hazards=visit.hazard_count,
        requirements=order.requirements,
        due=in_chinese(order.due_on),
        date=local_day(order.issued_at),
    )


def build_notice(facts: GovernmentOrderFacts, stamp: Stamp) -> list[Block]:
    """Lay the notice out."""
    return [
        Agency(facts.agency),
        Title("督导检查整改通知书"),
        Number(stamp.number),
        Party(facts.body),
        Paragraph(opening(facts)),
        Items(tuple(item_of(problem) for problem in facts.problems)),
        *([Paragraph(hazards_line(facts.hazards))] if facts.hazards else []),
        Paragraph(f"整改要求：{full_stop(facts.requirements)}"),
        Paragraph(
            f"请你单位逐项明确责任人和整改措施，于{facts.due}前完成整改，并通过本平台逐项反馈整改情况，附佐证材料。"
            "我单位将对整改情况进行审核，必要时组织复查。"
        ),
        Seal(facts.agency, facts.date),
        Copies("本通知书一式两份：一份由发出机关存档，一份送被督导单位。"),
    ]


def opening(facts: GovernmentOrderFacts) -> str:
    """Write when the body was looked at, why and with what."""
    why = f"（{facts.occasion}）" if facts.occasion else ""
    lists = "、".join(f"《{title}》" for title in facts.checklists)
    by_what = f"，对照{lists}" if lists else ""
    return f"{facts.visited}，我单位对你单位安全生产监管工作开展督导检查{why}{by_what}，发现下列问题："


def hazards_line(count: int) -> str:
    """Write that hazards at enterprises stand elsewhere."""
    return f"督导中在企业现场发现的{count}项事故隐患已另行登记，由你单位督促企业按期整改。"


def item_of(problem: GovernmentProblem) -> Item:
    """Write one problem with its basis and what is asked."""
    notes = []
    if problem.basis:
        notes.append(f"依据：{full_stop(problem.basis)}")
    if problem.requirement:
        notes.append(f"要求：{full_stop(problem.requirement)}")
    return Item(full_stop(problem.text), tuple(notes))


def full_stop(text: str) -> str:
    """Return the text with one full stop."""
    return f"{text.rstrip('。；;. ')}。"


KINDS = [DocumentKind(NOTICE, "督导检查整改通知书", "督改", GovernmentOrderFacts, build_notice)]
