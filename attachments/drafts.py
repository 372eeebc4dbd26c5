"""Files that wait for their record: given with a form that was refused, or sent ahead while it is still being filled in.

They belong to nobody's record yet, are seen by their giver alone, and go after `ATTACHMENT_DRAFT_HOURS`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from attachments.fields import PhotosField
from attachments.models import Attachment, ScanState
from attachments.services import receive
from attachments.sweeping import remove


def photo_fields(form: forms.Form) -> Iterator[tuple[str, PhotosField]]:
    """Give the fields of a form that take files."""
    for name, field in form.fields.items():
        if isinstance(field, PhotosField):
            yield name, field


def entrust(form: forms.Form, giver: User) -> None:
    """Let a form take the files that this person has sent ahead; without it none count."""
    for _name, field in photo_fields(form):
        field.giver = giver


def keep(form: forms.Form, *, by: User, at: datetime) -> None:
    """Receive the sound uploads of a cleaned form as files that wait, whether the form is in order or not.

    Then the cleaned data hold ids, and the form shown again shows the files. Call it outside the transaction of the
    verb, so that a refusal does not take the photos along.
    """
    cleaned = getattr(form, "cleaned_data", {})
    for name, field in photo_fields(form):
        field.received = [receive(one, by=by, at=at, purpose=field.purpose) for one in field.sound]
        if name in cleaned:
            kept = [one for one in cleaned[name] if isinstance(one, Attachment)]
            entitle(kept, field.purpose)
            cleaned[name] = [row.pk for row in (*kept, *field.received)]
        field.widget.kept = [*field.widget.kept, *field.received]


def entitle(rows: Iterable[Attachment], purpose: str) -> None:
    """Let files that wait show what the form says, which may know it only once it is filled in."""
    others = [row.pk for row in rows if row.target_id is None and row.purpose != purpose]
    if others:
        Attachment.objects.filter(pk__in=others, target_id=None).update(purpose=purpose)


def discard(form: forms.Form) -> None:
    """Remove what `keep` received and no record has taken: the form was sent twice, or to no avail."""
    received = [row.pk for _name, field in photo_fields(form) for row in field.received]
    if received:
        remove(Attachment.objects.filter(pk__in=received, target_id=None))


def waiting(giver: User) -> QuerySet[Attachment]:
    """Return the files of a person that wait for their record, oldest first."""
    rows = Attachment.objects.filter(uploaded_by=giver, target_id=None)
    return rows.exclude(scan_state=ScanState.REFUSED).order_by("pk")
