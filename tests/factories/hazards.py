"""Hazards for the tests, made through the services so that their histories are lawful."""

from datetime import date, datetime, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from attachments.services import receive
from hazards import services
from hazards.models import Hazard
from tests.people import AT

FACTS = {
    "source": "self_check",
    "category": "facility",
    "grade": "general",
    "description": "灰斗法兰处积尘，厚约3毫米，没有按班清扫",
    "place": "砂光车间",
}


def photo_file(colour: str = "grey", name: str = "photo.jpg") -> SimpleUploadedFile:
    """Return a real little JPEG, as a phone would send it."""
    data = BytesIO()
    Image.new("RGB", (64, 48), colour).save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


def make_photo(by: User, *, at: datetime = AT, purpose: str = "before") -> int:
    """Receive a photo and return its id."""
    return receive(photo_file(), by=by, at=at, purpose=purpose).pk


def reported(enterprise, by: User, *, at: datetime = AT, **facts: object) -> Hazard:
    """A hazard that waits for acceptance."""
    return services.report(enterprise, facts={**FACTS, **facts}, by=by, at=at)


def rectifying(
    people, enterprise, *, at: datetime = AT, deadline_on: date = date(2026, 3, 20), **facts
) -> Hazard:
    """A general hazard that is being rectified."""
    hazard = reported(enterprise, people.enterprise, at=at, **facts)
    return services.accept_report(hazard, deadline_on=deadline_on, by=people.town, at=at + timedelta(hours=1))
