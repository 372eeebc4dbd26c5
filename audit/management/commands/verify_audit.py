"""Check that the audit trail is what it was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.models import Entry, Seal
from audit.sealing import faults


class Command(BaseCommand):
    """Walks the whole chain; ends with an error that names the entries when it does not hold."""

    help = "Verify the hash chain of the audit trail."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each fault, then the sum."""
        found = list(faults())
        for fault in found:
            self.stdout.write(f"link {fault.seq}, entry {fault.entry_id}: {fault.what}")
        if found:
            raise CommandError(f"The audit trail does not hold at {len(found)} places.")
        waiting = Entry.objects.filter(seal=None).count()
        self.stdout.write(f"{Seal.objects.count()} entries sealed and whole, {waiting} waiting to be sealed.")
