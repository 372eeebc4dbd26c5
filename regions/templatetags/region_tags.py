"""Names of places and enumerations in templates: `{% load region_tags %}`."""

from django import template
from django.core.cache import cache

from regions.models import Region
from regions.selectors import breadcrumbs
from regions.words import listed

register = template.Library()
register.filter("listed", listed)
NAME_SECONDS = 3600


@register.simple_tag
def region_name(code: str) -> str:
    """The name of a division; the code itself where it is not loaded."""
    if not code:
        return ""
    # Names hardly ever change, and a list of fifty rows asks for the same few.
    return cache.get_or_set(f"region-name:{code}", lambda: _name(code), NAME_SECONDS)


@register.inclusion_tag("regions/_crumbs.html")
def region_crumbs(code: str) -> dict:
    """The path from the province to the division, as one line."""
    return {"regions": breadcrumbs(code) if code else []}


def _name(code: str) -> str:
    return Region.objects.filter(pk=code).values_list("name", flat=True).first() or code
