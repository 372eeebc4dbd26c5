"""Photos and files on a page."""

from collections.abc import Iterable
from typing import Any

from django import template

from attachments.models import Attachment

register = template.Library()


@register.inclusion_tag("attachments/_photo.html")
def photo(attachment: Attachment, caption: str) -> dict[str, Any]:
    """Show one photo, or the name of another file, with its time and giver."""
    return {"file": attachment, "caption": caption}


@register.inclusion_tag("attachments/_gallery.html")
def gallery(attachments: Iterable[Attachment], caption: str) -> dict[str, Any]:
    """Show all photos and files of one purpose."""
    return {"files": attachments, "caption": caption}
