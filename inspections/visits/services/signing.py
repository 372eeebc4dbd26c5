"""Both sides sign on site on the device, or the refusal stands with a witness (AWSL 68)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from accounts.models import User
from attachments.services import receive
from attachments.sniffing import IMAGE_FAULTS
from audit.services import record
from inspections.choices import Side
from inspections.models import Signature, Visit
from inspections.visits.rules import last_change
from inspections.visits.services.findings import locked

PURPOSE = "signature"
# A tap by mistake is no signature: so many dots of the picture must be drawn.
LEAST_INK = 60


@transaction.atomic
def sign(
    visit: Visit,
    *,
    side: str,
    name: str,
    title: str = "",
    signer: User | None = None,
    picture: UploadedFile | None = None,
    device_time: datetime | None = None,
    by: User,
    at: datetime,
) -> Signature:
    """Keep a signature given on the device; `picture` is the drawn one, without it the typed name stands.

    For the inspecting side `signer` takes part in the visit. After something was added to the visit the same person
    signs again. Raises ValidationError for a picture without ink, for a name that has signed what stands, and for
    somebody who does not take part.
    """
    row = locked(visit, by)
    if side == Side.OFFICER:
        if signer is None or not row.participants.filter(user=signer).exists():
            raise ValidationError({"signer": _("Who signs for the inspecting side takes part in the visit.")})
        name = signer.name
    if not name.strip():
        raise ValidationError({"name": _("Say who signs.")})
    if picture is not None:
        check_ink(picture)
    said = {"title": title.strip(), "signer": signer, "device_time": device_time}
    signature = write(row, side=side, name=name.strip(), at=at, **said)
    if picture is not None:
        receive(picture, by=by, at=at, purpose=PURPOSE, target=signature, device_time=device_time)
    record(by, "inspections.sign", row, at=at, data={"side": str(side), "name": signature.name})
    return signature


@transaction.atomic
def refuse_signature(
    visit: Visit, *, name: str, reason: str, witness: str, by: User, at: datetime
) -> Signature:
    """Put on record that the inspected side refused to sign, why, and who witnessed it (AWSL 68)."""
    row = locked(visit, by)
    missing = {
        field: _("This field is required.")
        for field, words in (("name", name), ("reason", reason), ("witness", witness))
        if not words.strip()
    }
    if missing:
        raise ValidationError(missing)
    said = {"refused_reason": reason.strip(), "witness": witness.strip()}
    signature = write(row, side=Side.PARTY, name=name.strip(), at=at, **said)
    record(by, "inspections.refuse_signature", row, at=at, reason=reason, data={"name": signature.name})
    return signature


def write(visit: Visit, *, side: str, name: str, at: datetime, **said: object) -> Signature:
    """Write the signature, or write it anew under what was added since."""
    earlier = visit.signatures.filter(side=side, name=name).first()
    changed = last_change(visit)
    if earlier and (changed is None or earlier.signed_at >= changed):
        raise ValidationError({"name": _("%(name)s has signed already.") % {"name": name}})
    fresh = {"title": "", "refused_reason": "", "witness": "", "device_time": None, **said, "signed_at": at}
    row, _new = Signature.objects.update_or_create(visit=visit, side=side, name=name, defaults=fresh)
    return row


def check_ink(picture: UploadedFile) -> None:
    """Raise ValidationError unless the picture is a PNG with something drawn on it."""
    try:
        picture.seek(0)
        with Image.open(picture, formats=["PNG"]) as image:
            drawn = ink(image)
    except IMAGE_FAULTS as fault:
        raise ValidationError({"picture": _("The signature cannot be read. Sign again.")}) from fault
    finally:
        picture.seek(0)
    if drawn < LEAST_INK:
        raise ValidationError({"picture": _("Nothing is drawn. Sign in the field.")})


def ink(image: Image.Image) -> int:
    """Count the dots that are drawn: dark ones on paper, or any on a clear ground."""
    image.thumbnail((600, 300))
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return sum(paper.convert("L").histogram()[:128])
