"""Alibaba Cloud's service behind a client that takes the library's own requests and gives its own answers."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from alibabacloud_dysmsapi20170525 import models as api
from alibabacloud_tea_openapi.exceptions import ClientException, ThrottlingException
from darabonba.exceptions import UnretryableException
from darabonba.policy.retry import RetryPolicyContext

from inbox.models import MessageTemplate
from inbox.sms.aliyun import AliyunBackend
from inbox.sms.backends import Result
from tests.factories.inbox import make_delivery

pytestmark = pytest.mark.django_db
CLAIMED = datetime(2026, 3, 10, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


class Client:
    """Answers like the service; keeps what it was asked."""

    def __init__(self, code="OK", details=(), total=None, error=None):
        self.code, self.details, self.error = code, list(details), error
        self.total = len(self.details) if total is None else total
        self.requests = []

    def send_sms_with_options(self, request, runtime):
        self.requests.append(request.to_map())
        if self.error:
            raise self.error
        body = {"Code": self.code, "Message": "said", "BizId": "biz^1", "RequestId": "r"}
        return api.SendSmsResponse().from_map({"headers": {}, "statusCode": 200, "body": body})

    def query_send_details_with_options(self, request, runtime):
        self.requests.append(request.to_map())
        if self.error:
            raise self.error
        body = {
            "Code": self.code,
            "TotalCount": self.total,
            "SmsSendDetailDTOs": {"SmsSendDetailDTO": self.details},
        }
        return api.QuerySendDetailsResponse().from_map({"headers": {}, "statusCode": 200, "body": body})


@pytest.fixture
def delivery(places, settings):
    settings.SMS_ALIYUN_SIGN = "守望平台"
    settings.SMS_ALIYUN_TEMPLATES = {"testing.reported": "SMS_100"}
    return make_delivery(claimed_at=CLAIMED)


def test_the_request_carries_sign_template_fields_and_our_number(delivery):
    client = Client()
    outcome = AliyunBackend(client).send(delivery)

    assert (outcome.result, outcome.provider_id) == (Result.SENT, "biz^1")
    request = client.requests[0]
    assert (request["SignName"], request["TemplateCode"]) == ("守望平台", "SMS_100")
    assert (request["PhoneNumbers"], request["OutId"]) == ("13605460002", f"sw-{delivery.pk}-0")
    assert json.loads(request["TemplateParam"]) == {"name": "广饶砚池木业有限公司"}


def test_an_administrators_template_number_comes_first(delivery):
    MessageTemplate.objects.create(code="testing.reported", channel="sms", provider_code="SMS_200")
    client = Client()
    AliyunBackend(client).send(delivery)
    assert client.requests[0]["TemplateCode"] == "SMS_200"


def test_a_notice_without_template_number_is_not_sent(delivery, settings):
    settings.SMS_ALIYUN_TEMPLATES = {}
    client = Client()
    assert AliyunBackend(client).send(delivery).result is Result.FAILED
    assert client.requests == []


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", Result.RETRY),
        ("isp.SYSTEM_ERROR", Result.RETRY),
        ("isv.AMOUNT_NOT_ENOUGH", Result.RETRY),
        ("isv.MOBILE_NUMBER_ILLEGAL", Result.FAILED),
        ("isv.SMS_TEMPLATE_ILLEGAL", Result.FAILED),
        ("isv.INVALID_PARAMETERS", Result.FAILED),
    ],
)
def test_its_codes_say_whether_to_try_again(delivery, code, result):
    outcome = AliyunBackend(Client(code)).send(delivery)
    assert outcome.result is result
    assert code in outcome.error


def test_a_throttled_request_is_tried_again(delivery):
    error = ThrottlingException(
        status_code=429, code="Throttling.User", message="slow down", data={}, request_id="r"
    )
    assert AliyunBackend(Client(error=error)).send(delivery).result is Result.RETRY


def test_a_rejected_request_has_failed(delivery):
    error = ClientException(
        status_code=404, code="InvalidAccessKeyId.NotFound", message="no key", data={}, request_id="r"
    )
    assert AliyunBackend(Client(error=error)).send(delivery).result is Result.FAILED


def test_a_lost_answer_leaves_it_uncertain(delivery):
    error = UnretryableException(RetryPolicyContext(exception=TimeoutError("read timed out")))
    outcome = AliyunBackend(Client(error=error)).send(delivery)
    assert outcome.result is Result.UNKNOWN
    assert AliyunBackend(Client(error=error)).ask(delivery).result is Result.UNKNOWN


def test_asking_looks_for_our_number_on_the_local_day_of_the_claim(delivery):
    client = Client(
        details=[{"OutId": "sw-0-0", "SendStatus": 3}, {"OutId": f"sw-{delivery.pk}-0", "SendStatus": 1}]
    )
    assert AliyunBackend(client).ask(delivery).result is Result.SENT
    assert (client.requests[0]["SendDate"], client.requests[0]["PhoneNumber"]) == ("20260310", "13605460002")


def test_a_message_reported_as_failed_has_failed(delivery):
    client = Client(
        details=[{"OutId": f"sw-{delivery.pk}-0", "SendStatus": 2, "ErrCode": "MOBILE_NOT_ON_SERVICE"}]
    )
    outcome = AliyunBackend(client).ask(delivery)
    assert (outcome.result, outcome.error) == (Result.FAILED, "MOBILE_NOT_ON_SERVICE")


def test_a_message_it_does_not_list_may_be_sent(delivery):
    assert AliyunBackend(Client()).ask(delivery).result is Result.RETRY


def test_a_list_longer_than_a_page_proves_nothing(delivery):
    client = Client(details=[{"OutId": "another", "SendStatus": 3}], total=80)
    assert AliyunBackend(client).ask(delivery).result is Result.UNKNOWN
