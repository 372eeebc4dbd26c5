"""Reading a law from a Markdown file: headings 第…编/章/节, paragraphs 第…条. No database here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rulebook.numerals import to_int

NUMERAL = r"[零〇○一二三四五六七八九十百千万两\d]+"
HEADING = re.compile(r"^(#+)\s*(.+?)\s*#*$")
DIVISION = re.compile(rf"^第({NUMERAL})(分编|编|章|节)[\s　]*(.*)$")
# The number must stand apart from the text: “第三十条第二款规定的……” opens a paragraph, not an article.
ARTICLE = re.compile(rf"^(?:#+\s*)?(?:\*\*)?第({NUMERAL})条(?:之({NUMERAL}))?(?:\*\*)?(?:[\s　]+(.*))?$")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Spaces that a typesetter put between two Chinese signs: “总　则”.
SPREAD = re.compile(r"(?<=[\u4e00-\u9fff])[\s　]+(?=[\u4e00-\u9fff])")


class NotALaw(ValueError):
    """The file has no article, or its articles run backwards."""


@dataclass
class ParsedArticle:
    """One article as the file has it."""

    number: int
    branch: int
    label: str
    part: str = ""
    chapter: str = ""
    section: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.lines)

    @property
    def key(self) -> tuple[int, int]:
        """Number and branch, in the order of the law."""
        return (self.number, self.branch)


@dataclass
class ParsedLaw:
    """A law as the file has it; ``history`` stands before the first article, ``outside`` belongs to none."""

    title: str = ""
    history: list[str] = field(default_factory=list)
    articles: list[ParsedArticle] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[int]:
        """Numbers that the file skips, for a person to look at."""
        numbers = {article.number for article in self.articles}
        return sorted(set(range(1, max(numbers) + 1)) - numbers)


def parse_law(markdown: str) -> ParsedLaw:
    """Read a law; one without articles is refused."""
    reader = _Reader()
    for line in COMMENT.sub("", markdown.lstrip("\ufeff")).splitlines():
        if stripped := line.strip(" \t\u3000\r"):
            reader.take(stripped)
    if not reader.law.articles:
        raise NotALaw("No article (第…条) was found.")
    return reader.law


class _Reader:
    """Where the reading stands: the headings above, and the article being read."""

    def __init__(self) -> None:
        self.law = ParsedLaw()
        self.places = {"part": "", "chapter": "", "section": ""}
        self.article: ParsedArticle | None = None

    def take(self, line: str) -> None:
        if (match := ARTICLE.match(line)) and self._begins_an_article(match):
            return
        if (match := HEADING.match(line)) is None:
            self._text(line)
        elif not self._enters_a_division(match[2]):
            self._other_heading(match)

    def _begins_an_article(self, match: re.Match[str]) -> bool:
        number, branch = to_int(match[1]), to_int(match[2]) if match[2] else 0
        if self.law.articles and (number, branch) <= self.law.articles[-1].key:
            return False
        label = f"第{match[1]}条" + (f"之{match[2]}" if match[2] else "")
        self.article = ParsedArticle(number, branch, label, **self.places)
        if match[3]:
            self.article.lines.append(match[3].strip())
        self.law.articles.append(self.article)
        return True

    def _enters_a_division(self, heading: str) -> bool:
        match = DIVISION.match(heading)
        if match is None:
            return False
        kind = {"编": "part", "分编": "part", "章": "chapter", "节": "section"}[match[2]]
        names = list(self.places)
        for below in names[names.index(kind) :]:
            self.places[below] = ""
        self.places[kind] = f"第{match[1]}{match[2]} {SPREAD.sub('', match[3])}".strip()
        self.article = None
        return True

    def _other_heading(self, match: re.Match[str]) -> None:
        if not self.law.title and not self.law.articles:
            self.law.title = SPREAD.sub("", match[2])
            return
        # An annex or the like: what follows belongs to no article.
        self.article = None
        self.law.outside.append(match[2])

    def _text(self, line: str) -> None:
        if self.article is not None:
            self.article.lines.append(line)
        elif self.law.articles:
            self.law.outside.append(line)
        else:
            self.law.history.append(line)
