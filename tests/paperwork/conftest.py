"""A small kind of document, so that the room is tested without a domain app's."""

from dataclasses import dataclass

import pytest
from django.utils import translation

from paperwork.blocks import (
    Agency,
    Block,
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
from paperwork.kinds import registry
from paperwork.models import IssuedDocument
from paperwork.services import issue


@dataclass(frozen=True)
class Line:
    """One line of the letter."""

    text: str
    basis: str


@dataclass(frozen=True)
class LetterFacts:
    """All that the letter may say."""

    agency: str
    party: str
    lines: tuple[Line, ...]
    date: str


LETTER = LetterFacts("广饶县应急管理局", "甲公司", (Line("门锁坏了", "第一条"),), "2026年3月10日")


def build_letter(facts: LetterFacts, stamp: Stamp) -> list[Block]:
    """Lay the letter out."""
    return [
        Agency(facts.agency),
        Title("提示函"),
        Number(stamp.number),
        Party(facts.party),
        Items(tuple(Item(line.text, (line.basis,)) for line in facts.lines)),
        Paragraph("特此提示。"),
        Signatures(((("经办人", ""), ("日期", "")),)),
        Seal(facts.agency, facts.date),
    ]


LETTER_KIND = DocumentKind("tests.letter", "提示函", "提示", LetterFacts, build_letter)


@pytest.fixture(autouse=True)
def letter_kind(monkeypatch):
    """The letter is known for the time of a test."""
    monkeypatch.setitem(registry(), LETTER_KIND.code, LETTER_KIND)


@pytest.fixture(autouse=True)
def english():
    """The source strings, whatever their translation is."""
    with translation.override("en"):
        yield


@pytest.fixture
def write(people, enterprise, at):
    """Issue a letter to the enterprise as the county."""

    def _write(facts=LETTER, *, by=people.county, target=enterprise, **more) -> IssuedDocument:
        organisation = more.pop("organisation", by.organisation)
        moment = more.pop("at", at)
        return issue("tests.letter", target, facts, by=by, at=moment, organisation=organisation, **more)

    return _write


def chinese(text: str) -> str:
    """What the page of a person who reads Chinese says for a source string."""
    with translation.override("zh-hans"):
        return translation.gettext(text)
