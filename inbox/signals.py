"""What upper apps may listen to."""

from django.dispatch import Signal

# Sent after commit when a text message is given up: `delivery` (the row), `at` (the moment).
# A contact whose messages bounce is out of date (handbook §3.7); who knows the contact listens.
delivery_failed = Signal()
