"""Who may do what with checklists and visits (handbook §0.2, §2.3–2.4).

Which kind of visit a role may carry out stands in `inspections.kinds`; here stands who may take the step at all.
"""

from accounts.models import Role

REGULATORS = {Role.CITY, Role.COUNTY, Role.TOWN, Role.OFFICER, Role.LEADER, Role.DEPT}
ON_SITE = {Role.CITY, Role.COUNTY, Role.TOWN, Role.OFFICER, Role.DEPT}
VISITORS = ON_SITE | {Role.LEADER, Role.GRID, Role.EXPERT, Role.AGENCY, Role.ENTERPRISE}
LIBRARIANS = {Role.CITY, Role.LEGAL}
SUPERVISORS = {Role.CITY, Role.COUNTY, Role.LEADER}
BODIES = {Role.COUNTY, Role.TOWN, Role.DEPT}

GRANTS = {
    # library
    "inspections.view_library": VISITORS | {Role.LEGAL},
    "inspections.edit_library": LIBRARIANS,
    "inspections.import_library": LIBRARIANS,
    "inspections.draft_edition": LIBRARIANS,
    "inspections.submit_edition": LIBRARIANS,
    "inspections.return_edition": LIBRARIANS,
    "inspections.publish_edition": LIBRARIANS,
    "inspections.withdraw_edition": LIBRARIANS,
    "inspections.review_reference": LIBRARIANS,
    # visits
    "inspections.view_visit": REGULATORS | {Role.GRID, Role.LEGAL, Role.EXPERT, Role.AGENCY, Role.ENTERPRISE},
    "inspections.plan_visit": ON_SITE | {Role.LEADER, Role.GRID, Role.ENTERPRISE},
    "inspections.start_visit": VISITORS,
    "inspections.agree_over_cap": {Role.LEADER, Role.CITY},
    "inspections.answer": VISITORS,
    "inspections.finish_visit": VISITORS,
    "inspections.cancel_visit": VISITORS,
    "inspections.issue_record": {Role.LEADER, Role.CITY},
    # self-check lists
    "inspections.view_self_check_list": REGULATORS | {Role.GRID, Role.LEGAL, Role.ENTERPRISE},
    "inspections.compose_list": {Role.ENTERPRISE},
    "inspections.submit_list": {Role.ENTERPRISE},
    "inspections.accept_list": ON_SITE,
    "inspections.return_list": ON_SITE,
    # supervision of government
    "inspections.view_order": REGULATORS | {Role.LEGAL},
    "inspections.issue_order": SUPERVISORS,
    "inspections.reply_order": BODIES,
    "inspections.return_reply": SUPERVISORS,
    "inspections.close_order": SUPERVISORS,
    # patrols
    "inspections.view_patrol": REGULATORS | {Role.GRID},
    "inspections.go_round": {Role.GRID, Role.TOWN},
    "inspections.edit_route": {Role.COUNTY, Role.TOWN},
    # figures
    "inspections.watch_conduct": REGULATORS | {Role.LEGAL},
    # too good to be true
    "inspections.view_doubt": REGULATORS | {Role.LEGAL},
    "inspections.explain_doubt": ON_SITE | {Role.LEADER},
    "inspections.uphold_doubt": ON_SITE | {Role.LEADER},
}
