"""Pages over HTTP as a county regulator at megacity scale, each beside the empty page of the same server."""

import statistics
import threading
import time
from collections.abc import Iterator
from typing import Any

import requests
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore

from accounts.models import User
from bench.server import running
from enterprises.models import Enterprise
from hazards.models import Hazard

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TIMES = 15
MUST = 3.0
AIM = 1.5
SIZE_LIMIT = 150
CONNECTIONS = 8
LOAD_SECONDS = 6


def measure() -> list[dict[str, Any]]:
    """Return a line for every page and for the load."""
    user = User.objects.get(username="bench")
    with running() as address:
        session = signed_in(user, address)
        floor = median(session, f"{address}/bench/floor/")[0]
        lines = list(pages(session, address, floor, user))
        lines.append(load(user, address))
    return lines


def signed_in(user: User, address: str) -> requests.Session:
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
    town = enterprise.town_code
    own, theirs = "/enterprises/", "/bench/peer/enterprises/enterprise/"
    hazards, their_hazards = "/hazards/", "/bench/peer/hazards/hazard/"
    rare, common = enterprise.name[2:4], "有限"
    return {
        "enterprises, first page": (own, theirs),
        "enterprises, page 200": (f"{own}?page=200", f"{theirs}?p=200"),
        "enterprises, three filters": (
            f"{own}?place={town}&category=industry_trade&status=normal",
            f"{theirs}?regulatory_category__exact=industry_trade&operating_status__exact=normal",
        ),
        f"enterprises, search of 2, common ({common})": (f"{own}?q={common}", f"{theirs}?q={common}"),
        f"enterprises, search of 2, rarer ({rare})": (f"{own}?q={rare}", f"{theirs}?q={rare}"),
        "enterprises, search of 4, common (有限公司)": (f"{own}?q=有限公司", f"{theirs}?q=有限公司"),
        "enterprises, search of 4, rare": (
            f"{own}?q={enterprise.name[2:6]}",
            f"{theirs}?q={enterprise.name[2:6]}",
        ),
        "hazards, first page": (hazards, their_hazards),
        "hazards, open": (f"{hazards}?open=true", ""),
        "hazards, page 400": (f"{hazards}?page=400", f"{their_hazards}?p=400"),
        "hazards, three filters": (
            f"{hazards}?place={town}&grade=general&state=closed",
            f"{their_hazards}?grade__exact=general&state__exact=closed",
        ),
        "hazards, longest waiting first": (f"{hazards}?open=true&sort=found_at", ""),
        "hazards, search of 2": (f"{hazards}?q={hazard.description[:2]}", ""),
        "hazards, search of 4": (f"{hazards}?q={hazard.description[:4]}", ""),
        "hazards, search of 4, nothing": (f"{hazards}?q=龙宫探宝", ""),
        "home": ("/", ""),
        "hazard": (f"/hazards/{hazard.pk}/", ""),
        "enterprise": (f"/enterprises/{enterprise.pk}/", ""),
    }


def pages(session: requests.Session, address: str, floor: float, user: User) -> Iterator[dict[str, Any]]:
    """Measure each page, and its peer."""
    for name, (path, peer) in paths(user).items():
        ours, size = median(session, address + path)
        theirs = median(session, address + peer, times=3)[0] if peer else None
        yield {
            "name": name,
            "ours": round(ours * 1000, 1),
            "floor": round(floor * 1000, 1),
            "unit": "ms",
            "ratio": round(ours / floor, 2),
            "goal": MUST,
            "aim": AIM,
            "kilobytes": size,
            "peer": round(theirs * 1000, 1) if theirs else None,
        }


def median(session: requests.Session, url: str, times: int = TIMES) -> tuple[float, int]:
    """Return the median time of a page and its size in kilobytes; raises when it does not answer 200."""
    taken = []
    for number in range(times + 2):
        begun = time.perf_counter()
        answer = session.get(url, timeout=120)
        spent = time.perf_counter() - begun
        answer.raise_for_status()
        if number >= 2 or times < TIMES:
            taken.append(spent)
    return statistics.median(taken), len(answer.content) // 1024


def load(user: User, address: str) -> dict[str, Any]:
    """Return the requests per second of the county list under eight connections, beside those of the empty page."""
    floor = throughput(user, address, f"{address}/bench/floor/")
    ours = throughput(user, address, f"{address}/hazards/")
    return {
        "name": "hazards, eight connections",
        "ours": round(ours, 1),
        "floor": round(floor, 1),
        "unit": "requests/s",
        "ratio": round(ours / floor, 2),
        "goal": 0.33,
        "aim": 0.6,
    }


def throughput(user: User, address: str, url: str) -> float:
    """Ask for one page from several connections at once for a few seconds; return answers per second."""
    until = time.perf_counter() + LOAD_SECONDS
    counts = [0] * CONNECTIONS

    def ask(number: int) -> None:
        session = signed_in(user, address)
        while time.perf_counter() < until:
            session.get(url, timeout=60).raise_for_status()
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / LOAD_SECONDS
