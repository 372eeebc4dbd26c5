"""An upload of any size ends in a sentence beside the field, and fills neither memory nor disk."""

import resource
from collections.abc import Iterator

import pytest
from django import forms
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import RequestFactory

from attachments.fields import PhotosField
from attachments.sniffing import SIZE_LIMIT
from attachments.uploads import READ_LIMIT, REQUEST_LIMIT
from tests.attachments import samples

EDGE = b"--edge"
MEGABYTE = 1024 * 1024


class Report(forms.Form):
    photos = PhotosField(required=False)


class Stream:
    """The body of a request that is made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self.rest) < size:
            piece = next(self.pieces, None)
            if piece is None:
                break
            self.rest += piece
        size = len(self.rest) if size < 0 else size
        answer, self.rest = self.rest[:size], self.rest[size:]
        return answer

    def readline(self) -> bytes:
        return self.read(65_536)


def part(name: str, content: Iterator[bytes]) -> Iterator[bytes]:
    yield EDGE + f'\r\nContent-Disposition: form-data; name="photos"; filename="{name}"\r\n'.encode()
    yield b"Content-Type: image/jpeg\r\n\r\n"
    yield from content
    yield b"\r\n"


def zeros(megabytes: int) -> Iterator[bytes]:
    for _n in range(megabytes):
        yield b"\0" * MEGABYTE


def send(*parts: Iterator[bytes], length: int):
    """Let Django read the request, as behind any server."""
    body = (piece for each in (*parts, iter([EDGE + b"--\r\n"])) for piece in each)
    kind = f"multipart/form-data; boundary={EDGE[2:].decode()}"
    request = RequestFactory().post("/", data=b"-", content_type=kind)
    request.META["CONTENT_LENGTH"] = str(length)
    request._stream = Stream(body)
    form = Report(request.POST, request.FILES)
    form.is_valid()
    return request, form


def in_use() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def test_two_gigabytes_end_in_a_sentence_and_fill_nothing(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    before = in_use()
    _request, form = send(part("film.jpg", zeros(2048)), length=2049 * MEGABYTE)
    assert form.errors["photos"] == ["film.jpg：The file is larger than 20 MB."]
    assert in_use() - before < 64
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) == 0


def test_a_request_that_hides_its_size_is_kept_no_further_than_the_limit(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    request, form = send(part("film.jpg", zeros(160)), length=10 * MEGABYTE)
    assert form.errors["photos"] == ["film.jpg：The file is larger than 20 MB."]
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= READ_LIMIT
    assert request.FILES["photos"].size > READ_LIMIT


def test_a_good_photo_beside_a_huge_one_is_kept_for_the_form(settings, tmp_path):
    photo = samples.picture()
    request, form = send(part("film.jpg", zeros(120)), part("good.jpg", iter([photo])), length=121 * MEGABYTE)
    assert [file.name for file in request.FILES.getlist("photos")] == ["film.jpg", "good.jpg"]
    assert request.FILES.getlist("photos")[1].read() == photo
    assert len(form.errors["photos"]) == 1


def test_files_that_are_too_much_together_are_kept_no_further_than_the_limit(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    parts = [part(f"{n}.jpg", zeros(90)) for n in range(5)]
    request, _form = send(*parts, length=10 * MEGABYTE)
    sizes = [file.size for file in request.FILES.getlist("photos")]
    assert sizes == [90 * MEGABYTE] * 5
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= REQUEST_LIMIT


def test_a_small_file_in_a_hopeless_request_does_not_look_sound():
    request, _form = send(part("good.jpg", iter([samples.picture()])), length=REQUEST_LIMIT + 1)
    assert request.FILES["photos"].size > SIZE_LIMIT


def test_usual_uploads_go_their_usual_way():
    request, form = send(part("good.jpg", iter([samples.picture()])), length=2000)
    assert not form.errors
    assert any(isinstance(handler, MemoryFileUploadHandler) for handler in request.upload_handlers)
    assert form.cleaned_data["photos"][0].read() == samples.picture()


@pytest.mark.parametrize("name", ["a.jpg", "b.docx"])
def test_an_empty_file_is_not_dropped_in_silence(name):
    _request, form = send(part(name, iter([b""])), length=500)
    assert form.errors["photos"] == [f"{name}：The file is empty."]
