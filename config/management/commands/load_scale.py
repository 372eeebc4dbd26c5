"""Fill a separate, empty database to the size of a district or a megacity, for measurements."""

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from accounts.demo import IN_POST_SINCE, PASSWORD
from accounts.models import Organisation, Post, Role, User
from config.demo import load_rules
from config.scale import enterprises, hazards, library, places, truth, visits
from config.scale.bare import rows, run
from enterprises.models import Enterprise
from regions.models import Region


@dataclass(frozen=True)
class Size:
    """How many of what, over which divisions."""

    prefix: str
    area: str
    enterprises: int
    hazards: int
    grids: int
    items: int
    visits: int


SIZES = {
    "district": Size("3705", "'东营'", 3_952, 136_000, 1_522, 2_000, 10_000),
    "megacity": Size("3201", "'南京'", 400_000, 5_000_000, 16_000, 200_000, 1_000_000),
}


class Command(BaseCommand):
    help = "Fill the connected database, which must be empty, with the rows of a district or a megacity."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("size", choices=sorted(SIZES))
        parser.add_argument("--enterprises", type=int, help="another number of enterprises")
        parser.add_argument("--hazards", type=int, help="another number of hazards")
        parser.add_argument("--items", type=int, help="another number of check items")
        parser.add_argument("--visits", type=int, help="another number of visits")

    def handle(self, *, size: str, **options: Any) -> None:
        given = {
            name: options[name] for name in ("enterprises", "hazards", "items", "visits") if options[name]
        }
        self.make_sure(wanted := replace(SIZES[size], **given))
        begun, now = perf_counter(), timezone.now()
        run("SET synchronous_commit TO off")
        run("SET maintenance_work_mem TO '768MB'")
        run("SET work_mem TO '128MB'")
        villages = self.timed("divisions", lambda: self.lay_places(wanted))
        trades = rows("SELECT count(*) FROM scale_trade")[0][0]
        self.timed("grids", lambda: places.lay_grids(wanted.grids))
        load = lambda: enterprises.load(wanted.enterprises, villages, trades, wanted.area, now)  # noqa: E731
        self.timed("enterprises", load)
        self.timed("confirmations", lambda: truth.load(now))
        self.timed("hazards", lambda: hazards.load(wanted.hazards, now))
        self.timed("clocks", lambda: hazards.load_clocks(now))
        self.timed("check items", lambda: library.load(wanted.items, now))
        self.timed("visits", lambda: visits.load(wanted.visits, now))
        places.drop_all()
        self.timed("sign-ins", lambda: self.appoint(wanted.prefix))
        self.timed("statistics", self.analyse)
        self.stdout.write(
            f"Loaded in {perf_counter() - begun:.0f} s. Sign in as bench or bench-city, {PASSWORD}"
        )

    def make_sure(self, wanted: Size) -> None:
        """Raise CommandError for a database that holds something, or a number beyond the numbering."""
        if not settings.DEMO:
            raise CommandError("Rows are made up only where settings.DEMO is on.")
        if Enterprise.objects.exists() or User.objects.filter(username="bench").exists():
            raise CommandError("The database is not empty. Name one made for this in DATABASE_URL.")
        if wanted.enterprises > enterprises.MOST or wanted.hazards > hazards.MOST:
            raise CommandError(f"At most {enterprises.MOST:,} enterprises and {hazards.MOST:,} hazards.")

    def lay_places(self, wanted: Size) -> int:
        """Load rules, divisions and words; return the number of villages."""
        load_rules()
        if not Region.objects.filter(code=wanted.prefix).exists():
            call_command("load_divisions", wanted.prefix, stdout=self.stdout)
        villages = places.lay_villages(wanted.prefix)
        places.lay_words()
        return villages

    def timed(self, name: str, work: Callable[[], int]) -> int:
        """Do a part of the work and print its rows and its time."""
        begun = perf_counter()
        number = work()
        self.stdout.write(f"{name:<12}{number:>10,}  {perf_counter() - begun:7.1f} s")
        self.stdout.flush()
        return number

    def appoint(self, prefix: str) -> int:
        """Give `bench` the county with most enterprises, and `bench-city` the city."""
        county = rows(
            "SELECT county_code FROM enterprises_enterprise GROUP BY county_code ORDER BY count(*) DESC, 1 LIMIT 1"
        )[0][0]
        for username, role, place in (("bench", Role.COUNTY, county), ("bench-city", Role.CITY, prefix)):
            bureau, _made = Organisation.objects.get_or_create(
                name=f"{Region.objects.get(pk=place).name}应急管理局",
                defaults={"short_name": place, "kind": "bureau", "region_id": place, "document_mark": "测"},
            )
            user = User.objects.create_user(
                username=username, password=PASSWORD, name=username, organisation=bureau
            )
            Post.objects.create(
                user=user,
                role=role,
                region_id=place,
                organisation=bureau,
                title=username,
                from_on=IN_POST_SINCE,
            )
        return 2

    def analyse(self) -> int:
        """Let the planner know what is there, and the index-only scans what is visible."""
        verb = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
        filled = (*hazards.tables(), *library.tables(), *visits.tables(), "regions_grid")
        for table in filled:
            run(f'{verb} "{table}"')
        return len(filled)
