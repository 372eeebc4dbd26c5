"""References to the law as people write them: `AWSL:41`, `《安全生产法》第四十一条第二款`, `GB30871:5.2`."""

import re
from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import ValidationError
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from inspections.choices import ReferenceRole
from inspections.models import ItemReference
from rulebook.models import Law
from rulebook.numerals import to_int

SEPARATOR = re.compile(r"[;；\n]+")
NAMED = re.compile(r"《(?P<title>[^》]+)》\s*(?P<place>.*)")
BY_CODE = re.compile(r"(?P<code>[A-Z][A-Z0-9-]*)\s*[:：]\s*(?P<place>.*)")
# Standards are cited by clause, laws by article.
STANDARD = re.compile(r"(GB|AQ|HG|SH|SY|JGJ|TSG|XF/T)\d")
NUMERAL = "[〇零一二三四五六七八九十百千两]+"
ARTICLE = re.compile(rf"第(?P<number>{NUMERAL}|\d+)条(?:之(?P<branch>{NUMERAL}))?(?P<rest>.*)")
PLAIN = re.compile(r"(?P<number>\d+)(?:-(?P<branch>\d+))?(?P<rest>\D.*)?")
MOST_ARTICLES = 9999
LONGEST_CLAUSE = 40
# The articles of a law in all their texts, as `41-0`; empty where its text is not loaded.
ARTICLES = ArrayAgg(
    Concat(Cast("articles__number", CharField()), Value("-"), Cast("articles__branch", CharField())),
    filter=Q(articles__isnull=False),
    distinct=True,
    default=[],
)


def laws_by_name() -> dict[str, Law]:
    """Return every law under its short name, its title and its full title, with its `known_articles`."""
    found: dict[str, Law] = {}
    for law in Law.objects.annotate(known_articles=ARTICLES):
        for name in (law.full_title, law.title, law.short_id):
            if name:
                found[name] = law
    return found


def read(text: str, role: str, laws: dict[str, Law] | None = None) -> list[ItemReference]:
    """Return the references that a text names, each once; raises ValidationError with a sentence about the first unknown."""
    known = laws_by_name() if laws is None else laws
    made = {}
    for part in SEPARATOR.split(text):
        if part := part.strip():
            reference = read_one(part, role, known)
            made[(reference.law_id, reference.number, reference.branch, reference.clause)] = reference
    return list(made.values())


def read_one(text: str, role: str, laws: dict[str, Law]) -> ItemReference:
    """Return one reference; raises ValidationError."""
    found = NAMED.fullmatch(text) or BY_CODE.fullmatch(text)
    name = found.groupdict().get("title") or found["code"] if found else text
    law = laws.get(name)
    if law is None:
        raise ValidationError(
            _("The rulebook has no law “%(name)s”. Write it as AWSL:41 or 《安全生产法》第四十一条."),
            params={"name": name[:40]},
        )
    number, branch, clause = place_of(found["place"].strip() if found else "", law)
    return ItemReference(role=role, law=law, number=number, branch=branch, clause=clause)


def place_of(text: str, law: Law) -> tuple[int | None, int, str]:
    """Return article, inserted article and the words after it; a standard has clauses only.

    Raises ValidationError for a number that no article has. A law whose text is not loaded may be cited all the same.
    """
    found = None if STANDARD.match(law.short_id) else ARTICLE.fullmatch(text) or PLAIN.fullmatch(text)
    if found is None:
        return None, 0, text[:LONGEST_CLAUSE]
    try:
        number, branch = to_int(found["number"]), to_int(found["branch"] or "0")
    except ValueError:
        number, branch = 0, 0
    if not 0 < number <= MOST_ARTICLES or branch > MOST_ARTICLES:
        raise ValidationError(
            _("No law has an article “%(place)s”."), params={"place": text[:LONGEST_CLAUSE]}
        )
    known = getattr(law, "known_articles", ())
    if known and f"{number}-{branch}" not in known:
        words = {"law": str(law), "place": text[:LONGEST_CLAUSE]}
        raise ValidationError(_("%(law)s has no article “%(place)s”."), params=words)
    return number, branch, (found["rest"] or "")[:LONGEST_CLAUSE]


def written(references: Iterable[ItemReference], role: str) -> str:
    """Write the references of one role as they may be read again, one on each line."""
    return "\n".join(str(reference) for reference in references if reference.role == role)


def copies(references: Iterable[ItemReference]) -> list[ItemReference]:
    """Return the same references for another item."""
    return [
        ItemReference(
            role=each.role, law_id=each.law_id, number=each.number, branch=each.branch, clause=each.clause
        )
        for each in references
    ]


def has_basis(references: Iterable[ItemReference]) -> bool:
    """Say whether one of them is the basis: what no law asks for is not checked."""
    return any(reference.role == ReferenceRole.BASIS for reference in references)
