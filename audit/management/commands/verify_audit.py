"""Check that the audit trail is what it was."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.models import Entry, Seal
from audit.sealing import Fault, faults, guards_off, head


class Command(BaseCommand):
    """Walks the whole chain; ends with an error that names the entries when it does not hold."""

    help = (
        "Verify the hash chain of the audit trail. The head it prints, kept elsewhere and given back as --head, shows"
        " whether the end of the chain was cut off since."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a head that was noted earlier."""
        parser.add_argument("--head", metavar="SEQ:HASH", help="a head that an earlier run or the log named")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each fault, then the sum."""
        found = [*faults(), *known_head(options["head"])]
        for fault in found:
            self.stdout.write(f"link {fault.seq}, {labelled(fault)}: {fault.what}")
        off = guards_off()
        for guard in off:
            self.stdout.write(f"the guard is off: {guard}")
        if found or off:
            raise CommandError(f"The audit trail does not hold at {len(found) + len(off)} places.")
        waiting = Entry.objects.filter(seal=None).count()
        self.stdout.write(f"{Seal.objects.count()} entries sealed and whole, {waiting} waiting to be sealed.")
        self.stdout.write("head {}:{}".format(*head()))


def known_head(text: str | None) -> list[Fault]:
    """Return a fault when the link that was the head once is no longer in the chain."""
    if not text:
        return []
    seq, colon, digest = text.partition(":")
    if not (seq.isdecimal() and colon and digest):
        raise CommandError("Give the head as SEQ:HASH, as this command printed it.")
    if seq == "0" or Seal.objects.filter(seq=seq, hash=digest).exists():
        return []
    return [Fault(int(seq), None, "was the head once and is no longer in the chain")]


def labelled(fault: Fault) -> str:
    """Return which entry it is, and what it says now, for people who look for it."""
    entry = Entry.objects.filter(pk=fault.entry_id).first()
    return f"entry {fault.entry_id or '?'}" + (f" ({entry})" if entry else "")
