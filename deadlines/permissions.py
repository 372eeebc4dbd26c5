"""The system administrator keeps the calendar, and looks at deadlines that could not take a step."""

from accounts.roles import Role

KEEPER = {Role.ADMIN}

GRANTS: dict[str, set[str]] = {
    "deadlines.view_workingday": KEEPER,
    "deadlines.add_workingday": KEEPER,
    "deadlines.change_workingday": KEEPER,
    "deadlines.delete_workingday": KEEPER,
    "deadlines.view_deadline": KEEPER,
    "deadlines.view_suspension": KEEPER,
    "deadlines.view_extension": KEEPER,
    "deadlines.view_deadlineevent": KEEPER,
}
