"""Who may act on documents; besides the post it takes to belong to the agency that issued them."""

from accounts.models import Role

OFFICE = {Role.CITY, Role.COUNTY, Role.TOWN, Role.OFFICER, Role.LEADER}

GRANTS = {
    "paperwork.withdraw": {Role.CITY, Role.COUNTY, Role.TOWN, Role.LEADER},
    "paperwork.record_service": OFFICE,
    "paperwork.try_again": OFFICE,
}
