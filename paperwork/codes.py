"""The code by which anyone verifies a document: made so that it can be read aloud and typed."""

import secrets
import unicodedata

# Without letters and digits that are read for one another.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code() -> str:
    """Return a code that cannot be guessed: eight signs in two groups."""
    signs = "".join(secrets.choice(SIGNS) for _sign in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def canonical(text: str) -> str:
    """Return a typed code as it was printed: full width, small letters, spaces and lost hyphens do no harm."""
    plain = unicodedata.normalize("NFKC", text).upper()
    signs = "".join(sign for sign in plain if sign.isalnum())
    return f"{signs[:4]}-{signs[4:]}" if len(signs) == 8 else signs[:20]
