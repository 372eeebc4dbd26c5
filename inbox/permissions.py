"""Who may look at text messages, send one again, and word notices."""

from accounts.roles import Role

GRANTS: dict[str, set[str]] = {
    "inbox.view_sms_log": {Role.CITY, Role.COUNTY, Role.ADMIN},
    "inbox.send_again": {Role.CITY, Role.ADMIN},
    "inbox.view_messagetemplate": {Role.ADMIN},
    "inbox.change_messagetemplate": {Role.ADMIN},
    "inbox.view_delivery": {Role.ADMIN},
    "inbox.view_failednotice": {Role.ADMIN},
}
