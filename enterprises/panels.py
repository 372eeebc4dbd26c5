"""What the parts of an enterprise's file show on its page."""

from enterprises.sources.panels import SOURCE_PANELS

PANELS = [
    *SOURCE_PANELS,
]
