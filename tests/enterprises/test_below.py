"""What lies below the blocks of a file follows when the page stands, or stands on it for whoever has no scripts."""

from tests.factories.hazards import reported

BELOW = 'hx-get="?part=below" hx-trigger="load"'


def shown(browser, enterprise, **asked) -> str:
    """Return the file's page, or a part of it, as text."""
    return browser.get(enterprise.get_absolute_url(), asked).content.decode()


def test_the_page_asks_for_what_lies_below_and_offers_a_way_without_scripts(people, sign_in, enterprise):
    page = shown(sign_in(people.county), enterprise)

    assert BELOW in page
    assert '<a class="sw-u" href="?whole=shown#below">' in page.partition("<noscript>")[2]
    assert 'id="panel-hazards"' not in page


def test_the_part_brings_life_panels_history_and_their_tabs_alone(people, sign_in, enterprise):
    hazard = reported(enterprise, people.enterprise)
    part = shown(sign_in(people.county), enterprise, part="below")

    assert "<html" not in part
    for here in ('id="life-of-file"', 'id="panel-hazards"', 'id="tl"', hazard.description):
        assert here in part
    tabs = part.partition('<div id="parts" hx-swap-oob="true">')[2].partition("</div>")[0]
    assert 'href="#panel-hazards"' in tabs


def test_the_whole_page_holds_all_that_the_part_brings(people, sign_in, enterprise):
    hazard = reported(enterprise, people.enterprise)
    whole = shown(sign_in(people.county), enterprise, whole="shown")

    assert BELOW not in whole
    for here in ('id="below"', 'id="life-of-file"', 'id="panel-hazards"', 'id="tl"', 'id="parts"'):
        assert whole.count(here) == 1
    assert hazard.description in whole.partition('id="panel-hazards"')[2]


def test_the_part_of_a_file_elsewhere_is_not_found(people, sign_in, enterprise):
    browser = sign_in(people.other_county)

    assert browser.get(enterprise.get_absolute_url(), {"part": "below"}).status_code == 404
