"""The form field for photos and files: several at once, and those that came with an earlier sending of the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attachments.models import Attachment, ScanState
from attachments.scanning import first_look
from attachments.sniffing import sniff

# More digits than a key can have; the database would refuse the number.
LONGEST_KEY = 19


@dataclass(frozen=True)
class Given:
    """What a form brought: new uploads, and the ids of files that are already here."""

    uploads: list[UploadedFile]
    kept: list[int]


class FilesInput(forms.FileInput):
    """A file input that takes several files and shows the `kept` ones, each with a box to leave it out."""

    allow_multiple_selected = True
    template_name = "attachments/photos_input.html"
    purpose = ""
    kept: Sequence[Attachment] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Given:
        """Read uploads, kept ids and the ids to leave out; what is not a number is no id."""
        out = set(listed(data, f"{name}_drop"))
        ids = [one for one in dict.fromkeys(listed(data, f"{name}_kept")) if one not in out]
        kept = [int(one) for one in ids if one.isascii() and one.isdigit() and len(one) < LONGEST_KEY]
        return Given([upload for upload in listed(files, name) if upload], kept)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the kept files and what they show."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"kept": self.kept, "purpose": self.purpose}
        return context


def listed(source: Any, name: str) -> list[Any]:
    """Return all values of a name, also where the source knows only one."""
    if hasattr(source, "getlist"):
        return source.getlist(name)
    return [source[name]] if name in source else []


class PhotosField(forms.FileField):
    """Cleans to a list of kept files and of uploads that have been found sound; `purpose` is what they show.

    Kept files count only when `giver` (the person who sends the form, see `drafts.entrust`) gave them. After
    cleaning, also in vain, `sound` holds the uploads that can be taken.
    """

    widget = FilesInput
    MOST = 12

    def __init__(self, *, purpose: str = "after", **kwargs: Any) -> None:
        self.purpose = purpose
        self.giver: User | None = None
        self.sound: list[UploadedFile] = []
        # What `drafts.keep` made of them.
        self.received: list[Attachment] = []
        super().__init__(**kwargs)
        self.widget.purpose = purpose

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Offer the camera on a phone, and only what we take."""
        return {"accept": "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx"}

    def clean(self, data: Given, initial: Any = None) -> list[Attachment | UploadedFile]:
        """Return the files; raises one ValidationError with a sentence for each that cannot be taken."""
        kept = self.still_here(data.kept)
        # One that a record holds by now is not offered again; binding it a second time is refused there.
        self.widget.kept = [row for row in kept if row.target_id is None]
        room = max(self.MOST - len(kept), 0)
        errors, self.sound = [], []
        for upload in data.uploads[:room]:
            faults = self.faults(upload)
            errors += faults
            self.sound += [] if faults else [upload]
        if len(data.uploads) > room:
            errors.append(ValidationError(_("At most %(n)d files at once."), params={"n": self.MOST}))
        if len(kept) < len(data.kept):
            errors.append(ValidationError(_("A file is no longer there. Add it again.")))
        if self.required and not (data.uploads or kept or errors):
            raise ValidationError(self.error_messages["required"], code="required")
        if errors:
            raise ValidationError(errors)
        return [*kept, *self.sound]

    def still_here(self, ids: list[int]) -> list[Attachment]:
        """Return the files that this person gave, in the order of the form."""
        if not ids or self.giver is None:
            return []
        rows = Attachment.objects.filter(pk__in=ids, uploaded_by=self.giver)
        found = {row.pk: row for row in rows.exclude(scan_state=ScanState.REFUSED)}
        return [found[one] for one in ids if one in found]

    def faults(self, upload: UploadedFile) -> list[ValidationError]:
        """Return what is wrong with one upload, naming it."""
        try:
            sniff(upload, upload.name or "", upload.size or 0)
            first_look(upload)
        except ValidationError as error:
            return [ValidationError(f"{upload.name}：{message}") for message in error.messages]
        return []

    def to_python(self, data: Any) -> Any:
        """Leave the list alone; `clean` has looked at each file."""
        return data
