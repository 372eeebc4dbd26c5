"""Editions of checklists: drafted from the last one, reviewed by somebody else, published, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import may
from audit.context import acting
from audit.services import record
from inspections.library.lifecycle import EDITION
from inspections.models import CheckItem, Checklist, Edition, EditionLine
from lifecycle.services import begin, perform
from regions.words import listed

IN_WORK = ("draft", "review")


@transaction.atomic
def draft_checklist(*, facts: Mapping[str, Any], by: User, at: datetime) -> Edition:
    """Open a new checklist with an empty first edition.

    Raises PermissionDenied for whoever does not keep the library, ValidationError for a code that is taken.
    """
    if not may(by, "inspections.edit_library"):
        raise PermissionDenied
    with acting(by, "inspections.draft_checklist", at):
        checklist = Checklist(**facts, created_at=at)
        checklist.full_clean()
        checklist.save()
    return draft_edition(checklist, by=by, at=at)


@transaction.atomic
def draft_edition(checklist: Checklist, *, by: User, at: datetime, changes: str = "") -> Edition:
    """Begin the next edition with the lines of the last one; replaced items come in their newest wording.

    Raises NotPermitted without a post, ValidationError while another edition is being worked on.
    """
    checklist = Checklist.objects.select_for_update().get(pk=checklist.pk)
    if checklist.editions.filter(state__in=IN_WORK).exists():
        raise ValidationError(_("Another edition of this checklist is being worked on."))
    last = checklist.editions.order_by("-number").first()
    number = (checklist.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = Edition(checklist=checklist, number=number, changes=changes, drafted_by=by)
    begin(EDITION, "draft_edition", edition, by=by, at=at)
    if last is not None:
        copy_lines(last, edition)
    return edition


def copy_lines(last: Edition, edition: Edition) -> None:
    """Copy the lines, with the newest wording of each item, without what was taken out of use."""
    newest = newest_wordings(last)
    items = dict.fromkeys(
        item
        for item in (
            newest.get(key, key) for key in last.lines.order_by("position").values_list("item_id", flat=True)
        )
        if item is not None
    )
    EditionLine.objects.bulk_create(
        [EditionLine(edition=edition, item_id=item, position=place) for place, item in enumerate(items, 1)]
    )
    count_items(edition)


def newest_wordings(edition: Edition) -> dict[int, int | None]:
    """Return for each retired item of the edition the item that replaced it in the end; None if nothing did."""
    found: dict[int, int | None] = {}
    retired = edition.items.filter(retired_at__isnull=False).values_list("pk", flat=True)
    followed = dict.fromkeys(retired)
    ahead = {key: key for key in followed}
    while ahead:
        rows = CheckItem.objects.filter(replaces__in=ahead.values(), published_at__isnull=False)
        after = dict(rows.values_list("replaces_id", "pk"))
        for first, current in list(ahead.items()):
            found[first] = ahead[first] = after.get(current, current)
            if found[first] == current:
                del ahead[first]
    live = set(CheckItem.objects.filter(pk__in=found.values(), retired_at=None).values_list("pk", flat=True))
    return {first: last if last in live else None for first, last in found.items()}


def count_items(edition: Edition) -> None:
    """Keep the number of lines with the edition."""
    edition.item_count = edition.lines.count()
    edition.save(update_fields=["item_count"])


def submit_edition(
    edition: Edition, *, by: User, at: datetime, changes: str = "", version: int | None = None
) -> Edition:
    """Hand the draft in for review, with a word on what is new."""
    with perform(EDITION, "submit_edition", edition, by=by, at=at, version=version) as row:
        row.changes = changes or row.changes
    return row


def return_edition(
    edition: Edition, *, reason: str, by: User, at: datetime, version: int | None = None
) -> Edition:
    """Send the draft back to whoever wrote it, with the reason."""
    with perform(EDITION, "return_edition", edition, by=by, at=at, reason=reason, version=version) as row:
        pass
    return row


def publish_edition(edition: Edition, *, by: User, at: datetime, version: int | None = None) -> Edition:
    """Put the edition into use in the place of the one before; items that it rewords give way to the new wording.

    Raises VerbRefused for the one who drafted it, ValidationError when an item was reworded elsewhere meanwhile.
    """
    with perform(EDITION, "publish_edition", edition, by=by, at=at, version=version) as row:
        row.reviewed_by = by
        put_into_use(row, at=at)
    return row


def ship_edition(edition: Edition, *, at: datetime) -> Edition:
    """Put an edition into use that came with the platform; nobody of the city wrote it."""
    with perform(EDITION, "ship_edition", edition, by=None, at=at) as row:
        put_into_use(row, at=at)
    return row


def put_into_use(edition: Edition, *, at: datetime) -> None:
    """Publish the items of an edition, retire those they replace, and withdraw the edition before it."""
    refuse_overtaken(edition)
    # By keys: fresh rows have no statistics, and a join over them may be planned as one over nothing.
    new = dict(edition.items.filter(published_at=None).values_list("pk", "replaces_id"))
    CheckItem.objects.filter(pk__in=[old for old in new.values() if old]).update(retired_at=at)
    CheckItem.objects.filter(pk__in=list(new)).update(published_at=at)
    edition.published_at = at
    before = Edition.objects.filter(checklist=edition.checklist_id, state="published").first()
    if before is not None:
        data = {"edition": edition.number}
        with perform(EDITION, "supersede_edition", before, by=None, at=at, data=data) as old:
            old.withdrawn_at = at


def refuse_overtaken(edition: Edition) -> None:
    """An item that somebody else reworded or retired since the draft began must be looked at again."""
    gone = Q(replaces__retired_at__isnull=False, published_at=None) | Q(retired_at__isnull=False)
    fresh = edition.items.filter(published_at=None, replaces=None).values("code")
    taken = CheckItem.objects.in_library().filter(code__in=fresh)
    codes = [
        *edition.items.filter(gone).values_list("code", flat=True),
        *taken.values_list("code", flat=True),
    ]
    if codes:
        raise ValidationError(
            _(
                "These items were reworded in another checklist meanwhile: %(codes)s.\nTake them out and add them again."
            ),
            params={"codes": listed(sorted(codes)[:5])},
        )


def withdraw_edition(
    edition: Edition, *, reason: str, by: User, at: datetime, version: int | None = None
) -> Edition:
    """Take a published edition out of use. Visits that began with it go on with it."""
    with perform(EDITION, "withdraw_edition", edition, by=by, at=at, reason=reason, version=version) as row:
        row.withdrawn_at = at
    return row


@transaction.atomic
def change_checklist(checklist: Checklist, *, facts: Mapping[str, Any], by: User, at: datetime) -> Checklist:
    """Correct the title, the scenario, or to whom the checklist is proposed; its code stays."""
    if not may(by, "inspections.edit_library"):
        raise PermissionDenied
    with acting(by, "inspections.change_checklist", at):
        held = Checklist.objects.select_for_update().get(pk=checklist.pk)
        for name, value in facts.items():
            setattr(held, name, value)
        held.full_clean()
        held.save()
        record(by, "inspections.change_checklist", held, at=at)
    return held
