"""What the rulebook says aloud, after commit."""

from django.dispatch import Signal

# A law has got a text: `law`. Who refers to its articles reads them again.
text_changed = Signal()
