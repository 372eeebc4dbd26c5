"""Moments that people type and devices send: none of another age is kept."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from attachments.models import Attachment
from attachments.moments import DeviceTimeField, MomentField
from hazards.models import Hazard
from tests.factories.hazards import photo_file

NONSENSE = ["0001-01-01T00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+08:00"]


@pytest.mark.parametrize("text", [*NONSENSE, "soon"])
def test_a_typed_moment_of_another_age_is_refused_and_a_device_s_is_none(text):
    with pytest.raises(ValidationError):
        MomentField().clean(text)
    assert DeviceTimeField().clean(text) is None


@pytest.mark.parametrize("field", [MomentField(required=False), DeviceTimeField()])
def test_a_moment_of_our_time_is_kept_and_none_is_none(field):
    assert field.clean("2026-03-10T10:00:00+08:00").isoformat() == "2026-03-10T10:00:00+08:00"
    assert field.clean("") is None


@pytest.mark.django_db
@pytest.mark.parametrize("text", NONSENSE)
def test_a_device_with_a_mad_clock_still_reports_a_hazard_and_sends_its_photo(people, sign_in, text):
    browser = sign_in(people.enterprise)
    facts = {"key": "7f9c24e8-3b12-4c1e-9a55-0d2f3a1c6b77", "place": "砂光车间", "description": "灰斗积尘"}

    sent = browser.post(
        reverse("attachments:waiting"), {"file": photo_file(), "purpose": "before", "device_time": text}
    )
    answer = browser.post(reverse("hazards:report"), {**facts, "fix": "later", "device_time": text})

    assert (sent.status_code, answer.status_code) == (201, 302)
    assert Attachment.objects.get().device_time is None
    hazard = Hazard.objects.get()
    assert hazard.device_time is None
    assert browser.get(hazard.get_absolute_url()).status_code == 200


@pytest.mark.django_db
def test_a_hazard_was_not_found_in_the_year_one(people, sign_in):
    facts = {"key": "7f9c24e8-3b12-4c1e-9a55-0d2f3a1c6b78", "place": "砂光车间", "description": "灰斗积尘"}

    page = sign_in(people.enterprise).post(
        reverse("hazards:report"), {**facts, "fix": "later", "found_at": "0001-01-01T00:00"}
    )

    assert page.status_code == 422
    assert "found_at" in page.context["form"].errors
