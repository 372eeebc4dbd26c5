"""Panels of upper apps on the page of a record."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from listings.panels import shown

register = template.Library()


@register.inclusion_tag("listings/_panel_tabs.html", takes_context=True)
def panel_tabs(context: template.Context, obj: Any) -> dict[str, Any]:
    """Show a tab for each panel, with its number; a tab leads to the section of the same page."""
    user = context["user"]
    tabs = [(panel, panel.count(obj, user) if panel.count else None) for panel in shown(obj, user)]
    return {"tabs": tabs}


@register.simple_tag(takes_context=True)
def panels(context: template.Context, obj: Any) -> SafeString:
    """Show every panel of the record as a section."""
    user, request = context["user"], context["request"]
    parts = [
        render_to_string(panel.template, {"panel": panel, **panel.context(obj, user)}, request=request)
        for panel in shown(obj, user)
    ]
    return mark_safe("".join(parts))  # noqa: S308 - each part is a rendered template
