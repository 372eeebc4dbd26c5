"""The imports of every part."""

from inspections.library.importing import LIBRARY

IMPORTS = [
    LIBRARY,
]
