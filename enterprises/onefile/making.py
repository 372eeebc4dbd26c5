"""Putting a whole file on paper: begun from its page, made by the worker as the person may see it then."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import IO

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import may
from enterprises.models import Enterprise
from enterprises.onefile.section import FileSection, Reader, said
from listings import reporting
from listings.discovery import declared
from listings.models import Job
from paperwork.reports import docx, pdf
from paperwork.reports.blocks import Block, Facts, Heading, Report

KEY = "enterprises.file"
RENDER = {"pdf": pdf.render, "docx": docx.render}
RELATED = ("region__parent", "grid", "supervising_organisation", "competent_department", "quality")


@cache
def sections() -> tuple[FileSection, ...]:
    """Return the sections of all apps in the order of the paper."""
    return tuple(sorted(declared("file_sections", "SECTIONS"), key=lambda section: section.order))


def print_file(enterprise: Enterprise, *, kind: str, by: User, at: datetime) -> Job:
    """Have the whole file put on paper as "pdf" or "docx"; who took it out stands on record."""
    return reporting.start(
        KEY,
        enterprise,
        verb="enterprises.print_file",
        title=_("File of %(name)s") % {"name": enterprise.name},
        kind=kind,
        params={"enterprise": enterprise.pk},
        by=by,
        at=at,
    )


def write(job: Job, file: IO[bytes], progress: Callable[[int, int], None]) -> None:
    """Write the file of a job; raises PermissionDenied where the person no longer sees the enterprise."""
    rows = Enterprise.objects.visible_to(job.user).select_related(*RELATED)
    enterprise = rows.filter(pk=job.params["enterprise"]).first()
    if enterprise is None:
        raise PermissionDenied(_("You no longer see this enterprise."))
    reader = Reader(enterprise, job.user, timezone.now())
    chosen = [
        section for section in sections() if not section.permission or may(job.user, section.permission)
    ]
    blocks: list[Block] = []
    for done, section in enumerate(chosen):
        progress(done, len(chosen) + 1)
        if written := section.write(reader):
            blocks += [Heading(str(section.title)), *written]
    progress(len(chosen), len(chosen) + 1)
    file.write(RENDER[job.params["format"]](report_of(reader, blocks)))
    progress(len(chosen) + 1, len(chosen) + 1)


def report_of(reader: Reader, blocks: list[Block]) -> Report:
    """Put the blocks under the head of the file."""
    return Report(
        title=_("One enterprise, one file"),
        subject=reader.enterprise.name,
        facts=Facts(head(reader)),
        made_by=maker(reader.user),
        made_at=reader.at,
        blocks=blocks,
    )


def head(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Return what stands beside the name on the first page."""
    row, quality = reader.enterprise, getattr(reader.enterprise, "quality", None)
    place = " ".join(each.name for each in (row.region.parent, row.region) if each)
    return (
        (_("Code"), row.uscc),
        (_("Status"), row.get_operating_status_display()),
        (
            _("Industry"),
            " ".join(part for part in (row.get_regulatory_category_display(), row.sub_category) if part),
        ),
        (_("Division"), place),
        (_("Supervising agency"), said(row.supervising_organisation)),
        (_("Quality of the file"), str(quality.score) if quality else ""),
    )


def maker(user: User) -> str:
    """Return the person with their organisation."""
    return f"{user.organisation.name} {user.name}" if user.organisation else user.name
