"""Administrators word notices; they add and delete none, and read no numbers."""

import pytest
from django.urls import reverse

from audit.models import Entry
from inbox.models import MessageTemplate
from inbox.services import load_templates
from tests.factories.inbox import make_delivery


@pytest.fixture
def row(people, declare, reported):
    declare(reported(sms=True))
    load_templates()
    return MessageTemplate.objects.get(code="testing.reported", channel="sms")


def save(client, row, text):
    url = reverse("admin:inbox_messagetemplate_change", args=[row.pk])
    return client.post(
        url, {"title": "", "text": text, "provider_code": "SMS_1", "is_active": "on"}, follow=True
    )


def test_a_new_wording_is_kept_and_put_on_record(row, people, sign_in):
    assert save(sign_in(people.admin), row, "{name} 报了隐患").status_code == 200

    row.refresh_from_db()
    assert (row.text, row.provider_code) == ("{name} 报了隐患", "SMS_1")
    entry = Entry.objects.get(verb="inbox.reword")
    assert (entry.actor, entry.data["text"]) == (people.admin, "{name} 报了隐患")


def test_an_unknown_field_is_refused_and_nothing_is_kept(row, people, sign_in):
    page = save(sign_in(people.admin), row, "{phone} 报了隐患").content.decode()

    assert "{phone}" in page
    assert "{name}" in page
    row.refresh_from_db()
    assert row.text == ""


def test_a_wording_longer_than_one_sms_is_kept_with_a_hint(row, people, sign_in):
    page = save(sign_in(people.admin), row, "{name}" + "字" * 70).content.decode()

    assert "70" in page
    row.refresh_from_db()
    assert len(row.text) == 76


def test_the_form_shows_the_fields_and_the_products_words(row, people, sign_in):
    url = reverse("admin:inbox_messagetemplate_change", args=[row.pk])
    page = sign_in(people.admin).get(url).content.decode()
    assert "{name} 上报隐患，等你受理。" in page


def test_nobody_adds_or_deletes_notices(row, people, sign_in):
    client = sign_in(people.admin)
    assert client.get(reverse("admin:inbox_messagetemplate_add")).status_code == 403
    assert client.get(reverse("admin:inbox_messagetemplate_delete", args=[row.pk])).status_code == 403


def test_numbers_stay_masked_in_the_administration(people, sign_in):
    delivery = make_delivery()
    client = sign_in(people.admin)
    for page in (
        client.get(reverse("admin:inbox_delivery_changelist")),
        client.get(reverse("admin:inbox_delivery_change", args=[delivery.pk])),
    ):
        assert page.status_code == 200
        assert "13605460002" not in page.content.decode()


def test_others_do_not_reach_it(row, people, sign_in):
    answer = sign_in(people.auditor).get(reverse("admin:inbox_messagetemplate_changelist"))
    assert answer.status_code == 403
