"""Who may do what to an enterprise's file (handbook §2.4)."""

from accounts.models import Role

REGULATORS = {Role.CITY, Role.COUNTY, Role.TOWN, Role.OFFICER, Role.LEADER}

GRANTS = {
    "enterprises.view_enterprise": REGULATORS | {Role.GRID, Role.LEGAL, Role.DEPT, Role.ENTERPRISE},
    "enterprises.register": {Role.CITY, Role.COUNTY, Role.TOWN},
    "enterprises.change": {Role.CITY, Role.COUNTY, Role.TOWN, Role.ENTERPRISE},
    "enterprises.import": {Role.CITY, Role.COUNTY},
}
