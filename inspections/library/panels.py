"""What the library shows on the page of an article: the items that use it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.library.selectors import items_citing
from listings.counting import capped, in_figures
from listings.panels import Panel
from rulebook.models import Article

SHOWN = 20
# Some articles stand behind thousands of items.
LIMIT = 1_000


def items_of_article(article: Article, user: User) -> dict[str, Any]:
    """Return the first items that refer to the article, their number, and the list of all."""
    rows = items_citing(article.law_id, article.number, article.branch)
    url = f"{reverse('inspections:library')}?law={article.law.short_id}&article={article.number}"
    count = in_figures(capped(rows, LIMIT), LIMIT)
    return {"rows": rows.defer("search_text")[:SHOWN], "count": count, "url": url}


PANELS = [
    Panel(
        "rulebook.Article",
        "items",
        _("Check items that use this article"),
        "inspections/library/_panel_article.html",
        items_of_article,
        permission="inspections.view_library",
    ),
]
