"""What every provider of text messages offers, and which one this installation uses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from inbox.models import Delivery


class Result(StrEnum):
    """What became of an attempt."""

    SENT = "sent"  # The provider has it.
    RETRY = "retry"  # The provider certainly does not have it; a later attempt may succeed.
    FAILED = "failed"  # The provider refused it for good.
    UNKNOWN = "unknown"  # The answer was lost: it may or may not have been sent.


@dataclass(frozen=True)
class Outcome:
    """The answer of a provider, or what is known of it."""

    result: Result
    provider_id: str = ""
    error: str = ""


class SmsBackend(Protocol):
    """A provider. Both methods take the row as it is; neither writes to the database."""

    def send(self, delivery: Delivery) -> Outcome:
        """Hand the message over under `delivery.provider_key`, which a good provider never sends twice."""

    def ask(self, delivery: Delivery) -> Outcome:
        """Say what became of an attempt whose answer was lost.

        `RETRY` is the statement that the provider does not have it; in doubt the answer is `UNKNOWN`.
        """


def backend() -> SmsBackend:
    """Return a new instance of the provider named in `SMS_BACKEND`."""
    return import_string(settings.SMS_BACKEND)()
