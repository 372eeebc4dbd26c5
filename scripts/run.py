"""``make run`` and ``make dev``: the whole product on this machine, ended by one Ctrl-C."""

import hashlib
import os
import signal
import socket
import sys
import time

from scripts import PROJECT, VENV, data_folder
from scripts.checks import wanted_address
from scripts.messages import compile_messages
from scripts.services import services
from scripts.supervisor import Supervisor
from scripts.system import PDF

SETTINGS = "config.settings.local"
WATCHED = (".py", ".html", ".mo")


def main(arguments):
    """Prepare and run until told to stop; the exit status. Raises SystemExit if it cannot."""
    # Until the supervisor takes over, a polite kill unwinds like Ctrl-C and ends the embedded servers too.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return _run(dev="--dev" in arguments)
    except KeyboardInterrupt:
        print("Stopped before it was ready.")
        return 0


def _interrupt(number, frame):
    raise KeyboardInterrupt


def _run(dev):
    host, port = wanted_address()
    _set_environment(dev, host, port)
    compile_messages()
    with services() as (servers, embedded):
        _prepare(dev)
        watch = Watch() if dev else None
        supervisor = Supervisor(_commands(host, port), dict(os.environ), lambda: servers.up(embedded))
        if watch:
            supervisor.keep = lambda: (servers.up(embedded), watch.changed() and supervisor.restart())
        status = supervisor.run(lambda running: _announce(running, host, port))
    print("Stopped.")
    return status


def _set_environment(dev, host, port):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ.setdefault("BASE_URL", _address(host, port))
    _quiet_root()
    if dev:
        os.environ.setdefault("DEBUG", "yes")
    if "PDF_ENABLED" not in os.environ and not PDF.present():
        print("PDF documents are switched off: this machine has no libraries or no Chinese font for them.")
        os.environ["PDF_ENABLED"] = "no"


def _quiet_root():
    # Celery warns root at every start; tasks here are JSON, so nobody can slip code in.
    if os.geteuid() == 0:
        os.environ.setdefault("PYTHONWARNINGS", "ignore::UserWarning:celery.platforms")


def _prepare(dev):
    """Bring database, static files and demo city up to date; raises SystemExit for a wrong setting."""
    import django  # noqa: PLC0415 - the environment must be complete before the settings are read.
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise SystemExit(f"A setting is wrong: {error}") from error
    call_command("migrate", interactive=False, verbosity=0)
    if not dev:
        _collect_static(call_command)
    call_command("demo", "--if-empty")
    connections.close_all()


def _collect_static(call_command):
    stamp, state = data_folder() / "static.stamp", _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    print("Collecting static files ...", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(state)


def _static_state():
    """A fingerprint of all that collectstatic would read, without reading the page libraries file by file."""
    from django.conf import settings  # noqa: PLC0415 - see _prepare.

    ours = [path for path in (PROJECT / "static").rglob("*") if path.is_file()]
    facts = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(ours)]
    lock = (PROJECT / "package-lock.json").read_bytes()
    return hashlib.sha256(
        repr((facts, lock, settings.STATICFILES_DIRS, settings.STATIC_ROOT)).encode()
    ).hexdigest()


def _commands(host, port):
    programs, schedule = VENV / "bin", data_folder() / "celerybeat-schedule"
    celery = [programs / "celery", "-A", "config", "--quiet"]
    gunicorn = [
        "--bind",
        f"{host}:{port}",
        "--workers=2",
        "--threads=4",
        "--timeout=60",
        "--log-level=warning",
    ]
    return {
        "web server": [programs / "gunicorn", "config.wsgi:application", *gunicorn, "--no-control-socket"],
        "worker": [*celery, "worker", "--concurrency=2", "--loglevel=warning", "--without-gossip"],
        "clock": [*celery, "beat", "--loglevel=warning", f"--schedule={schedule}", "--pidfile="],
    }


def _announce(supervisor, host, port):
    """Say where it is once it answers, and who can sign in."""
    while supervisor.going and not _answers(host, port):
        if any(child.ended() for child in supervisor.children):
            return
        time.sleep(0.1)
    if not supervisor.going:
        return
    from django.core.management import call_command  # noqa: PLC0415 - see _prepare.

    print(f"\n守望 Shouwang runs at  {_address(host, port)}/  (Ctrl-C ends it)\n", flush=True)
    call_command("demo", "--sign-ins")
    sys.stdout.flush()


def _address(host, port):
    return f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 - compared, not bound.


def _answers(host, port):
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


class Watch:
    """Notices changed source files, so that ``make dev`` restarts web server and worker alike."""

    def __init__(self):
        self.newest = self._newest()

    def changed(self):
        """Whether a file changed since the last call."""
        before, self.newest = self.newest, self._newest()
        return self.newest != before

    def _newest(self):
        newest, count = 0, 0
        for folder, inner, files in os.walk(PROJECT):
            inner[:] = [name for name in inner if not name.startswith(".") and name != "node_modules"]
            for name in files:
                if name.endswith(WATCHED):
                    newest, count = max(newest, os.stat(os.path.join(folder, name)).st_mtime_ns), count + 1
        return newest, count


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
