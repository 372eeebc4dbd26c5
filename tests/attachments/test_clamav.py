"""ClamAV as the scanner: what clamd is sent, what its answers mean, and what a person reads."""

import socketserver
import struct
import threading

import pytest
from django.core.exceptions import ValidationError

from attachments import scanning
from attachments.clamav import ClamAV
from attachments.fields import Given, PhotosField
from attachments.models import Attachment, ScanState
from attachments.services import receive
from tests.attachments import samples

# Nothing harmful: what the server below finds.
HARMFUL = b"harmful-for-tests"


class Clamd(socketserver.ThreadingTCPServer):
    """Speaks clamd's protocol: reads INSTREAM, and answers what it finds, or what it was told to answer."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Call)
        self.heard: list[bytes] = []
        self.says = ""


class Call(socketserver.StreamRequestHandler):
    """One file sent to be scanned."""

    def handle(self) -> None:
        """Read the pieces up to the empty one, and answer."""
        assert self.rfile.read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.heard.append(content)
        found = "stream: Test.Harmful FOUND" if HARMFUL in content else "stream: OK"
        self.wfile.write((self.server.says or found).encode() + b"\0")


@pytest.fixture
def clamd(settings):
    with Clamd() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.ATTACHMENT_SCANNER = "attachments.clamav.ClamAV"
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


@pytest.fixture
def no_clamd(settings, tmp_path):
    settings.ATTACHMENT_SCANNER = "attachments.clamav.ClamAV"
    settings.CLAMD_ADDRESS = str(tmp_path / "nobody-listens")


def give(people, at, content):
    return receive(samples.upload(content, "a.pdf"), by=people.enterprise, at=at, purpose="plan")


def test_a_file_that_clamd_finds_clean_is_open_at_once_and_kept_whole(clamd, people, at):
    row = give(people, at, samples.pdf())
    assert row.scan_state == ScanState.CLEAN
    assert clamd.heard == [samples.pdf()] == [row.file.read()]


def test_a_large_file_reaches_clamd_whole(clamd, tmp_path):
    content = bytes(range(256)) * 1000 + b"the end"
    (tmp_path / "large").write_bytes(content)
    with (tmp_path / "large").open("rb") as file:
        assert ClamAV().verdict(file) == ""
    assert clamd.heard == [content]


def test_a_harmful_file_is_refused_with_a_sentence_and_not_kept(clamd, people, at, media):
    with pytest.raises(ValidationError) as refused:
        give(people, at, samples.pdf() + HARMFUL)
    assert refused.value.messages == [str(scanning.UNSAFE)]
    assert not Attachment.objects.exists()
    assert not media.exists()


def test_a_form_says_beside_the_field_which_file_is_harmful(clamd):
    field = PhotosField()
    uploads = [samples.upload(samples.pdf(), "good.pdf"), samples.upload(samples.pdf() + HARMFUL, "bad.pdf")]
    with pytest.raises(ValidationError) as refused:
        field.clean(Given(uploads, []))
    assert refused.value.messages == [f"bad.pdf：{scanning.UNSAFE}"]
    assert [one.name for one in field.sound] == ["good.pdf"]


def test_clamd_is_asked_once_for_a_file_that_a_form_and_then_the_service_looks_at(clamd, people, at):
    field = PhotosField()
    [upload] = field.clean(Given([samples.upload(samples.pdf(), "a.pdf")], []))
    receive(upload, by=people.enterprise, at=at, purpose="plan")
    assert len(clamd.heard) == 1


def test_while_clamd_is_away_files_are_taken_and_wait_closed(no_clamd, people, at):
    assert give(people, at, samples.pdf()).scan_state == ScanState.RECEIVED


def test_a_file_that_waited_is_opened_once_clamd_is_back(no_clamd, people, at, request):
    row = give(people, at, samples.pdf())
    with pytest.raises(OSError):
        scanning.scan(row.pk, at=at)
    request.getfixturevalue("clamd")
    assert scanning.scan(row.pk, at=at)
    row.refresh_from_db()
    assert row.scan_state == ScanState.CLEAN


@pytest.mark.parametrize("says", ["INSTREAM size limit exceeded. ERROR", "UNKNOWN COMMAND", "\0"])
def test_an_answer_that_is_neither_yes_nor_no_opens_nothing(clamd, people, at, says):
    clamd.says = says
    assert give(people, at, samples.pdf()).scan_state == ScanState.RECEIVED
