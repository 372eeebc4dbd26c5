"""What rooms above this one want to know: audit lies above accounts and listens here."""

from django.dispatch import Signal

# Sent inside the transaction of the act, with by, verb, target, at, and optionally reason and data.
done = Signal()
