"""What a major hazard source puts on whose work list."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models import Role
from deadlines.models import Deadline
from enterprises.models import SourceUnit
from enterprises.sources.copies.work import COPY_WORK
from inbox.worklist import WorkRow, WorkSource

# rule → (what is to be done, the verb of the next step, what its button says)
STEPS = {
    "enterprises.source_assess": (
        gettext_noop("Have a major hazard source assessed"),
        "assess_source",
        gettext_lazy("Enter"),
    ),
    "enterprises.source_file": (
        gettext_noop("File a major hazard source"),
        "submit_source_filing",
        gettext_lazy("Hand in"),
    ),
    "enterprises.source_reassess": (
        gettext_noop("Assess a major hazard source anew"),
        "assess_source",
        gettext_lazy("Enter"),
    ),
    "enterprises.source_review": (
        gettext_noop("Review the filing of a major hazard source"),
        "file_source",
        gettext_lazy("Review"),
    ),
    "enterprises.source_cancel": (
        gettext_noop("Decide on a deregistration"),
        "grant_source_cancel",
        gettext_lazy("Decide"),
    ),
}


def row(deadline: Deadline, unit: SourceUnit, user: Any) -> WorkRow:
    """Return the line of a unit."""
    label, verb, button = STEPS[deadline.rule]
    why = " · ".join(str(part) for part in (unit.name, unit.get_grade_display(), unit.filing_number) if part)
    return WorkRow(
        label=_(label),
        party=unit.enterprise.name,
        why=why,
        place=unit.enterprise.region.name,
        url=unit.get_absolute_url(),
        next_label=button,
        next_url=reverse(f"enterprises:{verb}", args=[unit.pk]),
        verb=verb,
    )


RELATED = ("enterprise__region",)
OWED_BY_ENTERPRISE = (
    "enterprises.source_assess",
    "enterprises.source_file",
    "enterprises.source_reassess",
)
OWED_BY_BUREAU = ("enterprises.source_review", "enterprises.source_cancel")

SOURCE_WORK = [
    *COPY_WORK,
    WorkSource(rules=OWED_BY_ENTERPRISE, roles=(Role.ENTERPRISE,), row=row, related=RELATED),
    WorkSource(rules=OWED_BY_BUREAU, roles=(Role.COUNTY, Role.LEADER), row=row, related=RELATED),
]
