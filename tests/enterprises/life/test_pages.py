"""The pages of the life of a file."""

import pytest
from django.urls import reverse

from attachments.models import Attachment
from enterprises.models import Enterprise, Handover, MergeRecord, StatusProof, Transfer
from tests.factories.enterprises import make_enterprise
from tests.factories.hazards import photo_file, reported
from tests.factories.life import asked_to_stop, merged, offered, ordered, stopped


def at_page(name, row, query=""):
    return reverse(f"enterprises:{name}", args=[row.pk]) + query


def text(answer):
    return answer.content.decode()


@pytest.fixture
def double(people, enterprise):
    row = make_enterprise(name="广饶砚池木业公司", former_name="大王木业")
    reported(row, people.town, source="inspection")
    return row


def test_the_page_of_the_file_shows_what_waits_and_offers_the_step(people, enterprise, sign_in):
    asked_to_stop(people, enterprise)
    answer = sign_in(people.town).get(enterprise.get_absolute_url(), {"whole": "shown"})
    assert "订单不足，全线停产" in text(answer)
    assert at_page("verify_stop", enterprise) in text(answer)
    assert at_page("verify_season", enterprise) not in text(answer)
    assert at_page("deregister", enterprise) not in text(answer)


def test_the_evidence_is_shown_with_its_photo(people, enterprise, sign_in):
    stopped(people, enterprise)
    answer = sign_in(people.county).get(enterprise.get_absolute_url(), {"whole": "shown"})
    assert "大门上锁，设备断电" in text(answer)
    photo = Attachment.objects.get(purpose="status")
    assert reverse("attachments:thumbnail", args=[photo.pk]) in text(answer)


def test_a_town_confirms_a_stop_on_the_phone_with_a_photo(people, enterprise, sign_in):
    asked_to_stop(people, enterprise)
    form = {"seen_on": "2026-03-10", "note": "断电", "version": "1", "files": photo_file()}
    answer = sign_in(people.town).post(at_page("verify_stop", enterprise), form)
    assert answer.status_code == 302
    assert Enterprise.objects.get(pk=enterprise.pk).operating_status == "suspended_self"
    assert StatusProof.objects.get().note == "断电"


def test_without_a_photo_the_form_comes_back_with_what_was_typed(people, enterprise, sign_in):
    asked_to_stop(people, enterprise)
    form = {"seen_on": "2026-03-10", "note": "断电", "version": "1"}
    answer = sign_in(people.town).post(at_page("verify_stop", enterprise), form)
    assert answer.status_code == 422
    assert "断电" in text(answer)
    assert "files" in answer.context["form"].errors


def test_the_correction_form_shows_the_status_and_does_not_take_it(people, enterprise, sign_in, answers):
    browser = sign_in(people.county)
    page = reverse("enterprises:edit", args=[enterprise.pk])
    assert browser.get(page).context["form"].fields["operating_status"].disabled
    browser.post(page, answers(uscc=enterprise.uscc, employees="77", operating_status="closed"))
    row = Enterprise.objects.get(pk=enterprise.pk)
    assert (row.employees, row.operating_status) == (77, "normal")


def test_a_new_file_is_offered_only_what_it_may_be_opened_with(people, sign_in):
    form = sign_in(people.county).get(reverse("enterprises:create")).context["form"]
    assert {code for code, _label in form.fields["operating_status"].choices} == {
        "normal",
        "trial",
        "construction",
    }


def test_a_double_is_found_looked_at_and_merged(people, enterprise, double, sign_in):
    browser = sign_in(people.county)
    assert f"?with={double.pk}" in text(browser.get(at_page("merge", enterprise, "?q=砚池木业")))
    page = at_page("merge", enterprise, f"?with={double.pk}")
    assert "大王木业" in text(browser.get(page))
    assert Enterprise.objects.filter(pk=double.pk).exists()
    assert browser.post(page, {"reason": "同一厂区", "take": ["name"]}).status_code == 302
    row = Enterprise.objects.get(pk=enterprise.pk)
    assert (row.name, row.former_name, row.hazards.count()) == ("广饶砚池木业公司", "大王木业", 1)


@pytest.mark.parametrize("chosen", ["self", "0", "999999999999999999", "x"])
def test_a_merge_with_itself_or_with_nothing_does_nothing(people, enterprise, double, sign_in, chosen):
    chosen = str(enterprise.pk) if chosen == "self" else chosen
    page = at_page("merge", enterprise, f"?with={chosen}")
    answer = sign_in(people.county).post(page, {"reason": "同一厂区"})
    assert answer.status_code in {200, 404, 422}
    assert not MergeRecord.objects.exists()


def test_a_file_is_not_compared_with_itself(people, enterprise, sign_in):
    answer = sign_in(people.county).get(at_page("merge", enterprise, f"?with={enterprise.pk}"))

    assert answer.status_code == 422
    assert "不能与自己合并" in text(answer)
    assert 'name="reason"' not in text(answer)


def test_a_merge_is_undone_from_the_page_of_the_file(people, enterprise, sign_in):
    record = merged(people, enterprise)
    MergeRecord.objects.update(undo_until="2100-01-01")
    browser = sign_in(people.county)
    button = reverse("enterprises:part", args=[record.pk])
    assert button in text(browser.get(enterprise.get_absolute_url(), {"whole": "shown"}))
    assert sign_in(people.town).post(button).status_code == 403
    answer = sign_in(people.county).post(button, {"reason": "两家"})
    assert answer.url == f"/enterprises/{record.dropped_id}/"


def test_the_other_district_reads_the_offer_and_takes_the_file(people, enterprise, sign_in):
    transfer = offered(people, enterprise)
    browser = sign_in(people.other_county)
    page = browser.get(transfer.get_absolute_url())
    assert "厂区搬迁" in text(page)
    assert enterprise.get_absolute_url() not in text(page), "the file itself is not theirs yet"
    answer = browser.post(at_page("accept_transfer", transfer), {"region": "370522001001", "version": "1"})
    assert answer.status_code == 302
    assert Enterprise.objects.get(pk=enterprise.pk).region_id == "370522001001"
    assert Transfer.objects.get().decided_by == people.other_county


def test_an_officer_hands_over_the_post(people, enterprise, sign_in):
    today = Enterprise.objects.get(pk=enterprise.pk)
    form = {
        "leaver": people.enterprise.pk,
        "last_day": "2100-01-01",
        "successor_name": "何砚舟",
        "successor_phone": "13605460099",
        "reason": "离职",
    }
    browser = sign_in(people.enterprise)
    page = at_page("hand_over", today)
    bad = browser.post(page, {**form, "successor_phone": "136"})
    assert (bad.status_code, "successor_phone" in bad.context["form"].errors) == (422, True)
    assert browser.post(page, form).status_code == 302
    assert Handover.objects.get().successor_name == "何砚舟"


def test_a_step_that_cannot_be_taken_says_why_with_the_article(people, enterprise, sign_in):
    ordered(people, enterprise)
    answer = sign_in(people.town).get(at_page("resume", enterprise))
    assert answer.context["refusal"].article == 65


def test_who_may_take_no_step_is_offered_none(people, enterprise, sign_in):
    for person, offered_any in ((people.legal, False), (people.grid, False), (people.town, True)):
        context = sign_in(person).get(enterprise.get_absolute_url(), {"whole": "shown"}).context
        assert context["life"]["has_steps"] is offered_any


def test_where_nobody_holds_the_post_no_form_asks_who_leaves(people, sign_in, at):
    without = make_enterprise(name="广饶无人木业")

    page = sign_in(people.town).get(f"/enterprises/{without.pk}/hand_over/").content.decode()

    assert 'name="leaver"' not in page
    assert "账号与组织" in page


@pytest.mark.parametrize("step", ["accept_transfer", "refuse_transfer"])
def test_who_answers_a_transfer_sees_what_is_offered_and_why(people, enterprise, sign_in, step):
    transfer = offered(people, enterprise)
    page = text(sign_in(people.other_county).get(f"{transfer.get_absolute_url()}{step}/"))

    assert enterprise.uscc in page
    assert enterprise.production_address in page
    assert transfer.reason in page
