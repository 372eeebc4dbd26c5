"""Documents that this app issues."""

from enterprises.sources.copies.paperwork import SOURCE_KINDS

KINDS = [*SOURCE_KINDS]
