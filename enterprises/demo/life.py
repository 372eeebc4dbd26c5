"""The life of files in the demo city: stops that the towns look at every month, and a few that are on their way today.

The stopped share of the city is written in sets; what stands open goes through the services. The dice are their own:
what is made here changes nothing else of the city.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate
from PIL import Image, ImageDraw

from accounts.demo import COUNTY, TOWN, Stage
from accounts.models import User
from accounts.roles import Role
from attachments.services import receive
from deadlines import services as deadlines
from enterprises import services
from enterprises.demo.base import code
from enterprises.identity import ID_NO, number_of
from enterprises.life.forms import PURPOSE
from enterprises.life.status import Evidence
from enterprises.life.tables import RECHECK, SEASON
from enterprises.models import Enterprise, StatusProof
from regions.models import Region

FOUND = (
    "大门上锁，车间断电，无人员作业",
    "设备停运，仅留门卫一人",
    "原料已清空，生产线贴封条",
    "厂区断电，仓库无存货",
)
# One in so many stops has not been looked at in time.
LATE_ONE_IN = 14
DOUBLE_SERIAL = 990_001
Story = Iterator[datetime]


def life_stories(stage: Stage) -> Iterator[tuple[datetime, Story]]:
    """Give the stops, offers and merges of the last weeks, each with the moment at which it begins."""
    dice = Random(370_523)  # noqa: S311 - the same city at every run, nothing secret
    choose = Chooser(stage, dice)
    yield stage.now - timedelta(hours=3), looked_at(stage, dice)
    told: list[tuple[int, Callable[..., Story], Enterprise | None]] = [
        (2, waiting_stop, choose.with_officer(TOWN)),
        (26, seen_stop, choose.with_officer(COUNTY)),
        (15, ordered_stop, choose.with_officer(COUNTY)),
        (4, offer, choose.without_officer(COUNTY)),
        (3, offer, choose.without_officer("370505")),
        (11, double, choose.without_officer(COUNTY)),
    ]
    for days, story, enterprise in told:
        if enterprise is None:
            continue
        begin = (stage.now - timedelta(days=days)).replace(hour=2, minute=dice.randint(0, 59))
        yield begin, story(stage, enterprise, begin)


class Chooser:
    """Picks working enterprises, each once; never the one whose officer signs in as `enterprise`.

    A small city may have none that fits; then its story is not told.
    """

    def __init__(self, stage: Stage, dice: Random) -> None:
        self.stage, self.dice = stage, dice
        self.taken = {next(iter(stage.safety_officers))}

    def with_officer(self, place: str) -> Enterprise | None:
        """Return one whose safety officer has an account."""
        return self._one(place, lambda each: each.pk in self.stage.safety_officers)

    def without_officer(self, place: str) -> Enterprise | None:
        """Return one that nobody signs in for."""
        return self._one(place, lambda each: each.pk not in self.stage.safety_officers)

    def _one(self, place: str, fits: Callable[[Enterprise], bool]) -> Enterprise | None:
        rows = [
            each
            for each in self.stage.enterprises
            if each.operating_status == "normal"
            and each.region_id.startswith(place)
            and each.pk not in self.taken
            and fits(each)
        ]
        found = self.dice.choice(rows) if rows else None
        self.taken.add(found.pk if found else None)
        return found


def fresh(enterprise: Enterprise) -> Enterprise:
    """Return the file as it stands."""
    return Enterprise.objects.get(pk=enterprise.pk)


def picture(by: User, at: datetime, *, dark: bool = False) -> int:
    """Draw a closed gate, let it go through the whole intake, and return its id."""
    image = Image.new("RGB", (960, 720), "#9fb3c1" if not dark else "#4a5560")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 470, 960, 720), fill="#7c7468")
    draw.rectangle((180, 230, 780, 520), fill="#565d63")
    for left in range(200, 780, 40):
        draw.rectangle((left, 240, left + 8, 510), fill="#a9aeb2")
    draw.rectangle((455, 350, 505, 400), fill="#b08d3c")
    data = BytesIO()
    image.save(data, "JPEG", quality=80)
    upload = SimpleUploadedFile("IMG_gate.jpg", data.getvalue(), "image/jpeg")
    return receive(upload, by=by, at=at, purpose=PURPOSE).pk


def evidence(by: User, at: datetime, note: str, number: str = "") -> Evidence:
    """Return what somebody saw or signed that day, with a picture."""
    return Evidence(seen_on=localdate(at), note=note, document_number=number, files=[picture(by, at)])


def looked_at(stage: Stage, dice: Random) -> Story:
    """Write the last look of the towns at every stop, and the clock of the next one."""
    rows = list(Enterprise.objects.filter(operating_status__in=("suspended_self", "seasonal"), version=0))
    proofs = []
    for number, row in enumerate(rows):
        days = 33 if number % LATE_ONE_IN == 0 else dice.randint(2, 26)
        at = stage.now - timedelta(days=days)
        town = stage.people[Role.TOWN, row.region_id[:9]] or stage.people[Role.COUNTY, row.region_id[:6]]
        verb = "recheck_stop" if row.state == "suspended_self" else "verify_season"
        row.stop_checked_until = start_clock(row, at, dice)
        row.planned_until = row.stop_checked_until if row.state == "seasonal" else None
        proofs.append(
            StatusProof(
                enterprise=row,
                verb=verb,
                status=row.state,
                seen_on=localdate(at),
                note=dice.choice(FOUND),
                by=dice.choice(town),
                at=at,
            )
        )
    StatusProof.objects.bulk_create(proofs)
    Enterprise.objects.bulk_update(rows, ["stop_checked_until", "planned_until"])
    yield from ()


def start_clock(row: Enterprise, at: datetime, dice: Random):  # noqa: ANN201 - the day of the deadline
    """Start the clock of the next look, or of the season's end; return its day."""
    if row.state == "suspended_self":
        return deadlines.start(row, RECHECK, at=at).due_on
    until = localdate(at) + timedelta(days=dice.randint(40, 110))
    return deadlines.start(row, SEASON, at=at, due_on=until).due_on


def waiting_stop(stage: Stage, enterprise: Enterprise, at: datetime) -> Story:
    """A stop that the town has not looked at yet."""
    by = stage.safety_officers[enterprise.pk]
    reason = "主要客户订单减少，全线停产检修"
    services.ask_to_stop(fresh(enterprise), kind="self", stop_on=localdate(at), reason=reason, by=by, at=at)
    yield from ()


def seen_stop(stage: Stage, enterprise: Enterprise, at: datetime) -> Story:
    """A stop that was reported and seen two days later."""
    by = stage.safety_officers[enterprise.pk]
    reason = "环保改造，停产两个月"
    services.ask_to_stop(fresh(enterprise), kind="self", stop_on=localdate(at), reason=reason, by=by, at=at)
    at = yield at + timedelta(days=2)
    town = stage.at(Role.TOWN, enterprise.region_id[:9])
    services.verify_stop(fresh(enterprise), evidence=evidence(town, at, FOUND[0]), by=town, at=at)


def ordered_stop(stage: Stage, enterprise: Enterprise, at: datetime) -> Story:
    """An order to stop whose review has agreed; the enterprise has not resumed yet."""
    county = stage.at(Role.COUNTY, enterprise.region_id[:6])
    order = evidence(county, at, "除尘系统未投用，责令停产停业整顿", "（广）应急停〔2026〕2号")
    services.suspend_ordered(fresh(enterprise), evidence=order, by=county, at=at)
    at = yield at + timedelta(days=13)
    agreed = evidence(county, at, "除尘系统已改造并试运行，同意恢复生产", "（广）应急复产〔2026〕2号")
    services.approve_resumption(fresh(enterprise), evidence=agreed, by=county, at=at)


def offer(stage: Stage, enterprise: Enterprise, at: datetime) -> Story:
    """A file that another district is asked to take over."""
    here = enterprise.region_id[:6]
    place = Region.objects.get(pk="370502" if here == COUNTY else COUNTY)
    by = stage.at(Role.COUNTY, here)
    services.ask_transfer(fresh(enterprise), to_region=place, reason="厂区整体搬迁至新址", by=by, at=at)
    yield from ()


def double(stage: Stage, enterprise: Enterprise, at: datetime) -> Story:
    """A second file of one enterprise, found and merged two days later."""
    by = stage.at(Role.COUNTY, enterprise.region_id[:6])
    left_out = {"id", "created_at", "updated_at", "status_since", "version"}
    facts = {
        each.attname: getattr(enterprise, each.attname)
        for each in Enterprise._meta.concrete_fields
        if not each.generated and each.attname not in left_out
    }
    facts |= {
        "uscc": code("91", enterprise.region_id[:6], DOUBLE_SERIAL),
        "name": enterprise.name.removesuffix("有限公司") + "公司",
        "former_name": "大王乡镇企业",
        # The file itself holds it masked.
        ID_NO: number_of(enterprise),
    }
    second = services.register(facts=facts, by=by, at=at)
    at = yield at + timedelta(days=2)
    services.merge(fresh(enterprise), second, reason="同一厂区，换照后重复建档", by=by, at=at)
