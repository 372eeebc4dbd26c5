"""Stops reading an upload that is too large, instead of filling the disk with it first."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from attachments.sniffing import SIZE_LIMIT

# A workbook of a whole city may be larger than a photo; its own page checks it again.
READ_LIMIT = 5 * SIZE_LIMIT


class LimitHandler(FileUploadHandler):
    """Skips a file as soon as it passes the limit; the field then says that nothing came."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count from nothing for each file."""
        super().new_file(*args, **kwargs)
        self.read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the piece on, or give the file up."""
        self.read += len(raw_data)
        if self.read > READ_LIMIT:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that follow."""
