"""The SMS log: for those who run the city, in their scope, numbers masked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from inbox.keys import phone_key
from inbox.models import Delivery, DeliveryState
from tests.factories.inbox import make_delivery
from tests.people import AT

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


def found(browser, **query) -> str:
    return browser.get(reverse(URL), query).content.decode()


def test_messages_are_found_by_a_part_of_their_text_or_by_who_received_them(people, sign_in):
    make_delivery(text="液氨罐区到期", recipient_name="高砚平")
    make_delivery(text="整改期限已到", recipient_name="陆春生")
    browser = sign_in(people.county)

    assert "液氨罐区到期" in found(browser, q="液氨")
    assert "整改期限已到" not in found(browser, q="液氨")
    assert "整改期限已到" in found(browser, q="陆春")


@pytest.mark.parametrize("typed", ["13605461111", "136 0546 1111"])
def test_a_number_is_found_as_a_whole_though_only_its_mask_is_shown(people, sign_in, typed):
    make_delivery(text="给未注册号码", recipient=phone_key("13605461111"), phone="13605461111")
    User.objects.filter(pk=people.town.pk).update(phone="13605461111")
    make_delivery(text="给账号", user=people.town, recipient="user-1", phone="13605461111")
    make_delivery(text="给别人")
    page = found(sign_in(people.county), q=typed)

    assert "给未注册号码" in page
    assert "给账号" in page
    assert "给别人" not in page


def test_a_search_stays_in_the_place_and_with_the_state(rows, people, sign_in):
    page = found(sign_in(people.county), q="短信")
    assert ("大王镇的短信" in page, "利津的短信" in page) == (True, False)
    assert "大王镇的短信" not in found(sign_in(people.county), q="短信", state="failed")


def test_the_pages_of_a_search_keep_what_was_looked_for(people, sign_in):
    for number in range(31):
        make_delivery(text=f"提醒&第{number}条", at=AT + timedelta(minutes=number))
    page = found(sign_in(people.county), q="提醒&第")

    assert "?q=%E6%8F%90%E9%86%92%26%E7%AC%AC&amp;page=2" in page
    assert "提醒&amp;第0条" in found(sign_in(people.county), q="提醒&第", page="2")


def test_what_is_not_found_says_how_far_was_looked(rows, people, sign_in):
    assert "20000" in found(sign_in(people.county), q="没有的词").replace(",", "")
