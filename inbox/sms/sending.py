"""The way of a text message: waiting, being sent, then sent, failed, too late or uncertain.

Never twice. A worker may be killed between the provider's "accepted" and our commit, and the network may
lose the answer. So the row is first claimed: it becomes `sending` in a transaction of its own, committed
before the provider is called, and the provider is handed the row's unique key. A row found in `sending` long
after its claim is never simply sent again. The provider is asked what became of it: if it has the message,
the row is `sent`; if it certainly has not, the row waits for the next try; if it cannot say, the row becomes
`unknown` and stays so until an administrator, who sees it in the SMS log, decides to send it again. A lost
message is seen; a doubled one costs trust.
"""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial

from django.db import connection, transaction
from django.db.models import Q

from inbox.models import Delivery, DeliveryState
from inbox.signals import delivery_failed
from inbox.sms.backends import Outcome, Result, SmsBackend, backend
from inbox.sms.policy import Act, Policy, day_start, policy, verdict

logger = logging.getLogger(__name__)
BATCH = 200
MOST_AT_ONCE = 100
# Claims are made one after another, so that two workers cannot both use the last message under a cap.
CLAIM_LOCK = 0x5357_0001
STUCK_AFTER = dt.timedelta(minutes=5)
# An uncertain message is asked about this long; reports of providers come in within hours.
ASK_FOR = dt.timedelta(hours=24)
USED_STATES = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


def send_due(*, at: dt.datetime, provider: SmsBackend | None = None, limit: int = BATCH) -> int:
    """Settle what a dead worker left, then send what may go out now; return how many were handed over."""
    provider = provider or backend()
    recover(at=at, provider=provider)
    handed_over = 0
    for _turn in range(limit):
        delivery = claim(at=at)
        if delivery is None:
            break
        settle(delivery, _attempt(provider, delivery), at=at)
        handed_over += 1
    return handed_over


def claim(*, at: dt.datetime) -> Delivery | None:
    """Mark the next message that may go out as being sent, and commit; None when there is none."""
    limits = policy()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])
        # Mostly the first may go out; what is put off instead is no candidate any more, so the next come up.
        size = 1
        while waiting := list(_candidates(at)[:size]):
            for delivery in waiting:
                if _take(delivery, limits, at):
                    return delivery
            size = min(size * 10, MOST_AT_ONCE)
    return None


def _candidates(at: dt.datetime):
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED, next_try_at__lte=at)
    return waiting.order_by("-is_urgent", "next_try_at", "pk").select_for_update(skip_locked=True)


def _take(delivery: Delivery, limits: Policy, at: dt.datetime) -> bool:
    """Claim the row, or put it off, or declare it worthless; return whether it was claimed."""
    # What was sent today is counted only where the cap may decide.
    capped = not (delivery.is_urgent or limits.is_quiet(at))
    decision = verdict(
        limits,
        at=at,
        expires_at=delivery.expires_at,
        is_urgent=delivery.is_urgent,
        sent_today=_sent_today(delivery.recipient, at) if capped else 0,
    )
    if decision.act is Act.WAIT:
        delivery.next_try_at = decision.until
    elif decision.act is Act.EXPIRE:
        delivery.state, delivery.settled_at = DeliveryState.EXPIRED, at
    else:
        delivery.state, delivery.claimed_at = DeliveryState.SENDING, at
        delivery.attempts += 1
    delivery.save(update_fields=["state", "next_try_at", "settled_at", "claimed_at", "attempts"])
    return decision.act is Act.SEND


def _sent_today(recipient: str, at: dt.datetime) -> int:
    used = Delivery.objects.filter(recipient=recipient, state__in=USED_STATES)
    return used.filter(claimed_at__gte=day_start(at)).count()


def _attempt(provider: SmsBackend, delivery: Delivery) -> Outcome:
    """Call the provider; whatever breaks on the way leaves the matter uncertain, never repeated."""
    try:
        return provider.send(delivery)
    except Exception as error:
        logger.exception("Sending delivery %s broke", delivery.pk)
        return Outcome(Result.UNKNOWN, error=f"{type(error).__name__}: {error}")


def settle(delivery: Delivery, outcome: Outcome, *, at: dt.datetime) -> None:
    """Keep what became of an attempt; a message given up is announced after commit."""
    with transaction.atomic():
        row = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if row.state not in (DeliveryState.SENDING, DeliveryState.UNKNOWN):
            return  # Another worker settled it while this one was thought dead.
        _apply(row, outcome, at)
        row.error = outcome.error[:500]
        row.provider_id = (outcome.provider_id or row.provider_id)[:100]
        row.save(update_fields=["state", "next_try_at", "settled_at", "error", "provider_id"])
        if row.state == DeliveryState.FAILED:
            announce = partial(delivery_failed.send_robust, Delivery, delivery=row, at=at)
            transaction.on_commit(announce)


def _apply(row: Delivery, outcome: Outcome, at: dt.datetime) -> None:
    if outcome.result is Result.SENT:
        row.state, row.settled_at = DeliveryState.SENT, at
    elif outcome.result is Result.UNKNOWN:
        row.state = DeliveryState.UNKNOWN
    elif outcome.result is Result.RETRY and row.attempts < policy().max_attempts:
        row.state, row.next_try_at = DeliveryState.QUEUED, at + back_off(row.attempts)
    else:
        row.state, row.settled_at = DeliveryState.FAILED, at


def recover(*, at: dt.datetime, provider: SmsBackend) -> int:
    """Ask the provider about messages whose answer was lost; return how many were asked about."""
    stuck = Q(state=DeliveryState.SENDING) | Q(state=DeliveryState.UNKNOWN, claimed_at__gt=at - ASK_FOR)
    rows = Delivery.objects.filter(stuck, claimed_at__lte=at - STUCK_AFTER).order_by("claimed_at")[:BATCH]
    for row in rows:
        settle(row, _ask(provider, row), at=at)
    return len(rows)


def _ask(provider: SmsBackend, delivery: Delivery) -> Outcome:
    try:
        return provider.ask(delivery)
    except Exception as error:
        logger.exception("Asking about delivery %s broke", delivery.pk)
        return Outcome(Result.UNKNOWN, error=f"{type(error).__name__}: {error}")


def back_off(attempts: int) -> dt.timedelta:
    """Return the pause before the next attempt: half a minute, then four times as long each time."""
    # From the sixth on it is the longest anyway, and a number that grows for ever is no time at last.
    return min(dt.timedelta(seconds=30 * 4 ** (min(attempts, 6) - 1)), dt.timedelta(hours=2))
