"""The generic gateway against a real server on this machine."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

import pytest
from django.core.exceptions import ImproperlyConfigured

from inbox.models import Delivery
from inbox.sms.backends import Result
from inbox.sms.http import HttpGateway

SECRET = "gateway-secret"


class Gateway(ThreadingHTTPServer):
    """A gateway as our description asks for: it checks the signature and answers a known key alike."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.answer = 200, {"state": "sent"}
        self.taken: dict[str, dict] = {}
        self.nonces: set[str] = set()
        self.hang_up = False

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/sms"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._is_signed("POST", body):
            return self._say(401, {"error": "signature"})
        message = json.loads(body)
        if self.server.status == 200:
            self.server.taken[message["key"]] = message
        if self.server.hang_up:
            return self.connection.close()
        return self._say(self.server.status, {"id": f"g-{len(self.server.taken)}", **self.server.answer})

    def do_GET(self):
        key = parse_qs(urlparse(self.path).query)["key"][0]
        if not self._is_signed("GET", key.encode()):
            return self._say(401, {"error": "signature"})
        return self._say(200 if key in self.server.taken else 404, {"id": "g-1", "state": "sent"})

    def _is_signed(self, method, body):
        stamp, nonce = self.headers["X-Timestamp"], self.headers["X-Nonce"]
        signed = f"{method}\n{stamp}\n{nonce}\n".encode() + body
        expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        fresh = nonce not in self.server.nonces
        self.server.nonces.add(nonce)
        return fresh and hmac.compare_digest(expected, self.headers["X-Signature"])

    def _say(self, status, answer):
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keep the tests quiet."""


@pytest.fixture
def gateway(settings):
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SMS_HTTP_URL, settings.SMS_HTTP_KEY, settings.SMS_HTTP_SECRET = server.url, "city", SECRET
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def delivery():
    return Delivery(
        pk=7,
        key="change:1:x",
        phone="13605460002",
        text="一条隐患等你受理。",
        template_code="t",
        fields={"name": "甲"},
    )


def test_a_signed_message_arrives_whole(gateway, delivery):
    outcome = HttpGateway().send(delivery)

    assert (outcome.result, outcome.provider_id) == (Result.SENT, "g-1")
    assert gateway.taken["change:1:x"] == {
        "key": "change:1:x",
        "phone": "13605460002",
        "template": "t",
        "text": "一条隐患等你受理。",
        "fields": {"name": "甲"},
    }


def test_a_wrong_secret_is_refused_for_good(gateway, delivery, settings):
    settings.SMS_HTTP_SECRET = "another"
    outcome = HttpGateway().send(delivery)

    assert outcome.result is Result.FAILED
    assert "401" in outcome.error


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (429, Result.RETRY),
        (503, Result.RETRY),
        (400, Result.FAILED),
        (500, Result.UNKNOWN),
        (302, Result.UNKNOWN),
    ],
)
def test_each_status_has_one_meaning(gateway, delivery, status, result):
    gateway.status = status
    assert HttpGateway().send(delivery).result is result


def test_the_gateway_may_refuse_in_its_answer(gateway, delivery):
    gateway.answer = {"state": "failed", "error": "no such number"}
    outcome = HttpGateway().send(delivery)
    assert (outcome.result, outcome.error) == (Result.FAILED, "no such number")


def test_an_answer_that_is_none_leaves_it_uncertain(gateway, delivery):
    gateway.answer = {"state": "perhaps"}
    assert HttpGateway().send(delivery).result is Result.UNKNOWN


def test_a_lost_answer_leaves_it_uncertain_until_the_gateway_is_asked(gateway, delivery):
    gateway.hang_up = True
    assert HttpGateway().send(delivery).result is Result.UNKNOWN
    assert HttpGateway().ask(delivery).result is Result.SENT


def test_a_key_the_gateway_never_had_may_be_sent(gateway, delivery):
    assert HttpGateway().ask(delivery).result is Result.RETRY


def test_a_gateway_that_is_down_took_nothing(settings, gateway, delivery):
    gateway.shutdown()
    gateway.server_close()
    assert HttpGateway().send(delivery).result is Result.RETRY
    assert HttpGateway().ask(delivery).result is Result.UNKNOWN


def test_without_its_settings_it_says_which_is_missing(settings):
    settings.SMS_HTTP_URL = ""
    with pytest.raises(ImproperlyConfigured, match="SMS_HTTP_URL"):
        HttpGateway()
