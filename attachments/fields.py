"""The form field for photos and files: several at once, from the camera or the album."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from attachments.sniffing import sniff


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PhotosField(forms.FileField):
    """Cleans to a list of uploads that have been found sound; `purpose` is what they show."""

    widget = FilesInput
    MOST = 12

    def __init__(self, *, purpose: str = "after", **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Offer the camera on a phone, and only what we take."""
        return {"accept": "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx", "data-photos": ""}

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the uploads; raises one ValidationError with a sentence for each file that cannot be taken."""
        uploads = [upload for upload in (data if isinstance(data, list | tuple) else [data]) if upload]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.MOST:
            raise ValidationError(_("At most %(n)d files at once."), params={"n": self.MOST})
        errors = [error for upload in uploads for error in self.faults(upload)]
        if errors:
            raise ValidationError(errors)
        return uploads

    def faults(self, upload: UploadedFile) -> list[ValidationError]:
        """Return what is wrong with one upload, naming it."""
        try:
            sniff(upload, upload.name or "", upload.size or 0)
        except ValidationError as error:
            return [ValidationError(f"{upload.name}：{message}") for message in error.messages]
        return []

    def to_python(self, data: Any) -> Any:
        """Leave the list alone; `clean` has looked at each file."""
        return data
