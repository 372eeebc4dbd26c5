"""Enterprises to list, and a list page as a person sees it."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, QueryDict

from accounts.models import User
from enterprises.models import Enterprise
from enterprises.views.lists import EnterpriseList
from listings.pages import ListPage
from tests.factories.enterprises import make_enterprise


@pytest.fixture
def four(places) -> list[Enterprise]:
    """Four enterprises in the town: three of industry and trade, one of hazardous chemicals."""
    return [
        make_enterprise(name="广饶松烟纸业有限公司", employees=10),
        make_enterprise(name="广饶云麓化工有限公司", employees=200, regulatory_category="hazchem"),
        make_enterprise(name="广饶砚池木业有限公司", employees=30, risk_tags=["dust"]),
        make_enterprise(name="广饶50%_测试有限公司", employees=1),
    ]


@pytest.fixture
def page_for() -> Callable[..., ListPage]:
    """Return a list page as it stands for a person and a query, without a browser."""

    def _page_for(user: User, query: str = "", kind: type[ListPage] = EnterpriseList) -> ListPage:
        page = kind()
        page.request = HttpRequest()
        page.request.method, page.request.user, page.request.path = "GET", user, "/enterprises/"
        page.request.GET = QueryDict(query)
        return page

    return _page_for
