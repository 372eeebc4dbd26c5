"""The clockwork: whole backlogs, and the way from an event to the SMS log."""

import json

import pytest
import time_machine

from inbox import outbox, tasks
from inbox.models import Delivery, DeliveryState, Message
from tests.factories.inbox import make_change

pytestmark = pytest.mark.django_db


def test_a_backlog_of_several_batches_is_told_in_one_run(enterprise, at, declare, reported, monkeypatch):
    monkeypatch.setattr(outbox.dispatch, "__kwdefaults__", {"limit": 3})
    declare(reported())
    for _number in range(8):
        make_change(enterprise)

    assert tasks.dispatch() == 8
    assert Message.objects.count() == 8


def test_an_event_ends_in_the_file_of_messages(enterprise, people, at, declare, reported, tmp_path):
    people.town.phone = "13605461111"
    people.town.save(update_fields=["phone"])
    declare(reported(sms=True))
    make_change(enterprise)
    with time_machine.travel(at, tick=False):
        tasks.dispatch()
        assert tasks.send_sms() == 1
        assert tasks.send_sms() == 0

    line = json.loads((tmp_path / "sms.log").read_text())
    assert (line["phone"], line["text"]) == ("13605461111", f"{enterprise.name} 上报隐患，等你受理。")
    assert Delivery.objects.get().state == DeliveryState.SENT
