"""No page keeps anyone out: axe finds nothing against WCAG 2.2 AA, on a desk and on a phone, on any page there is."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from inbox.models import MessageTemplate
from inbox.services import load_templates
from tests.factories.imports import checked, facts
from tests.factories.inbox import make_delivery, make_message
from tests.journeys.axe import faults_of
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.pages import ADMINISTRATION, ERRORS, NO_PAGES, PAGES, SECOND_FACTOR, Look
from tests.journeys.scenes import Scenes
from tests.matrix.addresses import addressed, patterns
from tests.matrix.keeping import laid_world

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = {name for name, looks in PAGES.items() if looks[0].scene and name != "hazards:detail"}
SEND = "main form button.btn-primary[type=submit]"
WIDTH = "() => document.documentElement.scrollWidth"


def test_every_address_is_looked_at_or_is_no_page():
    known = {name for name, _pattern in patterns()}
    named = set(PAGES) | NO_PAGES | SECOND_FACTOR

    assert known - named == set(), "say in tests/journeys/pages.py who looks at these pages"
    assert named - known == set()
    assert NO_PAGES.isdisjoint(PAGES)


def test_what_is_called_no_page_is_none(people, enterprise, at, own_files, client):
    """Its answer to a GET is no document that a person reads."""
    world = laid_world(people, enterprise)
    client.force_login(people.town, backend="allauth.account.auth_backends.AuthenticationBackend")
    urls = addressed(world)

    whole = {name for name in NO_PAGES if b"<main" in body(client.get(urls[name]))}
    assert whole == set()


def body(response) -> bytes:
    """Return what was answered with success."""
    if response.status_code != 200:
        return b""
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def scenes(people, enterprise, at, own_files) -> Scenes:
    """Hazards in every state, for the asking."""
    return Scenes(people, enterprise, at)


class Reader:
    """Opens pages as people, each person in one browser, and gathers what is wrong with them."""

    def __init__(self, visit, people, scenes, urls: dict[str, str]) -> None:
        self.visit, self.people, self.scenes, self.urls = visit, people, scenes, urls
        self.browsers: dict = {}
        self.made: dict = {}
        self.found: dict = {}

    def browser(self, person: str | None):
        """Return the person's own browser."""
        if person not in self.browsers:
            user = getattr(self.people, person) if person else None
            self.browsers[person] = self.visit(user, path="/v/")
        return self.browsers[person]

    def address(self, name: str, look: Look) -> str:
        """Return where the page stands, on the record of the scene."""
        if not look.scene:
            return f"{self.urls[name]}{look.query}"
        if look.scene not in self.made:
            self.made[look.scene] = getattr(self.scenes, look.scene)().pk
        return reverse(name, args=[self.made[look.scene]]) + look.query

    def read(self, path: str, person: str | None, status: int = 200):
        """Open the page on a phone, see how far it reaches, and let axe look at it at both widths."""
        page = self.browser(person)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        answer = page.goto(path)
        if answer.status != status:
            self.found[path, person] = f"{answer.status}, and not {status}"
        elif (reached := page.evaluate(WIDTH)) > PHONE[0]:
            self.found[path, person] = f"reaches to {reached} px"
        elif faults := faults_of(page):
            self.found[path, person] = faults
        return page

    def press(self, path: str, person: str | None, button: str, *ticks: str) -> None:
        """Press a button of the page on a desk, after ticking, and let axe look at what comes of it."""
        page = self.browser(person)
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        page.goto(path)
        for tick in ticks:
            page.check(tick)
        page.click(button)
        page.wait_for_load_state("networkidle")
        if faults := faults_of(page):
            self.found[path, person, button] = faults

    def report(self) -> str:
        """Return what was found, a line for each page."""
        return "\n".join(f"{page}: {faults}" for page, faults in self.found.items())


@pytest.fixture
def reader(visit, people, enterprise, scenes, clock, at) -> Reader:
    """A reader in a world with one record of every kind and some messages."""
    world = laid_world(people, enterprise)
    for user in (people.town, people.enterprise):
        make_message(user)
    make_delivery()
    return Reader(visit, people, scenes, addressed(world))


def looks(person: str | None) -> Iterator[tuple[str, Look]]:
    """Give every look of this person, page by page."""
    for name in sorted(PAGES):
        yield from ((name, look) for look in PAGES[name] if look.person == person)


@pytest.mark.parametrize(
    "person", sorted({look.person for of_page in PAGES.values() for look in of_page}, key=str)
)
def test_axe_finds_nothing_on_any_page_and_none_stands_beyond_the_edge_of_a_phone(reader, person):
    """The content policy is watched by `visit`, as it is in every journey."""
    without_form = []
    for name, look in looks(person):
        page = reader.read(reader.address(name, look), person)
        if name in STEPS and not page.locator("main form.sw-section button[type=submit]").count():
            without_form.append(name)

    assert not reader.found, reader.report()
    assert without_form == [], "the scene does not show the form of these steps"


def test_axe_finds_nothing_where_something_went_wrong(reader, settings):
    settings.ROOT_URLCONF = "tests.journeys.error_urls"
    reader.visit.watch.broken_on_purpose.add("/wrong/500/")
    for path, status in ERRORS.items():
        for person in (None, "town"):
            reader.read(path, person, status)

    assert not reader.found, reader.report()


def test_axe_finds_nothing_on_what_a_press_brings(reader, people, enterprise):
    """Refused forms, bulk verbs and their skipped rows, an import with wrong rows, the menus over a list."""
    closed, wrong = reader.scenes.closed(), checked(people.county, facts(1), facts(2, region="999999999999"))
    row = f"#results [name=id][value='{closed.pk}']"
    reader.press("/account/login/", None, SEND)
    reader.press("/hazards/report/", "town", SEND)
    reader.press("/hazards/report/", "enterprise", "button[form=report]")
    reader.press("/enterprises/new/", "county", SEND)
    reader.press("/enterprises/import/", "county", SEND)
    reader.press(f"/hazards/{closed.pk}/reopen/", "county", SEND)
    reader.press(reader.urls["paperwork:withdraw"], "town", SEND)
    reader.press("/hazards/", "county", "[data-bulk-bar] button[data-bulk-none]", row)
    reader.press("/hazards/", "county", "[data-bulk-bar] [name=verb]", "[data-bulk-page]")
    reader.press("/hazards/", "county", "summary:has(.ti-columns)")
    reader.press("/hazards/?grade=general", "county", "summary:has(.ti-bookmark)")
    reader.read(f"/lists/imports/{wrong.pk}/", "county")

    assert not reader.found, reader.report()


def test_axe_finds_nothing_in_the_administration(reader):
    load_templates()
    template = MessageTemplate.objects.order_by("pk").first()
    for path in ADMINISTRATION:
        reader.read(path.format(template=template.pk), "admin")

    assert not reader.found, reader.report()
