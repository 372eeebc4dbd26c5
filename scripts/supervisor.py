"""Keep the web server, the worker and the clock running as one, and end them as one."""

import contextlib
import os
import signal
import subprocess
import time

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SETTLED_SECONDS = 10
TRIES = 3
GRACE_SECONDS = 30


class Child:
    """One process that should be running, and how often it failed to settle."""

    def __init__(self, name, command, environment):
        self.name, self.command, self.environment = name, command, environment
        self.failures = 0
        self.start()

    def start(self):
        """Start it, in a session of its own: a Ctrl-C at the terminal reaches only the supervisor."""
        self.since = time.monotonic()
        self.process = subprocess.Popen(
            self.command, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def ended(self):
        """Whether it ended by itself."""
        return self.process.poll() is not None

    def revive(self):
        """Start it again; False when it has failed right after its start too often."""
        self.failures = self.failures + 1 if time.monotonic() - self.since < SETTLED_SECONDS else 0
        self.signal(signal.SIGKILL)
        if self.failures >= TRIES:
            return False
        self.start()
        return True

    def signal(self, number):
        """Signal it; a kill also takes the processes it left behind."""
        with contextlib.suppress(ProcessLookupError):
            if number == signal.SIGKILL:
                os.killpg(self.process.pid, number)
            elif not self.ended():
                self.process.send_signal(number)


class Supervisor:
    """Runs commands until one cannot be kept running, or until we are told to stop."""

    def __init__(self, commands, environment, keep):
        """``commands`` by name; ``keep`` is called every second to look after what else must be up."""
        self.commands, self.environment, self.keep = commands, environment, keep
        self.children = []
        self.stops = []

    def run(self, started):
        """Start all, call ``started``, keep them running; the exit status: 0 when told to stop."""
        for number in STOP_SIGNALS:
            signal.signal(number, self._stop)
        try:
            self.children = [Child(name, words, self.environment) for name, words in self.commands.items()]
            started(self)
            return self._watch()
        finally:
            self._end()

    @property
    def going(self):
        """Whether nobody has told us to stop."""
        return not self.stops

    def restart(self):
        """End all and start them again, for new code."""
        self._end()
        for child in self.children:
            child.start()

    def _stop(self, number, frame):
        self.stops.append(number)

    def _watch(self):
        while self.going:
            for child in self.children:
                if child.ended() and self.going and not child.revive():
                    print(f"The {child.name} does not keep running; its own words stand above.", flush=True)
                    return 1
            self.keep()
            self._pause()
        return 0

    def _pause(self):
        until = time.monotonic() + 1
        while self.going and time.monotonic() < until:
            time.sleep(0.1)

    def _end(self):
        """Ask all to finish; whoever has not after the grace, or at a second Ctrl-C, is killed."""
        until = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            child.signal(signal.SIGTERM)
        while not all(child.ended() for child in self.children):
            # Only Ctrl-C counts twice: one polite kill may reach us directly and through make.
            if time.monotonic() > until or self.stops.count(signal.SIGINT) > 1:
                break
            time.sleep(0.1)
        for child in self.children:
            child.signal(signal.SIGKILL)
            child.process.wait()
