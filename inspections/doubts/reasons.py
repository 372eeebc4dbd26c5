"""Why there is a doubt, in a sentence with its numbers, and the records that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from attachments.models import Attachment, ScanState
from hazards.models import Hazard
from inspections.choices import DoubtKind
from inspections.models import Doubt, Visit

Evidence = Mapping[str, Any]


def moment(text: str) -> str:
    """Write a moment of the evidence by the local clock."""
    read = parse_datetime(text)
    return f"{localtime(read):%Y-%m-%d %H:%M}" if isinstance(read, datetime) and read.tzinfo else text


def nothing_found(given: Evidence) -> str:
    """Say for how long nothing was found, and what others found in that time."""
    words = _("%(checks)s self-checks in %(months)s months found nothing.") % given
    if given.get("hazards"):
        return f"{words} " + _("In that time others found %(n)s hazards there.") % {
            "n": len(given["hazards"])
        }
    return f"{words} " + _(
        "Of %(peers)s enterprises of the same industry in the same county %(peers_finding)s found some."
    ) % dict(given)


def copied_text(given: Evidence) -> str:
    """Say which words were used how often, and by how many enterprises."""
    about = dict(given)
    if given.get("enterprises"):
        return (
            _(
                "%(enterprises)s enterprises of the county wrote nearly the same; here %(times)s times: “%(words)s”"
            )
            % about
        )
    nearly = given.get("wordings", 1) > 1
    if given["what"] == "rectification":
        if nearly:
            return _("%(times)s rectifications are told in nearly the same words: “%(words)s”") % about
        return _("%(times)s rectifications are told in the same words: “%(words)s”") % about
    if nearly:
        return _("%(times)s problems are told in nearly the same words: “%(words)s”") % about
    return _("%(times)s problems are told in the same words: “%(words)s”") % about


def same_photo(given: Evidence) -> str:
    """Say how near the two photos are."""
    if not given["differ"]:
        return _("The same photo was used twice.")
    return _("Two photos differ in %(differ)s of 64 bits.") % dict(given)


def old_photo(given: Evidence) -> str:
    """Say when the photo was taken, and when the hazard was found."""
    return _("The photo of the rectification was taken %(taken)s, the hazard was found %(found)s.") % {
        "taken": moment(given["taken"]),
        "found": moment(given["found"]),
    }


def too_fast(given: Evidence) -> str:
    """Say how fast, and how often with one tap for all."""
    words = _("%(times)s self-checks of a month took as little as %(seconds)s seconds an item.") % dict(given)
    if not given.get("at_once"):
        return words
    return f"{words} " + _("Answered with one tap for all: %(at_once)s.") % dict(given)


def contradicted(given: Evidence) -> str:
    """Say what had passed when, and when it was found."""
    words = {"item": given["item"], "checked": moment(given["checked"]), "found": moment(given["found"])}
    if given.get("same_item"):
        return _("“%(item)s” had passed on %(checked)s; somebody else found it not met on %(found)s.") % words
    return (
        _(
            "The self-check of %(checked)s found nothing; on %(found)s somebody else found a hazard of its kind."
        )
        % words
    )


REASONS: dict[str, Callable[[Evidence], str]] = {
    DoubtKind.NOTHING_FOUND: nothing_found,
    DoubtKind.COPIED_TEXT: copied_text,
    DoubtKind.SAME_PHOTO: same_photo,
    DoubtKind.OLD_PHOTO: old_photo,
    DoubtKind.TOO_FAST: too_fast,
    DoubtKind.CONTRADICTED: contradicted,
}


def reason_of(doubt: Doubt) -> str:
    """Return why there is a doubt, in words."""
    return REASONS[doubt.kind](doubt.evidence)


@dataclass(frozen=True)
class Photo:
    """A photo of the evidence, as `components/photos.html` shows it."""

    url: str
    thumbnail_url: str
    alt: str
    title: str
    caption: str
    note: str = ""


@dataclass(frozen=True)
class Records:
    """What a doubt rests on, as far as the person may see it."""

    hazards: list[Hazard]
    visits: list[Visit]
    photos: list[Photo]


def records_of(doubt: Doubt, user: User) -> Records:
    """Return the records behind a doubt that the person may open."""
    given = doubt.evidence
    return Records(
        list(Hazard.objects.visible_to(user).filter(pk__in=given.get("hazards", [])).order_by("found_at")),
        list(Visit.objects.visible_to(user).filter(pk__in=given.get("visits", [])).order_by("finished_at")),
        photos_of(given.get("photos", []), user),
    )


def photos_of(keys: Iterable[int], user: User) -> list[Photo]:
    """Return the photos whose hazards the person may see."""
    rows = {
        row.pk: row
        for row in Attachment.objects.filter(pk__in=keys, scan_state=ScanState.CLEAN).select_related(
            "uploaded_by"
        )
    }
    owners = {row.target_id for row in rows.values()}
    numbers = dict(Hazard.objects.visible_to(user).filter(pk__in=owners).values_list("pk", "number"))
    return [
        photo(row, numbers[row.target_id]) for _key, row in sorted(rows.items()) if row.target_id in numbers
    ]


def photo(row: Attachment, number: str) -> Photo:
    """Return one photo with whose it is, when it was given and when the camera says it was taken."""
    taken = (
        _("taken %(moment)s") % {"moment": f"{localtime(row.taken_at):%Y-%m-%d %H:%M}"}
        if row.taken_at
        else ""
    )
    return Photo(
        reverse("attachments:show", args=[row.pk]),
        reverse("attachments:thumbnail", args=[row.pk]),
        row.original_name,
        number,
        f"{localtime(row.uploaded_at):%Y-%m-%d %H:%M} {row.uploaded_by.name}",
        taken,
    )
