"""What people do on many pages: choose while typing, fill a form in and hand it in, take a step."""

from playwright.sync_api import Page, expect


def choose(page: Page, typed: str, value: object, within: str = "main") -> None:
    """Type a part of what is searched for and take the one that is found, by the keyboard.

    A click could fall between two answers: the list is drawn anew while one is still typing.
    """
    page.click(f"{within} .ts-control")
    page.keyboard.type(typed)
    offered = page.locator(f"{within} .ts-dropdown .option")
    expect(offered).to_have_count(1)
    expect(offered.and_(page.locator(f"[data-value='{value}'].active"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(f"{within} .ts-control [data-value='{value}']")).to_be_visible()


def hand_in(page: Page, **fields: str) -> None:
    """Fill in the fields of the page and press its button."""
    for name, value in fields.items():
        page.fill(f"main form [name={name}]", value)
    page.click("main form button.btn-primary[type=submit]")


def take(page: Page, verb: str, **fields: str) -> None:
    """From the record's page press the verb's button, fill its form in, and hand it in."""
    page.click(f".sw-verbs a[href$='/{verb}/']")
    page.wait_for_url(f"**/{verb}/")
    hand_in(page, **fields)
    page.wait_for_url(lambda url: not url.endswith(f"/{verb}/"))
