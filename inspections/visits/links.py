"""What becomes of visits when the files of their enterprise merge, or move to another district."""

from enterprises.life.links import Link

# What is finished stays with the place that carried it out.
LINKS = [
    Link(
        "inspections.Visit",
        "enterprise",
        moves_home=lambda rows: rows.exclude(state__in=("finished", "cancelled")),
    ),
]
