"""The servers that come with the project: PostgreSQL and Valkey from Python packages, in one data folder.

They let the product run on a machine that has neither. ``python -m config.embedded up`` starts what is
not running, ``down`` stops it, ``env`` prints the addresses for a shell; docs/adr/0004-embedded-services.md
tells why.
"""

from config.embedded.errors import EmbeddedError
from config.embedded.services import Servers

__all__ = ["EmbeddedError", "Servers"]
