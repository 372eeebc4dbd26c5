"""Who may do what to an enterprise's file (handbook §2.4)."""

from accounts.models import Role
from enterprises.life.permissions import LIFE_GRANTS
from enterprises.sources.permissions import SOURCE_GRANTS

REGULATORS = {Role.CITY, Role.COUNTY, Role.TOWN, Role.OFFICER, Role.LEADER}

GRANTS = {
    **SOURCE_GRANTS,
    **LIFE_GRANTS,
    "enterprises.view_enterprise": REGULATORS | {Role.GRID, Role.LEGAL, Role.DEPT, Role.ENTERPRISE},
    "enterprises.register": {Role.CITY, Role.COUNTY, Role.TOWN},
    "enterprises.change": {Role.CITY, Role.COUNTY, Role.TOWN, Role.ENTERPRISE},
    "enterprises.import": {Role.CITY, Role.COUNTY},
    # Numbers of persons: a grid worker does not see the ID number, not even masked; the bureaux unmask, on record.
    "enterprises.see_id_no": REGULATORS | {Role.LEGAL, Role.DEPT, Role.ENTERPRISE},
    "enterprises.unmask": {Role.CITY, Role.COUNTY, Role.OFFICER},
    # ledgers
    "enterprises.keep_ledgers": {Role.CITY, Role.COUNTY, Role.TOWN, Role.OFFICER, Role.ENTERPRISE},
    "enterprises.import_ledgers": {Role.CITY, Role.COUNTY, Role.TOWN, Role.ENTERPRISE},
    # truth: confirming, key facts asked for, conflicts
    "enterprises.confirm": {Role.CITY, Role.COUNTY, Role.TOWN, Role.OFFICER, Role.ENTERPRISE},
    "enterprises.request_change": {Role.ENTERPRISE},
    "enterprises.approve_change": {Role.CITY, Role.COUNTY, Role.TOWN},
    "enterprises.return_change": {Role.CITY, Role.COUNTY, Role.TOWN},
    "enterprises.withdraw_change": {Role.ENTERPRISE},
    "enterprises.report_conflict": REGULATORS | {Role.GRID},
    "enterprises.take_seen": {Role.CITY, Role.COUNTY, Role.TOWN},
    "enterprises.keep_declared": {Role.CITY, Role.COUNTY, Role.TOWN},
    "enterprises.dismiss_conflict": {Role.CITY, Role.COUNTY, Role.TOWN},
    "enterprises.watch_quality": REGULATORS | {Role.DEPT},
    # find: notices of the market regulator, and the tokens by which other systems ask
    "enterprises.push_registration": {Role.CITY, Role.COUNTY, Role.DEPT},
    "enterprises.accept_registration": {Role.CITY, Role.COUNTY, Role.TOWN},
    "enterprises.dismiss_registration": {Role.CITY, Role.COUNTY, Role.TOWN},
    "enterprises.issue_token": {Role.ADMIN},
}
