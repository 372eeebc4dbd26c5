"""The user guide of `docs/guide` as a page of the product: the part of one's own posts first, then the others."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

FOLDER = Path(settings.BASE_DIR) / "docs" / "guide"
EVERYONE, VISITOR = "all", "public"
HEADING = re.compile(r"##\s+(?P<title>.+?)\s*<!--\s*(?P<roles>[a-z ]+?)\s*-->")
ITEM = re.compile(r"(?P<mark>-|\d+\.)\s+(?P<text>.+)")
WORDS = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"`(.+?)`"), r"<code>\1</code>"),
)


@dataclass
class Block:
    """A paragraph (`p`) or a list (`ol`, `ul`) with its lines, ready to be shown."""

    kind: str
    lines: list[SafeString]


@dataclass
class Section:
    """What the guide says to some roles."""

    title: str
    roles: frozenset[str]
    blocks: list[Block] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """The id of its heading: the same in both languages."""
        return "-".join(sorted(self.roles))


def words(text: str) -> SafeString:
    """Return a line as HTML: everything escaped, then bold and code marked."""
    shown = str(escape(text))
    for pattern, tag in WORDS:
        shown = pattern.sub(tag, shown)
    return mark_safe(shown)  # noqa: S308 - escaped above; the two tags are ours


def parse(text: str) -> list[Section]:
    """Return the sections of a guide; what stands before the first heading is left to the page."""
    sections: list[Section] = []
    for line in text.splitlines():
        heading = HEADING.fullmatch(line.strip())
        if heading:
            sections.append(Section(heading["title"], frozenset(heading["roles"].split())))
        elif sections and line.strip():
            add(sections[-1].blocks, line.strip())
    return sections


def add(blocks: list[Block], line: str) -> None:
    """Put a line into the block it belongs to."""
    item = ITEM.fullmatch(line)
    kind = "p" if not item else "ul" if item["mark"] == "-" else "ol"
    text = words(item["text"] if item else line)
    if kind != "p" and blocks and blocks[-1].kind == kind:
        blocks[-1].lines.append(text)
    else:
        blocks.append(Block(kind, [text]))


@cache
def guide(language: str) -> tuple[Section, ...]:
    """Return the guide in a language, read once."""
    return tuple(parse((FOLDER / f"{language}.md").read_text(encoding="utf-8")))


def ordered(sections: tuple[Section, ...], roles: frozenset[str]) -> tuple[list[Section], list[Section]]:
    """Return the sections for these roles with the one for everybody, and the rest."""
    own = [each for each in sections if each.roles & roles]
    common = [each for each in sections if EVERYONE in each.roles and roles != {VISITOR}]
    mine = own + common
    return mine, [each for each in sections if each not in mine]


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show the guide to anyone: it holds no record of anybody."""
    signed_in = request.user.is_authenticated
    roles = frozenset(post.role for post in request.user.posts) if signed_in else frozenset({VISITOR})
    language = "en" if get_language() == "en" else "zh-hans"
    mine, others = ordered(guide(language), roles)
    layout = "layouts/app.html" if signed_in else "layouts/plain.html"
    return render(request, "help.html", {"layout": layout, "mine": mine, "others": others})
