"""Reading one cell: each parser takes what the file holds and returns the text that the database takes.

They run a million times in an import, so the usual case comes first and everything rare behind one test.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Choices
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from listings.importing.spec import Parse, Run

Builder = Callable[[Run], Parse]
# What people write where there is nothing to write.
NOTHING = frozenset({"", "-", "—", "－", "/", "\\", "N/A", "n/a"})
# A text that begins so is a formula to a spreadsheet program.
FORMULA_SIGNS = ("=", "+", "-", "@")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d\u20e3]")
UNUSUAL = re.compile(f"{CONTROL.pattern}|{PICTURES.pattern}|[\t\n ]{{2}}|[\t\n]")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+00:00(?::00)?)?")
MOMENT = re.compile(r"(?P<day>.+?)[T\s]\s*(?P<hour>\d{1,2})\s*[:：时]\s*(?P<minute>\d{1,2})(?:分|:00)?")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
FIRST_DAY = date(1800, 1, 1)
YES = {"是": "t", "有": "t", "true": "t", "1": "t", "y": "t", "yes": "t"}
NO = {"否": "f", "无": "f", "false": "f", "0": "f", "n": "f", "no": "f"}
SEPARATORS = re.compile(r"[、,，;；\s]+")


def written(raw: Any) -> str:
    """Return the cell as a person reads it: numbers without the .0 that table files give them."""
    if isinstance(raw, str):
        return raw.strip()
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime) and not (raw.hour or raw.minute or raw.second):
        return raw.date().isoformat()
    return "" if raw is None else str(raw)


def refuse_pictures(text: str) -> str:
    """Refuse emoji and the like, which documents cannot print."""
    if found := PICTURES.search(text):
        raise ValidationError(
            _("“%(sign)s” is a picture; write it in characters."), params={"sign": found[0]}, code="picture"
        )
    return text


def clean_text(raw: Any, *, limit: int, lines: bool = False) -> str | None:
    """Return the text of a cell in order, or None; raises ValidationError for what no text may hold."""
    text = raw.strip() if raw.__class__ is str else written(raw)
    if text in NOTHING:
        return None
    if UNUSUAL.search(text):
        text = tidy(text, lines=lines)
    if text[0] in FORMULA_SIGNS:
        raise ValidationError(
            _("Begins with “%(sign)s”, like a formula. Write the value itself."), params={"sign": text[0]}
        )
    if len(text) > limit:
        raise ValidationError(
            _("%(n)d characters; at most %(limit)d fit."), params={"n": len(text), "limit": limit}
        )
    return text


def tidy(text: str, *, lines: bool) -> str:
    """Refuse control characters and pictures; collapse white space, line breaks only where they have no place."""
    if CONTROL.search(text.replace("\r\n", "\n")):
        raise ValidationError(_("Holds a character that cannot be read."))
    refuse_pictures(text)
    return (
        "\n".join(" ".join(line.split()) for line in text.splitlines()) if lines else " ".join(text.split())
    )


def text(limit: int, *, lines: bool = False) -> Builder:
    """Any text up to a length."""

    def parse(raw: Any) -> str | None:
        return clean_text(raw, limit=limit, lines=lines)

    return lambda run: parse


def checked(clean: Callable[[str], str], limit: int = 60) -> Builder:
    """A text that a function of the app judges, such as a code or a telephone number."""

    def parse(raw: Any) -> str | None:
        words = raw.strip() if raw.__class__ is str else written(raw)
        if words in NOTHING:
            return None
        if len(words) > limit or words[0] in "=@":
            return clean_text(words, limit=limit)
        return clean(words)

    return lambda run: parse


def whole(limit: int) -> Builder:
    """A whole number from nought."""

    def parse(raw: Any) -> str | None:
        words = written(raw).replace(",", "")
        if words in NOTHING:
            return None
        if not words.isdecimal():
            raise ValidationError(_("A whole number is needed, such as 120."))
        if len(words) > 12 or int(words) > limit:
            raise ValidationError(_("At most %(limit)d."), params={"limit": limit})
        return str(int(words))

    return lambda run: parse


def amount(
    digits: int, places: int, *, lowest: Decimal = Decimal(0), highest: Decimal | None = None
) -> Builder:
    """A number with decimals; more of them than are kept are rounded."""
    top = highest if highest is not None else Decimal(10) ** (digits - places) - 1
    unit = Decimal(1).scaleb(-places)

    def parse(raw: Any) -> str | None:
        words = written(raw).replace(",", "")
        if words in NOTHING:
            return None
        try:
            number = Decimal(words)
        except InvalidOperation:
            raise ValidationError(_("A number is needed, such as 500.5.")) from None
        if not number.is_finite() or not lowest <= number <= top:
            raise ValidationError(
                _("A number from %(low)s to %(high)s."), params={"low": f"{lowest:f}", "high": f"{top:f}"}
            )
        return f"{number.quantize(unit):f}"

    return lambda run: parse


def day(*, past: bool = True) -> Builder:
    """A day as a date cell or as people write it; with `past`, none after today."""

    def build(run: Run) -> Parse:
        def parse(raw: Any) -> str | None:
            found = raw.date() if isinstance(raw, datetime) else raw
            if not isinstance(found, date):
                words = written(raw)
                if words in NOTHING:
                    return None
                found = day_of(words)
            if past and found > run.today:
                raise ValidationError(
                    _("Later than today (%(today)s)."), params={"today": run.today.isoformat()}
                )
            if found < FIRST_DAY:
                raise ValidationError(_("Before 1800: check the year."))
            return found.isoformat()

        return parse

    return build


def moment() -> Builder:
    """A moment as a date cell or as people write it, by the clock on the wall."""

    def parse(raw: Any) -> str | None:
        found = raw
        if not isinstance(found, datetime):
            words = written(raw)
            if words in NOTHING:
                return None
            found = moment_of(words)
        if found.date() < FIRST_DAY:
            raise ValidationError(_("Before 1800: check the year."))
        return make_aware(found).isoformat()

    return lambda run: parse


def moment_of(words: str) -> datetime:
    """Return the moment that a text names: a day, and an hour with its minute."""
    found = MOMENT.fullmatch(words)
    if not found:
        raise ValidationError(_("Write the moment as 2026-03-10 08:30."))
    try:
        return datetime.combine(day_of(found["day"]), time(int(found["hour"]), int(found["minute"])))
    except ValueError:
        raise ValidationError(_("There is no such hour: %(text)s."), params={"text": words}) from None


def day_of(words: str) -> date:
    """Return the day that a text names."""
    if found := DAY.fullmatch(words) or COMPACT_DAY.fullmatch(words):
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            raise ValidationError(_("There is no such day: %(text)s."), params={"text": words}) from None
    raise ValidationError(_("Write the day as 2026-03-10."))


def chinese_labels(choices: type[Choices]) -> list[str]:
    """Return the words of the choices as the file writes them."""
    with override("zh-hans"):
        return [str(label) for label in choices.labels]


def known_words(choices: type[Choices]) -> dict[str, str]:
    """Return every way to write a choice: the Chinese and the English word, and the stored one."""
    words = {str(value): str(value) for value in choices.values}
    for language in ("en", "zh-hans"):
        with override(language):
            words.update({str(label): str(value) for value, label in choices.choices})
    return words


def choice(choices: type[Choices]) -> Builder:
    """One of fixed words."""

    def build(run: Run) -> Parse:
        words = known_words(choices)
        offered = "、".join(chinese_labels(choices))

        def parse(raw: Any) -> str | None:
            wanted = written(raw)
            if wanted in NOTHING:
                return None
            if wanted not in words:
                raise ValidationError(_("Not one of: %(words)s."), params={"words": offered})
            return words[wanted]

        return parse

    return build


def many(choices: type[Choices]) -> Builder:
    """Several of fixed words, as the literal of a text array."""

    def build(run: Run) -> Parse:
        one = choice(choices)(run)

        def parse(raw: Any) -> str | None:
            parts = [part for part in SEPARATORS.split(written(raw)) if part not in NOTHING]
            found = dict.fromkeys(one(part) for part in parts)
            return "{" + ",".join(found) + "}" if found else None

        return parse

    return build


def yes_no() -> Builder:
    """Yes or no."""

    def parse(raw: Any) -> str | None:
        words = written(raw).lower()
        if words in NOTHING:
            return None
        if words in YES or words in NO:
            return YES.get(words) or NO[words]
        raise ValidationError(_("Write 是 or 否."))

    return lambda run: parse
