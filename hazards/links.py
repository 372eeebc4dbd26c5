"""What becomes of hazards when the files of their enterprise merge, or move to another district."""

from enterprises.life.links import Link
from hazards.querysets import ENDED_STATES

# What is closed stays with the place that closed it.
LINKS = [
    Link("hazards.Hazard", "enterprise", moves_home=lambda rows: rows.exclude(state__in=ENDED_STATES)),
]
