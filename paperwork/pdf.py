"""The blocks as HTML, and from that the PDF; nothing is fetched from anywhere."""

import gc
from collections.abc import Sequence
from typing import Any

import segno
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from paperwork.blocks import Agency, Block, Paragraph, Signatures, Stamp, Title


def refuse_fetching(url: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
    """Refuse every address: a document holds all it needs."""
    raise ValueError(f"A document may not fetch {url}.")


def markup(blocks: Sequence[Block], stamp: Stamp) -> str:
    """Return the document as HTML; the same goes to the browser and to the PDF."""
    followers = [*blocks[1:], None]
    named = [
        (type(block).__name__.lower(), block, isinstance(block, Paragraph) and isinstance(after, Signatures))
        for block, after in zip(blocks, followers, strict=True)
    ]
    qr = segno.make(stamp.url, error="m").svg_inline(border=0, svgclass="qr", lineclass=None)
    context = {
        "blocks": named,
        "stamp": stamp,
        "title": next((block.text for block in blocks if isinstance(block, Title)), ""),
        "agency": next((block.name for block in blocks if isinstance(block, Agency)), ""),
        # The code of the picture comes from segno, made of our own address.
        "qr": mark_safe(qr),  # noqa: S308
    }
    return render_to_string("paperwork/paper.html", context)


def layout(blocks: Sequence[Block], stamp: Stamp) -> Any:
    """Return the document laid out on pages."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 - needs system libraries that a machine may lack

    sheet = CSS(filename=finders.find("css/paper.css"), url_fetcher=refuse_fetching)
    page = HTML(string=markup(blocks, stamp), url_fetcher=refuse_fetching)
    return page.render(stylesheets=[sheet])


def render(blocks: Sequence[Block], stamp: Stamp) -> bytes:
    """Return the PDF of the document."""
    try:
        return layout(blocks, stamp).write_pdf()
    finally:
        # A laid-out page and its boxes refer to each other in circles and hold the fonts: 50 to 100 MB a document,
        # which lie about until Python happens to look for circles.
        gc.collect()
