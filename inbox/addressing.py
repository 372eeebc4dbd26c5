"""Whom a notice reaches, and the rows that reach them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from inbox.keys import person_key, phone_key
from inbox.models import Channel, Delivery, Message, Preference
from inbox.notices import Notice, Phone
from inbox.sms.policy import expires_at
from inbox.wording import Templates, Words, written


@dataclass
class Sheet:
    """What one run of the dispatcher shares: the moment, and the administrators' wordings."""

    at: dt.datetime
    own: Templates = field(default_factory=dict)


def write(notice: Notice, fact: Any, sheet: Sheet) -> None:
    """Write the rows of one notice of one event; rows that exist already stay as they are."""
    values = notice.values(fact.target, fact.row)
    people, phones = _receivers(notice.audience(fact.target, fact.row))
    letters = _Letters(notice, fact, sheet, values)
    Message.objects.bulk_create([letters.message(user) for user in people], ignore_conflicts=True)
    if notice.sms:
        wanted = people if notice.urgent else _without_refusals(people, notice.wording.code)
        deliveries = [letters.sms_to_user(user) for user in wanted if user.phone]
        deliveries += [letters.sms_to_phone(phone) for phone in phones]
        Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)


def _receivers(audience: Iterable[Any]) -> tuple[list[Any], list[Phone]]:
    """People and bare numbers, each once; closed accounts and empty numbers left out."""
    people, phones = {}, {}
    for receiver in audience:
        if isinstance(receiver, Phone):
            if receiver.number:
                phones[receiver.number] = receiver
        elif receiver is not None and receiver.is_active:
            people[receiver.pk] = receiver
    known = {user.phone for user in people.values()}
    return list(people.values()), [phone for number, phone in phones.items() if number not in known]


def _without_refusals(people: list[Any], code: str) -> list[Any]:
    refused = set(
        Preference.objects.filter(user__in=people, code=code, sms=False).values_list("user_id", flat=True)
    )
    return [user for user in people if user.pk not in refused]


class _Letters:
    """Makes the rows of one notice of one event; each language is written once."""

    def __init__(self, notice: Notice, fact: Any, sheet: Sheet, values: Mapping[str, Any]) -> None:
        self.notice, self.fact, self.sheet, self.values = notice, fact, sheet, values
        self.url = notice.url(fact.target) if notice.url else ""
        self._written: dict[str, Words] = {}

    def words(self, language: str) -> Words:
        if language not in self._written:
            self._written[language] = written(
                self.notice.wording, self.values, language=language, own=self.sheet.own
            )
        return self._written[language]

    def key(self, recipient: str, channel: str) -> str:
        return f"{self.fact.source}:{self.fact.row.pk}:{self.notice.name}:{recipient}:{channel}"

    def message(self, user: Any) -> Message:
        words = self.words(user.language)
        return Message(
            key=self.key(person_key(user), Channel.APP),
            user=user,
            code=self.notice.wording.code,
            title=words.title,
            body=words.body,
            url=self.url,
            at=self.sheet.at,
        )

    def sms_to_user(self, user: Any) -> Delivery:
        delivery = self._sms(person_key(user), user.phone, self.words(user.language))
        delivery.user, delivery.recipient_name = user, str(user)
        return delivery

    def sms_to_phone(self, phone: Phone) -> Delivery:
        delivery = self._sms(phone_key(phone.number), phone.number, self.words(settings.LANGUAGE_CODE))
        delivery.recipient_name = phone.name
        return delivery

    def _sms(self, recipient: str, number: str, words: Words) -> Delivery:
        return Delivery(
            key=self.key(recipient, Channel.SMS),
            region_id=getattr(self.fact.target, "region_id", None),
            recipient=recipient,
            phone=number,
            template_code=self.notice.wording.code,
            text=words.sms,
            fields=words.values,
            is_urgent=self.notice.urgent,
            at=self.sheet.at,
            next_try_at=self.sheet.at,
            expires_at=expires_at(self.sheet.at),
        )
