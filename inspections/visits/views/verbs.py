"""One page for each verb of a visit: its form, then its service."""

from __future__ import annotations

from typing import Any

from inspections.models import Visit
from inspections.visits import services
from inspections.visits.forms.common import ReasonForm
from inspections.visits.forms.verbs import FinishForm, StartForm
from inspections.visits.lifecycle import VISIT
from lifecycle.views import verb_view

FORMS: dict[str, Any] = {
    "start_visit": StartForm,
    "agree_over_cap": ReasonForm,
    "finish_visit": FinishForm,
    "cancel_visit": ReasonForm,
    "issue_record": ReasonForm,
}
# Who has begun goes on with the items.
LEADS_TO = {"start_visit": "inspections:check"}


def view_of(name: str, form: Any) -> Any:
    """Return the view of a verb; a document that it issues leads back to the visit."""
    return verb_view(
        VISIT,
        name,
        form_class=form,
        service=getattr(services, name),
        model=Visit,
        leads_to=LEADS_TO.get(name, ""),
    )


VIEWS = {name: view_of(name, form) for name, form in FORMS.items()}
