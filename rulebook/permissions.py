"""Which roles may do what in the rulebook."""

LEGAL = {"admin", "legal"}

GRANTS: dict[str, set[str]] = {
    "rulebook.change_parameter": LEGAL,
    "rulebook.view_parameter": LEGAL,
    "rulebook.view_unconfirmed": LEGAL,
    "rulebook.add_law": LEGAL,
    "rulebook.change_law": LEGAL,
    "rulebook.view_law": LEGAL,
    "rulebook.change_article": LEGAL,
    "rulebook.view_article": LEGAL,
    "rulebook.change_question": LEGAL,
    "rulebook.view_question": LEGAL,
}
