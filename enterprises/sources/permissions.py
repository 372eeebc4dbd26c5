"""Who may do what to a major hazard source: enterprises and bureaus enter, bureaus decide (handbook §2.4, §4.4)."""

from accounts.models import Role

READING = {
    Role.CITY,
    Role.COUNTY,
    Role.TOWN,
    Role.OFFICER,
    Role.LEADER,
    Role.GRID,
    Role.LEGAL,
    Role.DEPT,
    Role.ENTERPRISE,
}
ENTERING = {Role.CITY, Role.COUNTY, Role.ENTERPRISE}
DECIDING = {Role.CITY, Role.COUNTY, Role.LEADER}

SOURCE_GRANTS = {
    "enterprises.send_source_copy": DECIDING,
    "enterprises.view_source": READING,
    "enterprises.record_source": ENTERING,
    "enterprises.recalculate_source": ENTERING,
    "enterprises.assess_source": ENTERING,
    "enterprises.add_source_material": ENTERING,
    "enterprises.submit_source_filing": {Role.ENTERPRISE},
    "enterprises.file_source": DECIDING,
    "enterprises.return_source_filing": DECIDING,
    "enterprises.request_source_cancel": {Role.ENTERPRISE},
    "enterprises.grant_source_cancel": DECIDING,
    "enterprises.refuse_source_cancel": DECIDING,
}
