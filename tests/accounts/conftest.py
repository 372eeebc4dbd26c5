"""A browser that signs in as people do, and an empty count of tries."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.people import PASSWORD


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> None:
    cache.clear()


@pytest.fixture
def type_in(client: Client) -> Callable[..., HttpResponse]:
    """Type a number and a password at the door."""

    def _type_in(login: str, password: str = PASSWORD, **query: str) -> HttpResponse:
        return client.post(
            reverse("account_login", query=query or None), {"login": login, "password": password}
        )

    return _type_in
