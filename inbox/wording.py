"""From a notice and its values to the words a person reads."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from accounts.masking import mask_id_no, mask_phone
from inbox.models import Channel, MessageTemplate
from inbox.notices import Wording

# One SMS carries 70 characters of Chinese; a longer one is cut into parts of 67 and paid by the part.
SMS_CHARACTERS = 70
SMS_PART_CHARACTERS = 67
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ID_NO = re.compile(
    r"(?<![0-9A-Za-z])[1-6]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])"
)

Templates = Mapping[tuple[str, str], MessageTemplate]


@dataclass(frozen=True)
class Words:
    """A message ready to be kept: title and text of the page, text of the SMS, the values used."""

    title: str
    body: str
    sms: str
    values: dict[str, str]


def templates() -> dict[tuple[str, str], MessageTemplate]:
    """Return all wordings of administrators in one query, by notice and channel."""
    return {(row.code, row.channel): row for row in MessageTemplate.objects.filter(is_active=True)}


def written(wording: Wording, values: Mapping[str, Any], *, language: str, own: Templates) -> Words:
    """Fill the wording with the values, in the receiver's language; a missing value raises KeyError."""
    with translation.override(language or settings.LANGUAGE_CODE):
        plain = {name: plain_value(values[name]) for name in wording.fields}
        app, sms = own.get((wording.code, Channel.APP)), own.get((wording.code, Channel.SMS))
        title = (app and app.title) or str(wording.title)
        body = (app and app.text) or str(wording.body)
        short = (sms and sms.text) or str(wording.sms) or body or title
        return Words(
            title=title.format(**plain)[:200],
            body=body.format(**plain),
            sms=short.format(**plain)[:500],
            values=plain,
        )


def plain_value(value: Any) -> str:
    """Return the value as words: dates short and local, numbers of persons masked, nothing multi-line."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    text = " ".join(str("" if value is None else value).split())
    text = _ID_NO.sub(lambda found: mask_id_no(found.group()), text)
    return _MOBILE.sub(lambda found: mask_phone(found.group()), text)


def sms_parts(text: str) -> int:
    """Return how many messages the provider counts for this text."""
    if len(text) <= SMS_CHARACTERS:
        return 1
    return -(-len(text) // SMS_PART_CHARACTERS)


def example(wording: Wording, text: str) -> str:
    """Return the text filled with the examples of its fields, to be looked at before it is used."""
    return text.format(**wording.fields)
