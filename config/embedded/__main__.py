"""``python -m config.embedded up | down | env | status``."""

import argparse
import shlex
import sys

from config.embedded import EmbeddedError, Servers


def main():
    """Do what the command line asks; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m config.embedded", description=__doc__)
    parser.add_argument("action", choices=["up", "down", "env", "status"])
    action = parser.parse_args().action
    try:
        return {"up": _up, "down": _down, "env": _env, "status": _status}[action](Servers())
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1


def _up(servers):
    servers.up()
    for variable, url in servers.env().items():
        print(f"{variable}={url}")
    return 0


def _down(servers):
    servers.down()
    return 0


def _env(servers):
    for variable, url in servers.env().items():
        print(f"export {variable}={shlex.quote(url)}")
    return 0


def _status(servers):
    up = {variable: server.is_up() for variable, server in servers.by_variable.items()}
    for variable, running in up.items():
        print(f"{variable}: {'running' if running else 'stopped'}")
    return 0 if all(up.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
