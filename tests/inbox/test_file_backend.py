"""The provider of a house without one."""

import json
import stat

import pytest

from inbox.models import Delivery
from inbox.sms.backends import Result, backend
from inbox.sms.file import FileBackend


@pytest.fixture
def delivery():
    return Delivery(pk=7, key="change:1:x", phone="13605460002", text="一条\n隐患", template_code="t")


def test_every_message_is_one_line_that_only_its_owner_reads(delivery, tmp_path):
    assert FileBackend().send(delivery).result is Result.SENT
    delivery.key = "change:2:x"
    FileBackend().send(delivery)

    log = tmp_path / "sms.log"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["key"] for line in lines] == ["change:1:x", "change:2:x"]
    assert lines[0]["text"] == "一条\n隐患"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_it_knows_what_it_wrote_even_beside_a_torn_line(delivery, tmp_path):
    assert FileBackend().ask(delivery).result is Result.RETRY
    FileBackend().send(delivery)
    with open(tmp_path / "sms.log", "a") as log:
        log.write('{"key": "change:9')

    assert FileBackend().ask(delivery).result is Result.SENT
    delivery.key = "change:9:x"
    assert FileBackend().ask(delivery).result is Result.RETRY


def test_it_is_what_a_new_installation_uses():
    assert isinstance(backend(), FileBackend)
