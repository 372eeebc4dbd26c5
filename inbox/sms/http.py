"""Any gateway that takes a signed JSON request; the form is described in `HttpGateway`."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from typing import Any

import requests
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from inbox.models import Delivery
from inbox.sms.backends import Outcome, Result

TIMEOUT = (5, 15)
# The gateway says itself that it did not take the message.
NOT_TAKEN = frozenset({408, 425, 429, 503})


class HttpGateway:
    """POST `SMS_HTTP_URL` to send, GET `SMS_HTTP_URL?key=…` to ask; both signed.

    Headers: `X-Key`, `X-Timestamp` (seconds), `X-Nonce`, and `X-Signature` = hex HMAC-SHA256 with
    `SMS_HTTP_SECRET` over method, newline, timestamp, newline, nonce, newline, and the body (for GET the key
    of the message). The gateway refuses an old timestamp or a used nonce, and answers a key it knows with
    the first answer. Answer: 200 with `{"id": "…", "state": "sent" | "failed", "error": "…"}`; 404 on GET
    means it never had the key; 400–499 on POST is a refusal for good, except 408, 425 and 429.
    """

    def __init__(self) -> None:
        self.url, self.key, self.secret = (
            _setting(name) for name in ("SMS_HTTP_URL", "SMS_HTTP_KEY", "SMS_HTTP_SECRET")
        )

    def send(self, delivery: Delivery) -> Outcome:
        """Hand the message over; an answer that is lost on the way leaves the matter uncertain."""
        body = json.dumps(_payload(delivery), ensure_ascii=False, separators=(",", ":")).encode()
        headers = {**self._signed("POST", body), "Content-Type": "application/json; charset=utf-8"}
        try:
            answer = requests.post(
                self.url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
            )
        except requests.ConnectTimeout as error:
            return Outcome(Result.RETRY, error=str(error))
        except requests.RequestException as error:
            return _unanswered(error)
        return _sent(answer)

    def ask(self, delivery: Delivery) -> Outcome:
        """Ask what became of the key."""
        headers = self._signed("GET", delivery.provider_key.encode())
        try:
            answer = requests.get(
                self.url,
                params={"key": delivery.provider_key},
                headers=headers,
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return Outcome(Result.UNKNOWN, error=str(error))
        if answer.status_code == 404:
            return Outcome(Result.RETRY)
        if answer.status_code == 200:
            return _read(answer)
        return Outcome(Result.UNKNOWN, error=f"HTTP {answer.status_code}")

    def _signed(self, method: str, body: bytes) -> dict[str, str]:
        stamp, nonce = str(int(time.time())), secrets.token_hex(16)
        return {
            "X-Key": self.key,
            "X-Timestamp": stamp,
            "X-Nonce": nonce,
            "X-Signature": signature(self.secret, method, stamp, nonce, body),
        }


def signature(secret: str, method: str, stamp: str, nonce: str, body: bytes) -> str:
    """Return the signature of one request, for the gateway and for us."""
    signed = "\n".join((method, stamp, nonce, "")).encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _payload(delivery: Delivery) -> dict[str, Any]:
    return {
        "key": delivery.provider_key,
        "phone": delivery.phone,
        "template": delivery.template_code,
        "text": delivery.text,
        "fields": delivery.fields,
    }


def _unanswered(error: requests.RequestException) -> Outcome:
    """A refused connection carried nothing; any other break may have come after the message was taken."""
    refused = isinstance(error, requests.ConnectionError) and "refused" in str(error).lower()
    return Outcome(Result.RETRY if refused else Result.UNKNOWN, error=str(error))


def _sent(answer: requests.Response) -> Outcome:
    if answer.status_code == 200:
        return _read(answer)
    error = f"HTTP {answer.status_code} {answer.text[:200]}"
    if answer.status_code in NOT_TAKEN:
        return Outcome(Result.RETRY, error=error)
    if 400 <= answer.status_code < 500:
        return Outcome(Result.FAILED, error=error)
    return Outcome(Result.UNKNOWN, error=error)


def _read(answer: requests.Response) -> Outcome:
    try:
        said = answer.json()
        result = {"sent": Result.SENT, "failed": Result.FAILED}[said["state"]]
    except (ValueError, KeyError, TypeError):
        return Outcome(Result.UNKNOWN, error=f"Not an answer: {answer.text[:200]}")
    return Outcome(result, provider_id=str(said.get("id", "")), error=str(said.get("error") or ""))


def _setting(name: str) -> str:
    value = getattr(settings, name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set; the HTTP gateway needs it.")
    return value
