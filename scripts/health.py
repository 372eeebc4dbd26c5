"""Whether the web server on this host answers, as a container's health check asks: exit status 0 or 1."""

import http.client
import os
import sys


def main():
    """Ask for the first page as the proxy would; anything but a server error is healthy."""
    host = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].strip().lstrip(".*")
    headers = {"Host": host or "localhost", "X-Forwarded-Proto": "https"}
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or 8000), timeout=8)
    try:
        connection.request("GET", "/", headers=headers)
        return 0 if connection.getresponse().status < 500 else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
