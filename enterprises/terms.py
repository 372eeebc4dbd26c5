"""The term for which an enterprise may do business (营业期限): it has a first day, and a last one unless it is long-term."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BEGINS, ENDS = "business_term_from", "business_term_to"
BACKWARD = gettext_lazy("The business term ends before it begins.")
# How a licence says that there is no last day, and which day registers write instead.
NEVER = date(9999, 12, 31)
LONG_TERM = frozenset({"长期", "长期有效", "永久", "无固定期限", "long-term"})


def term_in_order(table: str) -> CheckConstraint:
    """Return the constraint that no term ends before it begins."""
    return CheckConstraint(
        condition=Q(**{f"{ENDS}__gte": F(BEGINS)}),
        name=f"{table}_term_order",
        violation_error_message=BACKWARD,
    )


def check_term(begins: date | None, ends: date | None) -> None:
    """Raise ValidationError, with the sentence beside the end, for a term that ends before it begins."""
    if begins and ends and ends < begins:
        raise ValidationError({ENDS: BACKWARD})


def end_in_words(row: Any, today: date) -> Any:
    """Return the last day of a record's term as a person reads it: long-term, a day, or a day that has passed."""
    ends = getattr(row, ENDS)
    if ends is None:
        return _("long-term") if getattr(row, BEGINS) else None
    return ends if ends >= today else _("%(day)s, ended") % {"day": ends.isoformat()}
