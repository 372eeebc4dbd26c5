"""The SMS log: for those who run the city, in their scope, numbers masked."""

import pytest
from django.urls import reverse

from inbox.models import Delivery, DeliveryState
from tests.factories.inbox import make_delivery

URL = "inbox:sms_log"


@pytest.fixture
def rows(people):
    return make_delivery(text="大王镇的短信"), make_delivery(region_id="370522001", text="利津的短信")


def test_the_city_reads_all_and_a_county_its_own(rows, people, sign_in):
    page = sign_in(people.city).get(reverse(URL)).content.decode()
    assert "大王镇的短信" in page
    assert "利津的短信" in page
    page = sign_in(people.county).get(reverse(URL)).content.decode()
    assert "大王镇的短信" in page
    assert "利津的短信" not in page


def test_numbers_are_masked(rows, people, sign_in):
    page = sign_in(people.city).get(reverse(URL)).content.decode()
    assert "13605460002" not in page
    assert "136****0002" in page


@pytest.mark.parametrize("role", ["town", "grid", "enterprise", "expert", "officer"])
def test_others_do_not_find_it(rows, people, sign_in, role):
    assert sign_in(getattr(people, role)).get(reverse(URL)).status_code == 404


def test_the_administrator_sees_what_is_stuck_wherever_it_is(rows, people, sign_in):
    page = sign_in(people.admin).get(reverse(URL)).content.decode()
    assert "利津的短信" in page


def test_a_state_filters(rows, people, sign_in):
    Delivery.objects.filter(pk=rows[0].pk).update(state=DeliveryState.FAILED)
    page = sign_in(people.city).get(reverse(URL), {"state": "failed"}).content.decode()
    assert "大王镇的短信" in page
    assert "利津的短信" not in page


def test_a_failed_message_goes_out_again_under_a_new_key(rows, people, sign_in):
    Delivery.objects.filter(pk=rows[0].pk).update(state=DeliveryState.FAILED, attempts=5)
    sign_in(people.city).post(reverse("inbox:send_again", args=[rows[0].pk]))

    row = Delivery.objects.get(pk=rows[0].pk)
    assert (row.state, row.attempts) == (DeliveryState.QUEUED, 0)
    assert row.provider_key == f"{row.key}:1"


def test_an_uncertain_message_keeps_its_key(rows, people, sign_in):
    Delivery.objects.filter(pk=rows[0].pk).update(state=DeliveryState.UNKNOWN)
    sign_in(people.city).post(reverse("inbox:send_again", args=[rows[0].pk]))

    row = Delivery.objects.get(pk=rows[0].pk)
    assert (row.state, row.provider_key) == (DeliveryState.QUEUED, row.key)


def test_a_sent_message_is_not_sent_again_by_a_second_click(rows, people, sign_in):
    Delivery.objects.filter(pk=rows[0].pk).update(state=DeliveryState.SENT)
    sign_in(people.city).post(reverse("inbox:send_again", args=[rows[0].pk]))
    assert Delivery.objects.get(pk=rows[0].pk).state == DeliveryState.SENT


def test_who_may_only_look_cannot_send_again(rows, people, sign_in):
    Delivery.objects.filter(pk=rows[0].pk).update(state=DeliveryState.FAILED)
    answer = sign_in(people.county).post(reverse("inbox:send_again", args=[rows[0].pk]))
    assert answer.status_code == 404


def test_another_regions_message_does_not_exist(rows, people, sign_in):
    assert not Delivery.objects.visible_to(people.other_county).filter(pk=rows[0].pk).exists()
