"""What the app does when something happens below it."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from inspections.kinds import VisitKind
from inspections.models import Visit
from inspections.patrols.services import count_patrol
from inspections.self_checks.services import count_check
from inspections.tasks import find_new_texts
from inspections.visits.signals import visit_finished
from rulebook.signals import text_changed


@receiver(text_changed)
def read_again(sender: Any, **facts: Any) -> None:
    """A law has a new text: list the items that refer to what changed."""
    find_new_texts.delay()


@receiver(visit_finished)
def count_finished_visit(sender: Any, visit: Visit, at: datetime, **facts: Any) -> None:
    """A self-check settles the clock of its list, a patrol that of its stops; each starts the next one."""
    if visit.kind == VisitKind.SELF_CHECK:
        count_check(visit, at=at)
    elif visit.enterprise_id:
        count_patrol(visit, at=at)
