"""What stands at the foot of every page of a report."""

import re

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from paperwork.reports.blocks import Report


def page_words() -> tuple[str, str, str]:
    """Return what stands before the number of the page, between it and the number of pages, and after both."""
    before, between, after = re.split(r"\{[nm]\}", _("Page {n} of {m}"))
    return before, between, after


def made(report: Report) -> str:
    """Say as of when the report stands, and who had it made."""
    moment = localtime(report.made_at).strftime("%Y-%m-%d %H:%M")
    return _("As of %(moment)s, made by %(who)s") % {"moment": moment, "who": report.made_by}
