"""What becomes of visits, lists, stops and doubts when the files of their enterprise merge, or move to another district."""

from enterprises.life.links import Link
from inspections.self_checks.links import LINKS as SELF_CHECKS
from inspections.visits.links import LINKS as VISITS

LINKS = [
    *VISITS,
    *SELF_CHECKS,
    Link("inspections.PatrolStop", "enterprise"),
    Link("inspections.Doubt", "enterprise"),
    Link("inspections.Standing"),
    Link("inspections.CheckItem", "owner"),
]
