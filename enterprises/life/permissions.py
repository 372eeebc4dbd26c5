"""Who may do what in the life of a file (handbook §2.4, §3.5)."""

from accounts.roles import Role

KEEPERS = {Role.CITY, Role.COUNTY, Role.TOWN}
LOOKERS = {Role.COUNTY, Role.TOWN, Role.OFFICER}
UPPER = {Role.CITY, Role.COUNTY}
ORDERING = {Role.CITY, Role.COUNTY, Role.OFFICER, Role.LEADER}

LIFE_GRANTS = {
    "enterprises.start_trial": KEEPERS,
    "enterprises.start_normal": KEEPERS,
    "enterprises.ask_to_stop": {Role.ENTERPRISE, Role.TOWN, Role.COUNTY},
    "enterprises.withdraw_stop": {Role.ENTERPRISE, Role.TOWN, Role.COUNTY},
    "enterprises.verify_stop": LOOKERS,
    "enterprises.verify_season": LOOKERS,
    "enterprises.refuse_stop": LOOKERS,
    "enterprises.recheck_stop": LOOKERS,
    "enterprises.resume": KEEPERS | {Role.ENTERPRISE},
    "enterprises.suspend_ordered": ORDERING,
    "enterprises.approve_resumption": {Role.CITY, Role.COUNTY, Role.LEADER},
    "enterprises.declare_lost": {Role.COUNTY, Role.TOWN},
    "enterprises.move_away": UPPER,
    "enterprises.close": UPPER,
    "enterprises.deregister": UPPER,
    "enterprises.revoke": UPPER,
    "enterprises.reinstate": UPPER,
    "enterprises.ask_transfer": UPPER,
    "enterprises.withdraw_transfer": UPPER,
    "enterprises.accept_transfer": UPPER,
    "enterprises.refuse_transfer": UPPER,
    "enterprises.merge": UPPER,
    "enterprises.hand_over": {Role.ENTERPRISE, Role.TOWN, Role.COUNTY},
}
