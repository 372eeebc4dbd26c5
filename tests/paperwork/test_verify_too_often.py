"""Codes are looked up by people, not tried by machines."""

import pytest
from django.urls import reverse

from paperwork import views

pytestmark = pytest.mark.django_db
ADDRESS, ELSEWHERE = "203.0.113.7", "203.0.113.8"


@pytest.fixture
def few(monkeypatch, settings, request):
    """Three tries, counted in a store of this test alone."""
    store = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": store, "LOCATION": request.node.name}}
    monkeypatch.setattr(views, "TRIES", 3)


def ask(client, code, address=ADDRESS):
    return client.get(reverse("verify_document", args=[code]), REMOTE_ADDR=address).status_code


def test_an_address_that_tries_code_after_code_is_told_to_wait(client, few):
    assert [ask(client, f"AAAA-222{n}") for n in range(2, 6)] == [404, 404, 404, 429]


def test_another_address_is_not_kept_out_with_it(client, few):
    for n in range(2, 6):
        ask(client, f"AAAA-222{n}")
    assert ask(client, "AAAA-2222", ELSEWHERE) == 404


def test_the_page_that_asks_for_the_code_stays_open(client, few):
    for n in range(2, 6):
        ask(client, f"AAAA-222{n}")
    assert client.get(reverse("verify_code"), REMOTE_ADDR=ADDRESS).status_code == 200


@pytest.mark.parametrize("page", ["verify_code", "help", "account_login"])
def test_who_holds_a_paper_finds_the_check_from_every_public_page(client, page):
    assert f'href="{reverse("verify_code")}"' in client.get(reverse(page)).content.decode()
