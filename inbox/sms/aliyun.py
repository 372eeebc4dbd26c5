"""Alibaba Cloud's short message service, through its own library."""

from __future__ import annotations

import json
from typing import Any

from alibabacloud_dysmsapi20170525 import models as api
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_tea_openapi.models import Config
from darabonba.runtime import RuntimeOptions
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from Tea.exceptions import TeaException

from inbox.models import Channel, Delivery, MessageTemplate
from inbox.sms.backends import Outcome, Result

# The provider did not take the message, and may take it later: rate limits and its own troubles.
RETRY_CODES = frozenset(
    {
        "isp.SYSTEM_ERROR",
        "isv.BUSINESS_LIMIT_CONTROL",
        "isv.AMOUNT_NOT_ENOUGH",
        "isv.OUT_OF_SERVICE",
        "isv.DAY_LIMIT_CONTROL",
        "Throttling",
        "Throttling.User",
        "Throttling.Api",
        "ServiceUnavailable",
    }
)
# SendStatus of a detail row.
WAITING, FAILED, DELIVERED = 1, 2, 3


class AliyunBackend:
    """Sends by approved template; `MessageTemplate.provider_code` names it, the fields fill it.

    Settings: `SMS_ALIYUN_KEY_ID`, `SMS_ALIYUN_KEY_SECRET`, `SMS_ALIYUN_SIGN`, and, where no administrator
    entered a code, the map `SMS_ALIYUN_TEMPLATES` from notice to template. The library repeats
    nothing unless it is given retry options, and it must not be: it would send twice after a lost answer.
    """

    def __init__(self, client: Any = None) -> None:
        self.sign = _setting("SMS_ALIYUN_SIGN")
        self.client = client or Client(
            Config(
                access_key_id=_setting("SMS_ALIYUN_KEY_ID"),
                access_key_secret=_setting("SMS_ALIYUN_KEY_SECRET"),
                endpoint=getattr(settings, "SMS_ALIYUN_ENDPOINT", "dysmsapi.aliyuncs.com"),
            )
        )
        self.runtime = RuntimeOptions(connect_timeout=5000, read_timeout=15000)

    def send(self, delivery: Delivery) -> Outcome:
        """Ask the service to send; its code decides between sent, later and never."""
        template = template_code(delivery.template_code)
        if not template:
            return Outcome(Result.FAILED, error=f"No template number for {delivery.template_code}")
        request = api.SendSmsRequest(
            phone_numbers=delivery.phone,
            sign_name=self.sign,
            template_code=template,
            template_param=json.dumps(delivery.fields, ensure_ascii=False),
            out_id=out_id(delivery),
        )
        try:
            answer = self.client.send_sms_with_options(request, self.runtime)
        except TeaException as error:
            return _raised(error)
        if answer.body.code == "OK":
            return Outcome(Result.SENT, provider_id=answer.body.biz_id or "")
        return _refused(answer.body.code, answer.body.message)

    def ask(self, delivery: Delivery) -> Outcome:
        """Look for our number among the messages this phone was sent on the day of the claim.

        The service lists a message some seconds after it was taken, so a missing one is only certain
        some minutes later; the caller asks no earlier. Whether the list was complete cannot be known when
        it is longer than a page, and then the answer is uncertain.
        """
        request = api.QuerySendDetailsRequest(
            phone_number=delivery.phone,
            send_date=timezone.localtime(delivery.claimed_at).strftime("%Y%m%d"),
            page_size=50,
            current_page=1,
        )
        try:
            body = self.client.query_send_details_with_options(request, self.runtime).body
        except TeaException as error:
            return Outcome(Result.UNKNOWN, error=_sentence(error))
        if body.code != "OK":
            return Outcome(Result.UNKNOWN, error=f"{body.code} {body.message}")
        return _found(body, out_id(delivery))


def out_id(delivery: Delivery) -> str:
    """Return our number of the message at the provider; it takes no long keys."""
    return f"sw-{delivery.pk}-{delivery.renewed}"


def template_code(code: str) -> str:
    """Return the provider's number of a notice: an administrator's entry, or the one of the settings."""
    entered = MessageTemplate.objects.filter(code=code, channel=Channel.SMS).exclude(provider_code="")
    found = entered.values_list("provider_code", flat=True).first()
    return found or getattr(settings, "SMS_ALIYUN_TEMPLATES", {}).get(code, "")


def _found(body: api.QuerySendDetailsResponseBody, wanted: str) -> Outcome:
    details = body.sms_send_detail_dtos.sms_send_detail_dto if body.sms_send_detail_dtos else []
    for row in details or []:
        if row.out_id == wanted:
            if row.send_status == FAILED:
                return Outcome(Result.FAILED, error=row.err_code or "")
            return Outcome(Result.SENT)
    if int(body.total_count or 0) > len(details or []):
        return Outcome(Result.UNKNOWN, error="The provider lists more messages than one page.")
    return Outcome(Result.RETRY)


def _refused(code: str, message: str | None) -> Outcome:
    result = Result.RETRY if code in RETRY_CODES else Result.FAILED
    return Outcome(result, error=f"{code} {message or ''}".strip())


def _raised(error: TeaException) -> Outcome:
    """An error with a code is an answer of the service; without one the answer was lost."""
    code = error.code or ""
    if code.startswith(("isv.", "isp.", "Throttling", "Invalid", "Forbidden", "Signature", "Missing")):
        return _refused(code, error.message)
    return Outcome(Result.UNKNOWN, error=_sentence(error))


def _sentence(error: TeaException) -> str:
    return f"{error.code or ''} {error.message or ''}".strip()


def _setting(name: str) -> str:
    value = getattr(settings, name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set; the Alibaba Cloud service needs it.")
    return value
