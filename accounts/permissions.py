"""Duties kept apart (三员分立): the system administrator keeps users, the security administrator keeps posts."""

from accounts.roles import Role

KEEPER = {Role.ADMIN}
SECURITY = {Role.SECURITY}
BOTH = KEEPER | SECURITY

GRANTS = {
    "accounts.view_user": BOTH,
    "accounts.add_user": KEEPER,
    "accounts.change_user": KEEPER,
    "accounts.view_organisation": BOTH,
    "accounts.add_organisation": KEEPER,
    "accounts.change_organisation": KEEPER,
    "accounts.give_post": SECURITY,
    "accounts.end_post": SECURITY,
    # As Django's administration asks for the two.
    "accounts.view_post": BOTH,
    "accounts.add_post": SECURITY,
    "accounts.change_post": SECURITY,
    "accounts.view_delegation": BOTH,
    "accounts.change_delegation": SECURITY,
}
