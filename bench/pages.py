"""Pages over HTTP as a county regulator at megacity scale, each beside the empty page of the same server.

A page and the floor are asked for in turns, so that whatever else the machine does slows both alike.
"""

import threading
import time
from collections.abc import Iterator
from typing import Any

import requests
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from analytics.services import refresh_if_due
from bench.counting import ANSWER, ASK
from bench.figures import Line, beside, line
from bench.server import running
from enterprises.models import Enterprise
from hazards.models import Hazard
from inspections.models import Visit

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FLOOR = "/bench/floor/"
TIMES = 21
PEER_TIMES = 3
# A peer is asked no further once it has taken this long; the server stops it too (bench.urls).
PEER_SECONDS = 30
MUST = 3.0
AIM = 1.5
LIMITS = {"queries": 12, "kilobytes": 150}
POINTS = 30_000
CONNECTIONS = 8
LOAD_SECONDS = 4
ROUNDS = 3


def measure() -> list[Line]:
    """Return a line for every page and for the load."""
    user = User.objects.get(username="bench")
    refresh_if_due(at=timezone.now())
    with running() as address:
        session = signed_in(user)
        return [*pages(session, address, user), load(user, address)]


def signed_in(user: User) -> requests.Session:
    """Return a browser that keeps its connection, signed in as the person."""
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    session = requests.Session()
    session.trust_env = False
    session.cookies.set(settings.SESSION_COOKIE_NAME, store.session_key, domain="127.0.0.1")
    return session


def paths(user: User) -> dict[str, tuple[str, str]]:
    """Return the pages by name, each with its peer in Django admin where there is one."""
    county = user.posts[0].region_id
    enterprise = Enterprise.objects.filter(county_code=county).order_by("-updated_at").first()
    hazard = Hazard.objects.filter(county_code=county).order_by("-found_at").first()
    return {
        **enterprise_lists(enterprise),
        **hazard_lists(hazard),
        **map_section(enterprise),
        **library(),
        **visits(user),
        "home": ("/", ""),
        "hazard": (f"/hazards/{hazard.pk}/", ""),
        "enterprise": (f"/enterprises/{enterprise.pk}/", ""),
        "analysis": ("/analytics/", ""),
        "analysis, open hazards by town": ("/analytics/hazards.open/?by=town", ""),
        "analysis, closed this month by industry": ("/analytics/hazards.closed/?by=industry", ""),
    }


def enterprise_lists(enterprise: Enterprise) -> dict[str, tuple[str, str]]:
    """Return the lists of enterprises around one of them: its town, parts of its name."""
    ours, peer = "/enterprises/", "/bench/peer/enterprises/enterprise/"
    searches = {
        "2 characters, common": "有限",
        "2 characters, rarer": enterprise.name[2:4],
        "4 characters, common": "有限公司",
        "4 characters, rare": enterprise.name[2:6],
        "4 characters, no hit": "龙宫探宝",
        "a person": enterprise.contact_name,
        "a phone number": enterprise.contact_phone,
        "the end of a phone number": enterprise.contact_phone[-5:],
        "a part of an address": enterprise.production_address[-5:],
    }
    return {
        "enterprises, first page": (ours, peer),
        "enterprises, page 200": (f"{ours}?page=200", f"{peer}?p=200"),
        "enterprises, three filters": (
            f"{ours}?place={enterprise.town_code}&category=industry_trade&status=normal",
            f"{peer}?regulatory_category__exact=industry_trade&operating_status__exact=normal",
        ),
        **{
            f"enterprises, search of {kind}": (f"{ours}?q={words}", f"{peer}?q={words}")
            for kind, words in searches.items()
        },
    }


def map_section(enterprise: Enterprise) -> dict[str, tuple[str, str]]:
    """Return the map of the enterprise's county, and a frame of it that holds POINTS enterprises."""
    placed = Enterprise.objects.filter(county_code=enterprise.county_code, longitude__isnull=False)
    east = placed.order_by("longitude")[:POINTS].aggregate(east=Max("longitude"))["east"]
    ours, frame = "/enterprises/map/", f"box=70,3,{east},54&zoom=10"
    return {
        "map of the county": (ours, ""),
        f"map, {POINTS:,} points in a frame": (f"{ours}points/?{frame}", ""),
        "map, the same under two conditions": (
            f"{ours}points/?{frame}&category=industry_trade&status=normal",
            "",
        ),
    }


def hazard_lists(hazard: Hazard) -> dict[str, tuple[str, str]]:
    """Return the lists of hazards around one of them."""
    ours, peer = "/hazards/", "/bench/peer/hazards/hazard/"
    searches = {
        "2 characters": hazard.description[:2],
        "4 characters, common": hazard.description[2:6],
        # A word with a number before it: in some two of a thousand rows.
        "4 characters, in between": hazard.description[:4],
        "its number": hazard.number,
        "the end of its number": hazard.number[-6:],
        "4 characters, no hit": "龙宫探宝",
    }
    return {
        "hazards, first page": (ours, peer),
        "hazards, open": (f"{ours}?open=true", ""),
        "hazards, page 400": (f"{ours}?page=400", f"{peer}?p=400"),
        "hazards, three filters": (
            f"{ours}?place={hazard.town_code}&grade=general&state=closed",
            f"{peer}?grade__exact=general&state__exact=closed",
        ),
        "hazards, longest waiting first": (f"{ours}?open=true&sort=found_at", ""),
        "hazards, nearest deadline first": (f"{ours}?open=true&sort=deadline_on", ""),
        **{
            f"hazards, search of {kind}": (f"{ours}?q={words}", f"{peer}?q={words}")
            for kind, words in searches.items()
        },
    }


def library() -> dict[str, tuple[str, str]]:
    """Return the library of check items, 200,000 of them, and searches in it."""
    ours = "/inspections/library/"
    queries = {
        "first page": "",
        "search of 2 characters, common": "?q=设置",
        "search of 4 characters": "?q=警示标志",
        "search of 4 characters, no hit": "?q=龙宫探宝",
        "search of a code": "?q=SCALE-0123456",
        "by an article": "?law=AWSL&article=41",
        "by a checklist": "?checklist=scale-77",
        "search under two conditions": "?q=车间&category=fire&grade=general",
    }
    return {f"library, {kind}": (f"{ours}{query}", "") for kind, query in queries.items()}


def visits(user: User) -> dict[str, tuple[str, str]]:
    """Return the lists of inspections around one visit: a million visits, and what goes with them."""
    visit = Visit.objects.visible_to(user).select_related("enterprise").order_by("-created_at").first()
    ours = "/inspections/"
    return {
        "visits, first page": (f"{ours}visits/", ""),
        "visits, page 200": (f"{ours}visits/?page=200", ""),
        "visits, three filters": (
            f"{ours}visits/?place={visit.town_code}&kind=self_check&state=finished",
            "",
        ),
        "visits, search": (f"{ours}visits/?q={visit.enterprise.name[2:6]}", ""),
        "self-check lists": (f"{ours}self-checks/", ""),
        "self-check lists, overdue": (f"{ours}self-checks/?late=true", ""),
        "patrol stops": (f"{ours}patrols/", ""),
        "standings": (f"{ours}conduct/enterprises/", ""),
        "standings, fourth tier": (f"{ours}conduct/enterprises/?tier=4", ""),
        "doubts": (f"{ours}doubts/", ""),
    }


def pages(session: requests.Session, address: str, user: User) -> Iterator[Line]:
    """Measure each page in turns with the floor, and its peer."""
    for name, (path, peer) in paths(user).items():
        queries, kilobytes = weighed(session, address + path)
        ours, floor = in_turns(session, address + path, address + FLOOR)
        yield line(
            "pages",
            name,
            ours * 1000,
            floor * 1000,
            "ms",
            MUST,
            aim=AIM,
            queries=queries,
            kilobytes=kilobytes,
            limits=LIMITS,
            **(peer_of(session, address + peer) if peer else {}),
        )


def weighed(session: requests.Session, url: str) -> tuple[int, int]:
    """Return the number of queries of a page and its size in kilobytes of HTML, once its process is warm."""
    asked(session, url)
    answer = session.get(url, timeout=120, headers={ASK: "1"})
    answer.raise_for_status()
    return int(answer.headers[ANSWER]), -(-len(answer.content) // 1024)


def in_turns(session: requests.Session, ours: str, floor: str, times: int = TIMES) -> tuple[float, float]:
    """Return the median seconds of a page and of the floor, one asked for after the other."""
    taken: dict[str, list[float]] = {ours: [], floor: []}
    for _round in range(times):
        for url, seconds in taken.items():
            seconds.append(asked(session, url))
    return beside(taken[ours], taken[floor])


def asked(session: requests.Session, url: str) -> float:
    """Return the seconds that an answer takes; raises when it is not a page."""
    begun = time.perf_counter()
    answer = session.get(url, timeout=120)
    spent = time.perf_counter() - begun
    answer.raise_for_status()
    return spent


def peer_of(session: requests.Session, url: str) -> dict[str, Any]:
    """Return the milliseconds of Django admin's page of the same rows, and whether it was cut off."""
    taken = []
    for _round in range(PEER_TIMES):
        try:
            taken.append(asked(session, url))
        except requests.HTTPError as error:
            if error.response.status_code != requests.codes.gateway_timeout:
                raise
            return {"peer": PEER_SECONDS * 1000, "peer_cut": True}
        if taken[-1] > PEER_SECONDS / PEER_TIMES:
            break
    return {"peer": round(beside(taken, taken)[0] * 1000, 1)}


def load(user: User, address: str) -> Line:
    """Return the requests per second of the county list under eight connections, beside those of the empty page."""
    rates = [
        [throughput(user, f"{address}{path}") for path in ("/hazards/", FLOOR)] for _round in range(ROUNDS)
    ]
    ours, floor = beside(*zip(*rates, strict=True))
    return line("pages", "hazards, eight connections", ours, floor, "requests/s", 0.33, aim=0.6)


def throughput(user: User, url: str) -> float:
    """Ask for one page from several connections at once for a few seconds; return answers per second."""
    sessions = [signed_in(user) for _each in range(CONNECTIONS)]
    begun = time.perf_counter()
    counts = [0] * CONNECTIONS

    def ask(number: int) -> None:
        while time.perf_counter() - begun < LOAD_SECONDS:
            asked(sessions[number], url)
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)
