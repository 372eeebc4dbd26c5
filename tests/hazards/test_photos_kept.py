"""Photos of a form that comes back are not lost: they wait for the next sending, and are bound once."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from attachments.models import Attachment
from attachments.services import attach, of
from hazards.models import Hazard
from lifecycle.models import StateChange
from tests.factories.hazards import make_photo, photo_file, rectifying

URL = reverse("hazards:report")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def send(sign_in, people):
    """Send the report form; without changes it is in order."""
    browser = sign_in(people.enterprise)

    def _send(**changes):
        facts = {"key": str(uuid4()), "place": "砂光车间", "description": "灰斗法兰处积尘", "fix": "later"}
        return browser.post(URL, {**facts, **changes})

    return _send


def kept(answer) -> list[str]:
    """Return the ids that the form shown again will send."""
    return re.findall(r'name="photos_kept" value="(\d+)"', answer.content.decode())


def test_photos_of_a_form_with_an_error_are_shown_again_and_bound_with_the_next_sending(send):
    answer = send(place="", photos=[photo_file(), photo_file("green", "b.jpg")])
    ids = kept(answer)

    assert answer.status_code == 422
    assert [int(one) for one in ids] == list(Attachment.objects.values_list("pk", flat=True))
    assert reverse("attachments:thumbnail", args=[ids[0]]) in answer.content.decode()
    send(photos_kept=ids)
    assert [str(file.pk) for file in of(Hazard.objects.get(), "before")] == ids


def test_they_stay_through_a_second_error_and_join_new_ones(send):
    ids = kept(send(place="", photos=[photo_file()]))
    ids = kept(send(place="", photos_kept=ids, photos=[photo_file("green", "b.jpg")]))
    send(photos_kept=ids, photos=[photo_file("red", "c.jpg")])

    assert [file.original_name for file in of(Hazard.objects.get())] == ["photo.jpg", "b.jpg", "c.jpg"]


def test_a_photo_whose_box_is_ticked_is_left_out(send):
    ids = kept(send(place="", photos=[photo_file(), photo_file("green", "b.jpg")]))
    send(photos_kept=ids, photos_drop=ids[:1])

    assert [str(file.pk) for file in of(Hazard.objects.get())] == ids[1:]


def test_a_stranger_s_photo_is_refused_by_its_id_and_stays_where_it_was(send, people):
    theirs = make_photo(people.other_enterprise)
    answer = send(photos_kept=[theirs])

    assert answer.status_code == 422
    assert answer.context["form"].errors["photos"] == ["有文件已经不在了，重新添加一次。"]
    assert kept(answer) == []
    assert not Hazard.objects.exists()
    assert Attachment.objects.get(pk=theirs).target_id is None


def test_a_photo_of_another_record_is_not_taken_from_it(send):
    ids = kept(send(place="", photos=[photo_file()]))
    send(photos_kept=ids)
    first = Hazard.objects.get()
    answer = send(photos_kept=ids)

    assert answer.status_code == 422
    assert list(Hazard.objects.all()) == [first]
    assert [str(file.pk) for file in of(first)] == ids


@pytest.mark.parametrize("bad", ["x", "-1", "9" * 400, "１", "\x00"])
def test_what_is_no_id_counts_for_nothing(send, bad):
    assert send(photos_kept=[bad]).status_code == 302


def test_one_form_sent_twice_leads_to_one_hazard_and_leaves_no_photo_over(send):
    ids, key = kept(send(place="", photos=[photo_file()])), str(uuid4())
    answers = [send(key=key, photos_kept=ids, photos=[photo_file("green", "b.jpg")]) for _press in range(2)]

    assert answers[0].url == answers[1].url
    assert Attachment.objects.filter(target_id=None).count() == 0
    assert of(Hazard.objects.get()).count() == 2


def test_a_dozen_is_the_most_with_the_kept_ones(send):
    ids = kept(send(place="", photos=[photo_file(name=f"{n}.jpg") for n in range(11)]))
    answer = send(photos_kept=ids, photos=[photo_file(name="k.jpg"), photo_file(name="l.jpg")])

    assert answer.status_code == 422
    assert len(kept(answer)) == 12


@pytest.fixture
def rectify(sign_in, people, enterprise):
    """Say that a hazard has been put right."""
    hazard, browser = rectifying(people, enterprise), sign_in(people.enterprise)
    url = reverse("hazards:submit_rectification", args=[hazard.pk])

    def _rectify(**changes):
        return browser.post(url, {"text": "已清扫", "version": hazard.version, **changes})

    _rectify.hazard = hazard
    return _rectify


def test_a_verb_s_form_keeps_its_photos_too(rectify):
    ids = kept(rectify(text="", photos=[photo_file()]))
    assert rectify(photos_kept=ids).status_code == 302
    assert [str(file.pk) for file in of(rectify.hazard, "after")] == ids


def test_a_verb_that_is_refused_keeps_its_photos_for_the_second_look(rectify):
    answer = rectify(version=99, photos=[photo_file()])
    assert (answer.status_code, len(kept(answer))) == (409, 1)
    assert rectify(photos_kept=kept(answer)).status_code == 302


def test_a_verb_done_twice_binds_once_and_leaves_nothing_over(rectify):
    ids = kept(rectify(text="", photos=[photo_file()]))
    for _press in range(2):
        assert rectify(photos_kept=ids, photos=[photo_file("green", "b.jpg")]).status_code == 302
    assert StateChange.objects.filter(verb="submit_rectification").count() == 1
    assert Attachment.objects.filter(target_id=None).count() == 0


def test_a_photo_that_waits_shows_what_the_form_says_that_binds_it(rectify, people):
    photo = make_photo(people.enterprise, purpose="before")
    assert rectify(photos_kept=[photo]).status_code == 302
    assert [file.pk for file in of(rectify.hazard, "after")] == [photo]


def test_a_photo_that_a_record_holds_keeps_its_purpose(rectify, people, enterprise):
    photo = make_photo(people.enterprise, purpose="before")
    attach([photo], enterprise, by=people.enterprise)
    assert rectify(photos_kept=[photo]).status_code == 422
    assert Attachment.objects.get(pk=photo).purpose == "before"


def test_who_may_not_take_the_step_leaves_no_photo(rectify, sign_in, people):
    url = reverse("hazards:submit_rectification", args=[rectify.hazard.pk])
    answer = sign_in(people.legal).post(
        url, {"text": "已清扫", "version": rectify.hazard.version, "photos": [photo_file()]}
    )
    assert answer.status_code == 403
    assert not Attachment.objects.exists()
