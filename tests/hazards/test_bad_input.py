"""What should not be sent: a sentence beside the field, nothing lost, nothing half-written."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from attachments.models import Attachment
from attachments.sniffing import SIZE_LIMIT
from hazards.models import Hazard
from lifecycle.models import StateChange
from tests.factories.hazards import photo_file, reported

URL = reverse("hazards:report")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def send(sign_in, people):
    """Send the report form as the enterprise's safety officer."""
    browser = sign_in(people.enterprise)

    def _send(**changes):
        facts = {"key": str(uuid4()), "place": "砂光车间", "description": "灰斗法兰处积尘", "fix": "later"}
        return browser.post(URL, {**facts, **changes})

    return _send


def refused(answer, name: str) -> bool:
    """Say whether the form came back with a sentence beside the field and what was typed still in it."""
    return answer.status_code == 422 and bool(answer.context["form"].errors.get(name))


def test_ten_thousand_characters_are_refused_beside_their_field(send):
    assert refused(send(description="尘" * 10_000), "description")
    assert not Hazard.objects.exists()


def test_an_emoji_is_kept_as_it_was_typed(send):
    send(description="🔥冒烟")

    assert Hazard.objects.get().description == "🔥冒烟"


def test_a_zero_byte_is_refused(send):
    assert refused(send(description="积\x00尘"), "description")


def test_a_moment_in_the_future_is_refused(send):
    later = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")

    assert refused(send(found_at=later), "found_at")


def test_a_deadline_in_the_past_is_refused(send):
    assert refused(send(deadline_on="2020-01-01"), "deadline_on")


def test_a_disguised_file_is_named_and_the_good_one_is_kept(send):
    answer = send(photos=[photo_file(), SimpleUploadedFile("b.jpg", b"MZ\x90\x00 program", "image/jpeg")])

    assert refused(answer, "photos")
    assert [error.partition("：")[0] for error in answer.context["form"].errors["photos"]] == ["b.jpg"]
    assert Attachment.objects.get().original_name == "photo.jpg"
    assert not Hazard.objects.exists()


def test_a_file_that_is_too_large_is_refused(send):
    huge = SimpleUploadedFile("huge.jpg", b"\xff\xd8\xff" + bytes(SIZE_LIMIT), "image/jpeg")

    assert refused(send(photos=[huge]), "photos")
    assert not Attachment.objects.exists()


def test_one_form_sent_twice_is_one_hazard_with_its_photo(send):
    key = str(uuid4())
    first, second = send(key=key, photos=[photo_file()]), send(key=key)

    assert first.url == second.url
    assert Hazard.objects.count() == 1


def test_what_was_typed_comes_back_with_the_error(send):
    html = send(description="", place="南门岗亭").content.decode()

    assert "南门岗亭" in html


def test_another_region_s_hazard_is_not_found_by_its_id(sign_in, people, enterprise):
    hazard = reported(enterprise, people.enterprise)
    browser = sign_in(people.other_county)

    assert browser.get(hazard.get_absolute_url()).status_code == 404
    answer = browser.post(reverse("hazards:accept_report", args=[hazard.pk]), {"deadline_on": "2099-01-01"})
    assert answer.status_code == 404


def test_a_stale_form_says_what_happened_meanwhile_and_changes_nothing(sign_in, people, enterprise):
    hazard = reported(enterprise, people.town, source="inspection")
    Hazard.objects.filter(pk=hazard.pk).update(version=7)

    answer = sign_in(people.town).post(
        reverse("hazards:accept_report", args=[hazard.pk]), {"deadline_on": "2099-01-01", "version": "1"}
    )

    assert answer.status_code == 409
    assert answer.context["refusal"]
    assert not StateChange.objects.filter(verb="accept_report").exists()


def test_an_enterprise_cannot_report_for_another_by_its_id(send, other_enterprise):
    send(enterprise=str(other_enterprise.pk))

    assert not Hazard.objects.filter(enterprise=other_enterprise).exists()
