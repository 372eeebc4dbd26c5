"""What is too good to be true in the demo city, and the months of hazard work: told, found by the clock, looked into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime

from accounts.demo import COUNTY, TOWN, Stage
from accounts.models import User
from accounts.roles import Role
from attachments.services import receive
from enterprises.models import Enterprise
from hazards import services as hazards
from hazards.demo_photos import camera, draw
from inspections import services as do
from inspections.doubts.services import find_doubts
from inspections.figures.months import count_conduct
from inspections.models import Doubt

Steps = Iterator[datetime]
# How the figures stood is known of the months in which they were counted.
MONTHS = 4
WORDS = {
    "category": "fire",
    "place": "仓库",
    "description": "仓库灭火器压力不足",
    "measures": "更换灭火器",
}


def conduct_stories(stage: Stage) -> Iterator[tuple[datetime, Steps]]:
    """Give what an enterprise copies, what the clock makes of it, and a counting at the end of each month."""
    near = [
        each
        for each in stage.enterprises
        if each.pk in stage.safety_officers
        and each.region_id.startswith(COUNTY)
        and each.operating_status == "normal"
        and each.latitude is not None
    ]
    ours = sorted(near, key=lambda e: (not e.region_id.startswith(TOWN), e.uscc))[-3:]
    for turn, enterprise in enumerate(ours):
        dice = Random(stage.random.random())  # noqa: S311 - a demo, nothing secret
        start = stage.now - timedelta(days=46 - 3 * turn, hours=4)
        yield start, copied(stage, enterprise, start, dice)
    yield stage.now - timedelta(days=15, hours=7), looked_for(stage)
    for back in range(MONTHS, 0, -1):
        end = localtime(stage.now - timedelta(days=30 * back)).replace(hour=23, minute=30)
        yield end, counted(end)
    yield stage.now - timedelta(hours=1), counted(stage.now - timedelta(hours=1))


def copied(stage: Stage, enterprise: Enterprise, at: datetime, dice: Random) -> Steps:
    """The safety officer reports the same extinguisher week after week, with one photo for all."""
    by, seed = stage.safety_officers[enterprise.pk], dice.random()
    for turn in range(3):
        facts = {**WORDS, "source": "self_check", "found_at": at - timedelta(minutes=20)}
        before = photo(enterprise, "before", seed, by, at, taken=at - timedelta(minutes=20))
        hazard = hazards.report(enterprise, facts=facts, photos=[before], by=by, at=at)
        at = yield at + timedelta(hours=3)
        # The last one is shown to be put right by a photo from before it was found.
        taken = at - (timedelta(days=9) if turn == 2 else timedelta(minutes=10))
        after = photo(enterprise, "after", dice.random(), by, at, taken=taken)
        hazards.close_by_enterprise(hazard, text=f"已更换灭火器{turn + 1}具。", photos=[after], by=by, at=at)
        at = yield at + timedelta(days=7)


def photo(
    enterprise: Enterprise, purpose: str, seed: float, by: User, at: datetime, *, taken: datetime
) -> int:
    """Hand in a photo that the camera says was taken then; the same seed is the same picture."""
    data = draw(purpose, seed, camera(taken, enterprise.latitude, enterprise.longitude))
    name = f"IMG_{localtime(taken):%Y%m%d_%H%M%S}.jpg"
    return receive(SimpleUploadedFile(name, data, "image/jpeg"), by=by, at=at, purpose=purpose).pk


def looked_for(stage: Stage) -> Steps:
    """The clock looks for doubts; the town looks into two of them, the others wait."""
    at = stage.now - timedelta(days=15, hours=7)
    find_doubts(at=at)
    at = yield at + timedelta(days=2, hours=9)
    waiting = Doubt.objects.filter(state="open", enterprise__county_code=COUNTY).select_related("enterprise")
    copies = list(waiting.filter(kind="copied_text", evidence__what="problem").order_by("pk")[:2])
    said = (
        (do.uphold_doubt, "现场核实仓库只有一具灭火器，三次记录为重复上报，已约谈企业负责人。"),
        (do.explain_doubt, "三次为不同库房的灭火器，已逐一核对编号和更换凭证。"),
    )
    for (verb, reason), doubt in zip(said, copies, strict=False):
        town = stage.people[Role.TOWN, doubt.enterprise.region_id[:9]][-1]
        verb(doubt, reason=reason, by=town, at=at)
        at = yield at + timedelta(hours=2)


def counted(at: datetime) -> Steps:
    """Rate every enterprise and count the month, as every night."""
    count_conduct(at=at)
    yield from ()
