"""Reads an upload that is too large to its end without keeping it, so that neither disk nor memory fills."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from attachments.sniffing import SIZE_LIMIT

# A workbook of a whole city may be larger than a photo; its own page checks it again.
READ_LIMIT = 5 * SIZE_LIMIT
# All files of one request together.
REQUEST_LIMIT = 15 * SIZE_LIMIT


class TooLarge(UploadedFile):
    """Stands for a file that was not kept: its name and size are true, its content is gone.

    So the form can say beside the field what is wrong, as with any other file.
    """


class LimitHandler(FileUploadHandler):
    """Stands before the handlers that keep, and gives them nothing more once a limit is passed."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:  # noqa: N803
        """Keep nothing at all of a request that says itself that it is too large."""
        self.kept = 0
        self.hopeless = content_length > REQUEST_LIMIT

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count from nothing for each file."""
        super().new_file(*args, **kwargs)
        self.read, self.dropped = 0, False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass the piece on, or let it fall."""
        self.read += len(raw_data)
        self.dropped = (
            self.dropped
            or self.read > READ_LIMIT
            or self.kept + len(raw_data) > REQUEST_LIMIT
            or (self.hopeless and self.read > 0)
        )
        if self.dropped:
            return None
        self.kept += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Hand over the stand-in for a file that was dropped; the others are left to the next handlers."""
        if not self.dropped:
            return None
        # A small file in a hopeless request was not kept either, and must not look sound.
        size = max(self.read, SIZE_LIMIT + 1)
        return TooLarge(BytesIO(), self.file_name, self.content_type, size, self.charset)
