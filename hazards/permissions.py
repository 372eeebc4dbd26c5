"""Who may do what to a hazard (handbook §2.4). Grid workers gather facts and report; they decide nothing."""

from accounts.models import Role

REGULATORS = {Role.CITY, Role.COUNTY, Role.TOWN, Role.OFFICER, Role.LEADER}
UPPER = {Role.CITY, Role.COUNTY, Role.OFFICER, Role.LEADER}
DECIDERS = {Role.CITY, Role.COUNTY, Role.LEADER}
READERS = REGULATORS | {Role.GRID, Role.LEGAL, Role.DEPT, Role.ENTERPRISE}

GRANTS = {
    "hazards.view_hazard": READERS,
    "hazards.report": REGULATORS | {Role.GRID, Role.DEPT, Role.ENTERPRISE},
    # Who works where hazards are found has the report form at hand.
    "hazards.report_on_site": {Role.ENTERPRISE, Role.GRID},
    "hazards.accept_report": REGULATORS,
    "hazards.mark_not_hazard": REGULATORS,
    "hazards.set_general": REGULATORS,
    "hazards.confirm_major": UPPER | {Role.TOWN},
    "hazards.submit_plan": {Role.ENTERPRISE},
    "hazards.approve_plan": DECIDERS,
    "hazards.return_plan": DECIDERS,
    "hazards.close_by_enterprise": {Role.ENTERPRISE},
    "hazards.submit_rectification": {Role.ENTERPRISE},
    "hazards.apply_for_review": {Role.ENTERPRISE},
    "hazards.request_extension": {Role.ENTERPRISE},
    "hazards.grant_extension": REGULATORS,
    "hazards.refuse_extension": REGULATORS,
    "hazards.accept_repair": REGULATORS,
    "hazards.pass_sample": REGULATORS,
    "hazards.return_for_work": REGULATORS,
    "hazards.record_site_review": UPPER,
    "hazards.release": DECIDERS,
    "hazards.reopen": REGULATORS,
    "hazards.list_for_supervision": DECIDERS,
    "hazards.delist": DECIDERS,
    "hazards.report_progress": {Role.ENTERPRISE},
    "hazards.change_plan": {Role.ENTERPRISE},
    "hazards.approve_change": DECIDERS,
    "hazards.return_change": DECIDERS,
    "hazards.record_opinion": UPPER | {Role.ENTERPRISE},
    "hazards.report_listing": DECIDERS,
    "hazards.publish_listing": DECIDERS,
    "hazards.publish_delisting": DECIDERS,
    "hazards.ask_listing_extension": {Role.ENTERPRISE},
    "hazards.grant_listing_extension": DECIDERS,
    "hazards.refuse_listing_extension": DECIDERS,
    "hazards.urge": REGULATORS,
    "hazards.issue_notice": REGULATORS,
}
