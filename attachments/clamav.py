"""Asks clamd, the server of ClamAV, whether a file holds something known to be harmful."""

import socket
import struct
from typing import BinaryIO

from django.conf import settings

PIECE = 64 * 1024
# Seconds. A server that is there takes the call at once, and 20 MB take it a moment.
TO_CALL, TO_ANSWER = 2, 20
CLEAN, FOUND = "stream: OK", " FOUND"


class ClamAV:
    """The scanner `attachments.clamav.ClamAV`; `CLAMD_ADDRESS` says where clamd listens.

    clamd's `StreamMaxLength` must allow the 20 MB that an upload may have, as it does by itself.
    """

    at_once = True

    def verdict(self, file: BinaryIO) -> str:
        """Return the name of what clamd found, or nothing; raises OSError when it does not answer, or not plainly."""
        with call(settings.CLAMD_ADDRESS) as line:
            send(file, line)
            answer = hear(line)
        if answer == CLEAN:
            return ""
        if answer.endswith(FOUND):
            return answer.removeprefix("stream: ").removesuffix(FOUND)
        raise OSError(f"clamd answered {answer!r}.")


def call(address: str) -> socket.socket:
    """Return a connection to `host:port`, or to a socket file given by its whole path."""
    if not address.startswith("/"):
        host, _colon, port = address.rpartition(":")
        line = socket.create_connection((host, int(port)), timeout=TO_CALL)
    else:
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(TO_CALL)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
    line.settimeout(TO_ANSWER)
    return line


def send(file: BinaryIO, line: socket.socket) -> None:
    """Send the whole file in pieces, each after its length, as clamd's INSTREAM wants them; an empty one is the end."""
    line.sendall(b"zINSTREAM\0")
    file.seek(0)
    while piece := file.read(PIECE):
        line.sendall(struct.pack("!I", len(piece)) + piece)
    line.sendall(struct.pack("!I", 0))


def hear(line: socket.socket) -> str:
    """Return clamd's answer, which ends with a zero byte or with the connection."""
    answer = b""
    while not answer.endswith(b"\0") and (more := line.recv(PIECE)):
        answer += more
    return answer.rstrip(b"\0").decode(errors="replace")
