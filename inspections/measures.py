"""The measures of every part."""

from inspections.figures.measures import MEASURES as FIGURES

MEASURES = [
    *FIGURES,
]
