"""What every part shows in the search box."""

from inspections.visits.search import SEARCHES as VISITS

SEARCHES = [
    *VISITS,
]
