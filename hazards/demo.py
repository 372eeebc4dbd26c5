"""The demo city's hazards: how many of which story, at which enterprises, begun when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate, make_aware

from accounts.demo import CITY, COUNTY, TOWN, Stage
from enterprises.models import Enterprise
from hazards import demo_stories as tell
from hazards.demo_photos import PhotoBox
from hazards.demo_scene import MAJOR_CATEGORIES, Scene, has_criterion

# The published mix is of a year; six hundred hazards are enough to show every state.
FULL = 600


@dataclass(frozen=True)
class Plot:
    """So many of a story, begun between `newest` and `oldest` days ago."""

    story: Callable[..., Iterator[datetime]]
    number: int
    newest: float
    oldest: float
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def is_major(self) -> bool:
        """Say whether it needs an enterprise to which a criterion applies."""
        return self.story is tell.major


PLOTS = (
    Plot(tell.closed_at_once, 150, 4, 300),
    Plot(tell.self_closed, 75, 16, 300),
    Plot(tell.verified, 96, 24, 300),
    Plot(tell.returned_then_verified, 14, 32, 290),
    Plot(tell.climbed_then_closed, 16, 36, 280),
    Plot(tell.extended_then_closed, 10, 32, 280, {"granted": True}),
    Plot(tell.extended_then_closed, 4, 32, 280, {"granted": False}),
    Plot(tell.set_aside, 16, 6, 290),
    Plot(tell.reopened_then_closed, 6, 34, 200),
    Plot(tell.reopened, 5, 15, 17),
    Plot(tell.waiting, 26, 0.05, 2.4),
    Plot(tell.being_rectified, 56, 1.2, 9),
    Plot(tell.overdue, 12, 12, 22, {"late": 1}),
    Plot(tell.overdue, 10, 16, 30, {"late": 5}),
    Plot(tell.overdue, 8, 26, 44, {"late": 12}),
    Plot(tell.asking_for_time, 9, 3.2, 4.4),
    Plot(tell.being_verified, 22, 2.6, 6),
    Plot(tell.returned, 7, 5.5, 7),
    Plot(tell.drawn, 10, 5, 9),
    Plot(tell.major, 12, 55, 270, {"until": "released"}),
    Plot(tell.major, 6, 70, 260, {"until": "released", "listed": True}),
    Plot(tell.major, 8, 1, 8, {"until": "plan_due"}),
    Plot(tell.major, 6, 7, 11, {"until": "plan_submitted"}),
    Plot(tell.major, 7, 13, 26, {"until": "rectifying"}),
    Plot(tell.major, 6, 14, 24, {"until": "rectifying", "listed": True}),
    Plot(tell.major, 3, 42, 55, {"until": "rectifying", "listed": True, "late": 4}),
    Plot(tell.major, 5, 32, 34, {"until": "site_review"}),
)
PAPERS = 8
# One hazard in so many happens where the sign-ins look first: at `enterprise` itself, in its town, in its county.
OURS, OUR_TOWN, OUR_COUNTY = 0.05, 0.12, 0.30


def prepare(stage: Stage) -> None:
    """Hand out the camera and say how many notices are made."""
    stage.papers = max(2, PAPERS * stage.hazards // FULL)
    stage.photos = PhotoBox(stage.random)


def stories(stage: Stage) -> Iterator[tuple[datetime, Iterator[datetime]]]:
    """Give every story with the moment at which it begins."""
    casting = Casting(stage)
    for plot in PLOTS:
        for _turn in range(max(1, round(plot.number * stage.hazards / FULL))):
            start = casting.moment(plot)
            scene = casting.scene(plot, start)
            yield start, plot.story(scene, start, **plot.told)


class Casting:
    """Finds an enterprise and a moment for each story."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.random = stage, stage.random
        self.pool = [e for e in stage.enterprises if e.pk in stage.safety_officers]
        self.ours = self.pool[0]
        for enterprise in self.pool:
            if stage.safety_officers[enterprise.pk].username == "enterprise":
                self.ours = enterprise

    def moment(self, plot: Plot) -> datetime:
        """Return a moment of a working hour in the span of the plot."""
        days = self.random.uniform(plot.newest, plot.oldest)
        day = localdate(self.stage.now) - timedelta(days=int(days))
        start = make_aware(datetime.combine(day, time(8, 30))) + timedelta(
            minutes=self.random.randint(0, 500)
        )
        latest = self.stage.now - timedelta(hours=plot.newest * 24, minutes=self.random.randint(1, 20))
        return max(min(start, latest), self.stage.begin + timedelta(hours=2))

    def scene(self, plot: Plot, start: datetime) -> Scene:
        """Return the stage of one story; each has dice of its own, so that one does not change the others."""
        pool = self.near_the_sign_ins()
        if plot.is_major:
            pool = self.fit_for_major(pool, start)
        dice = Random(self.random.random())  # noqa: S311 - a demo, nothing secret
        return Scene(self.stage, self.stage.photos, dice, self.random.choice(pool), self.pool)

    def near_the_sign_ins(self) -> list[Enterprise]:
        """Return the enterprises from which this story's is drawn."""
        lot = self.random.random()
        if lot < OURS:
            return [self.ours]
        place = TOWN if lot < OURS + OUR_TOWN else COUNTY if lot < OURS + OUR_TOWN + OUR_COUNTY else CITY
        return [e for e in self.pool if e.region_id.startswith(place)] or self.pool

    def fit_for_major(self, pool: list[Enterprise], start: datetime) -> list[Enterprise]:
        """Keep those for which a criterion is in force on the day, anywhere in the city if none is near."""
        fitting = {kind for kind in MAJOR_CATEGORIES if self.criterion_stands(kind, start)}
        near = [e for e in pool if e.regulatory_category in fitting]
        return near or [e for e in self.pool if e.regulatory_category in fitting]

    def criterion_stands(self, kind: str, start: datetime) -> bool:
        """Say whether the kind of enterprise has criteria on the day and a few days on."""
        days = (localdate(start), localdate(start + timedelta(days=10)))
        return all(has_criterion(Enterprise(regulatory_category=kind), day) for day in days)
