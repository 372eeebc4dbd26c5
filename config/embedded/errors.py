"""What may go wrong, told in one sentence that a person can act on."""


class EmbeddedError(Exception):
    """A server could not be started or stopped; the message is one sentence for whoever starts it."""
