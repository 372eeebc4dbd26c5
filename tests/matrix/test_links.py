"""No page leads its reader to where the reader may not go, or to nothing."""

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from lxml import html

from tests.matrix.addresses import addressed

# What a link may leave for: another site, a file that the web server gives out, the door.
NOT_FOLLOWED = re.compile(r"^(?!/)|^/(static|media|account/logout)")
GONE = {403, 404, 405, 500}
# What all its readers read alike, whichever law or setting they open.
READ_ALIKE = re.compile(r"^/(rulebook|admin)/")
# Follows every link, whatever it asks a page for; the others, each kind of link once.
THOROUGH = "town"


def links(page, url: str) -> set[str]:
    """The addresses to which a page leads, without the place on it."""
    if "html" not in page.get("Content-Type", "") or page.streaming or not page.content.strip():
        return set()
    found = html.fromstring(page.content).xpath("//a/@href | //*/@hx-get")
    whole = {urljoin(url, one).split("#")[0] for one in found}
    return {one for one in whole if not NOT_FOLLOWED.search(one)}


def kind(link: str) -> tuple[str, frozenset[str]]:
    """What decides whether a reader may follow a link: the record, and what is asked of its page, not the answer."""
    whole = urlsplit(link)
    names = frozenset(name for name, _value in parse_qsl(whole.query))
    return (page_of(whole.path) if READ_ALIKE.search(whole.path) else whole.path), names


def page_of(path: str) -> str:
    """The name of the page that stands at a path; of none, the path itself."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


@pytest.mark.parametrize(
    "person", ["town", "county", "city", "enterprise", "officer", "grid", "legal", "leader", "expert", "dept"]
)
def test_no_link_leads_where_its_reader_may_not_go(person, world, people, sign_in):
    browser = sign_in(getattr(people, person))
    answers: dict[str, int] = {}
    led = {}
    for url in filter(None, addressed(world).values()):
        page = browser.get(url)
        answers[url] = page.status_code
        if page.status_code == 200:
            led |= {link: url for link in links(page, url) if link not in led}

    followed = led if person == THOROUGH else {kind(link): link for link in led}.values()
    dead = {
        link: led[link] for link in followed if (answers.get(link) or browser.get(link).status_code) in GONE
    }

    assert dead == {}
