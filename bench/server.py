"""The product under gunicorn, as it runs for people, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import requests

WORKERS = 2
START_WITHIN = 40


@contextmanager
def running() -> Iterator[str]:
    """Give the address of a server that ends with the block."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi:application",
        f"--bind=127.0.0.1:{port}",
        f"--workers={WORKERS}",
        "--threads=4",
        "--keep-alive=75",
        "--log-level=warning",
    ]
    environment = {**os.environ, "BENCH": "1", "LOG_LEVEL": "WARNING"}
    with subprocess.Popen(command, env=environment) as process:  # noqa: S603 - our own server
        try:
            wait_for(address)
            yield address
        finally:
            process.terminate()
            process.wait(20)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str) -> None:
    """Wait until the server answers; raises TimeoutError when it does not."""
    for _try in range(START_WITHIN * 5):
        try:
            requests.get(f"{address}/account/login/", timeout=START_WITHIN)
        except requests.ConnectionError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("The server did not start.")
