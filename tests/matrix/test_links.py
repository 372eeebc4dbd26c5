"""No page leads its reader to where the reader may not go, or to nothing."""

import re
from urllib.parse import urljoin

import pytest
from lxml import html

from tests.matrix.addresses import addressed

# What a link may leave for: another site, a file that the web server gives out, the door.
NOT_FOLLOWED = re.compile(r"^(?!/)|^/(static|media|account/logout)")
GONE = {403, 404, 405, 500}


def links(page, url: str) -> set[str]:
    """The addresses to which a page leads, without the place on it."""
    if "html" not in page.get("Content-Type", "") or page.streaming or not page.content.strip():
        return set()
    found = html.fromstring(page.content).xpath("//a/@href | //*/@hx-get")
    whole = {urljoin(url, one).split("#")[0] for one in found}
    return {one for one in whole if not NOT_FOLLOWED.search(one)}


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

    dead = {
        link: came_from
        for link, came_from in led.items()
        if (answers.get(link) or browser.get(link).status_code) in GONE
    }

    assert dead == {}
