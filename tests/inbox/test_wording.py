"""Words of messages: declared fields only, nothing of a person's identity, the length of an SMS."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from inbox.forms import MessageTemplateForm
from inbox.models import MessageTemplate
from inbox.notices import Notice, Wording, build, field_names
from inbox.services import load_templates
from inbox.wording import plain_value, sms_parts, written
from tests.inbox.conftest import REPORTED


def test_a_wording_may_not_carry_a_complainant():
    with pytest.raises(ImproperlyConfigured):
        Wording(code="x", label="x", title="x", fields={"complainant_name": "王"})


def test_two_notices_of_one_name_are_a_mistake():
    notice = Notice(on="a.b", wording=REPORTED, audience=lambda *a: [], values=lambda *a: {})
    with pytest.raises(ImproperlyConfigured):
        build([notice, notice])


def test_numbers_of_persons_are_masked_and_codes_of_enterprises_are_not():
    assert "13605461234" not in plain_value("联系 13605461234")
    assert "110101199003077715" not in plain_value("身份证 110101199003077715")
    assert plain_value("913705007344678901") == "913705007344678901"


def test_a_value_is_one_line_in_local_time():
    assert plain_value(datetime(2026, 3, 10, 2, 0, tzinfo=UTC)) == "2026-03-10 10:00"
    assert plain_value("两\n 行") == "两 行"
    assert plain_value(None) == ""


def test_a_value_with_braces_is_a_value():
    words = written(REPORTED, {"name": "{x} 公司"}, language="zh-hans", own={})
    assert words.title.startswith("{x} 公司")


def test_a_missing_value_is_an_error_and_not_a_gap():
    with pytest.raises(KeyError):
        written(REPORTED, {}, language="zh-hans", own={})


@pytest.mark.parametrize(("length", "parts"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_an_sms_is_counted_as_the_provider_counts(length, parts):
    assert sms_parts("字" * length) == parts


def test_field_names_are_read_and_anything_else_is_refused():
    assert field_names("{name} 于 {day}") == {"name", "day"}
    for wrong in ("{", "{name.phone}", "{0}", "{name!r}", "{name:>9}"):
        with pytest.raises(ValueError):
            field_names(wrong)


def form_for(text, channel="sms", title=""):
    row = MessageTemplate(code="testing.reported", channel=channel)
    data = {"text": text, "title": title, "provider_code": "", "is_active": "on"}
    return MessageTemplateForm(data, instance=row)


@pytest.mark.django_db
class TestForm:
    @pytest.fixture(autouse=True)
    def _declared(self, declare, reported):
        declare(reported(sms=True))

    def test_a_declared_field_is_accepted(self):
        assert form_for("{name} 报了隐患").is_valid()

    @pytest.mark.parametrize("text", ["{phone} 报了隐患", "{name.pk}", "{name", "{}"])
    def test_an_unknown_field_is_refused_with_the_known_ones(self, text):
        form = form_for(text)
        assert not form.is_valid()
        assert form.errors["text"]

    def test_an_unknown_field_in_the_title_is_refused(self):
        assert "title" in form_for("", channel="app", title="{phone}").errors

    def test_a_long_sms_gets_a_hint_and_is_kept(self):
        form = form_for("{name}" + "字" * 70)
        assert form.is_valid()
        assert "2" in form.hint()
        short = form_for("{name}")
        assert short.is_valid()
        assert short.hint() == ""


@pytest.mark.django_db
def test_rows_to_edit_are_made_once_and_an_administrators_words_stay(declare, reported):
    declare(reported(sms=True))
    load_templates()
    MessageTemplate.objects.filter(code="testing.reported", channel="sms").update(text="改过的 {name}")
    load_templates()

    rows = MessageTemplate.objects.filter(code="testing.reported").values_list("channel", "text")
    assert sorted(rows) == [("app", ""), ("sms", "改过的 {name}")]


@pytest.mark.django_db
def test_a_row_of_a_notice_that_is_gone_is_cleared_away_unless_it_was_edited(declare, reported):
    MessageTemplate.objects.create(code="testing.gone", channel="app")
    MessageTemplate.objects.create(code="testing.edited", channel="app", text="留着")
    declare(reported())
    load_templates()

    assert set(MessageTemplate.objects.values_list("code", flat=True)) == {
        "testing.reported",
        "testing.edited",
    }
