"""The page of a verb over HTTP: a GET changes nothing, a POST does it once."""

import pytest
from django.contrib.messages import get_messages

from lifecycle.models import StateChange
from tests.lifecycle.lamps import services
from tests.lifecycle.lamps.models import Lamp

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lifecycle.lamps.urls")]


def said(response):
    """Return the messages that the next page will show."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_get_shows_the_form_with_the_version_and_changes_nothing(lamp, people, sign_in):
    response = sign_in(people.town).get(f"/lamps/{lamp.pk}/order_repair/")
    assert response.status_code == 200
    assert '<input type="hidden" name="version" value="1">' in response.content.decode()
    lamp.refresh_from_db()
    assert (lamp.state, StateChange.objects.count()) == ("dark", 1)


def test_who_may_decide_the_other_way_finds_it_beside_the_button(lamp, people, sign_in):
    asked = f"/lamps/{lamp.pk}/order_repair/"
    other = f'href="/lamps/{lamp.pk}/give_up/"'
    assert other in sign_in(people.county).get(asked).content.decode()
    assert other not in sign_in(people.town).get(asked).content.decode()


def test_a_post_does_it_and_leads_back_to_the_record(lamp, people, sign_in):
    response = sign_in(people.town).post(f"/lamps/{lamp.pk}/order_repair/", {"version": "1"})
    assert (response.status_code, response.url) == (302, f"/lamps/{lamp.pk}/")
    lamp.refresh_from_db()
    assert lamp.state == "ordered"


def test_who_did_it_is_told_what_was_done_and_where_the_record_stands(lamp, people, sign_in):
    response = sign_in(people.town).post(f"/lamps/{lamp.pk}/order_repair/", {"version": "1"})
    assert said(response) == ["“Order the repair”已办理，当前状态：Repair ordered。"]


def test_where_the_state_stays_only_the_doing_is_told(lamp, people, sign_in):
    response = sign_in(people.town).post(f"/lamps/{lamp.pk}/remark/", {"version": "1", "note": "look here"})
    assert said(response) == ["“Remark”已办理。"]


def test_a_double_click_is_done_once_and_told_plainly(lamp, people, sign_in):
    client = sign_in(people.town)
    for _click in range(2):
        response = client.post(f"/lamps/{lamp.pk}/order_repair/", {"version": "1"})
    assert response.status_code == 302
    assert "孙晓燕" in said(response)[-1]
    assert StateChange.objects.filter(verb="order_repair").count() == 1


def test_a_stale_form_says_who_was_there_and_a_second_look_goes_through(lamp, people, at, sign_in):
    services.remark(lamp, by=people.county, at=at, note="look here")
    client = sign_in(people.town)
    response = client.post(f"/lamps/{lamp.pk}/order_repair/", {"version": "1"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "周明远" in page
    assert 'name="version" value="2"' in page
    assert client.post(f"/lamps/{lamp.pk}/order_repair/", {"version": "2"}).status_code == 302


@pytest.mark.parametrize("version", ["x", "-1", "99999999999999999999", "１", "1.0"])
def test_a_forged_version_matches_none(lamp, people, sign_in, version):
    response = sign_in(people.town).post(f"/lamps/{lamp.pk}/order_repair/", {"version": version})
    assert response.status_code == 409
    lamp.refresh_from_db()
    assert lamp.state == "dark"


def test_another_regions_record_is_not_found(lamp, people, sign_in):
    client = sign_in(people.other_town)
    for answer in (client.get, client.post):
        assert answer(f"/lamps/{lamp.pk}/order_repair/").status_code == 404
    assert client.get("/lamps/999999/order_repair/").status_code == 404


def test_who_may_not_do_it_is_forbidden_before_they_fill_in_a_form(lamp, people, sign_in):
    client = sign_in(people.city)
    assert client.get(f"/lamps/{lamp.pk}/order_repair/").status_code == 403
    assert client.post(f"/lamps/{lamp.pk}/order_repair/", {"version": "1"}).status_code == 403


def test_a_visitor_is_asked_to_sign_in(lamp, client):
    assert client.get(f"/lamps/{lamp.pk}/order_repair/").status_code == 302
    assert client.post(f"/lamps/{lamp.pk}/order_repair/").status_code == 302
    lamp.refresh_from_db()
    assert lamp.state == "dark"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(lamp, people, sign_in, method):
    assert getattr(sign_in(people.town), method)(f"/lamps/{lamp.pk}/order_repair/").status_code == 405


def test_a_refused_verb_says_so_on_get_and_on_post(ordered, people, sign_in):
    client = sign_in(people.town)
    page = client.get(f"/lamps/{ordered.pk}/mend/")
    assert "The part is not there." in page.content.decode()
    assert 'name="version"' not in page.content.decode()
    response = client.post(f"/lamps/{ordered.pk}/mend/", {"version": "2"})
    assert response.status_code == 409
    assert "The part is not there." in response.content.decode()


def test_a_form_with_an_error_is_shown_again_with_what_was_typed(lamp, people, sign_in):
    text = "twenty-one letters now"
    response = sign_in(people.town).post(f"/lamps/{lamp.pk}/remark/", {"version": "1", "note": text})
    assert response.status_code == 422
    assert text in response.content.decode()
    assert response.context["form"].errors["note"]


def test_a_services_error_stands_beside_its_field(lamp, people, sign_in):
    response = sign_in(people.town).post(f"/lamps/{lamp.pk}/remark/", {"version": "1", "note": "bad"})
    assert response.status_code == 422
    assert response.context["form"].errors["note"] == ["This word is not nice."]
    assert not StateChange.objects.filter(verb="remark").exists()


def test_what_is_typed_reaches_the_record(lamp, people, sign_in):
    sign_in(people.town).post(f"/lamps/{lamp.pk}/remark/", {"version": "1", "note": "灯罩破了 💡"})
    assert Lamp.objects.get(pk=lamp.pk).note == "灯罩破了 💡"


def test_a_reason_that_is_left_out_is_asked_for(lamp, people, sign_in):
    response = sign_in(people.county).post(f"/lamps/{lamp.pk}/give_up/", {"version": "1", "reason": ""})
    assert response.status_code == 409
    assert "这一步须写明理由。" in response.content.decode()


def test_a_dialog_gets_the_form_alone_and_is_led_on_by_a_header(lamp, people, sign_in):
    client = sign_in(people.town)
    form = client.get(f"/lamps/{lamp.pk}/order_repair/", headers={"HX-Request": "true"}).content.decode()
    assert "<form" in form
    assert "<html" not in form
    done = client.post(f"/lamps/{lamp.pk}/order_repair/", {"version": "1"}, headers={"HX-Request": "true"})
    assert done.headers["HX-Redirect"] == f"/lamps/{lamp.pk}/"
