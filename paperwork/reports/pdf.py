"""A report as HTML, and from that the PDF; nothing is fetched from anywhere."""

import gc
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from paperwork.pdf import refuse_fetching
from paperwork.reports.blocks import Heading, Report, printable
from paperwork.reports.foot import page_words


def markup(report: Report) -> str:
    """Return the report as HTML in the language of the moment."""
    heads = [block for block in report.blocks if isinstance(block, Heading) and block.level == 1]
    numbers = {id(head): number for number, head in enumerate(heads, 1)}
    context: dict[str, Any] = {
        "report": report,
        "blocks": [(type(each).__name__.lower(), each, numbers.get(id(each))) for each in report.blocks],
        "sections": list(enumerate(heads, 1)),
        "page_words": page_words(),
    }
    return printable(render_to_string("paperwork/report.html", context))


def render(report: Report) -> bytes:
    """Return the PDF of the report."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 - needs system libraries that a machine may lack

    sheet = CSS(filename=finders.find("css/report.css"), url_fetcher=refuse_fetching)
    try:
        page = HTML(string=markup(report), url_fetcher=refuse_fetching)
        return page.write_pdf(stylesheets=[sheet])
    finally:
        # Laid-out pages refer to each other in circles and hold the fonts until Python happens to look for circles.
        gc.collect()
