"""The library of the demo city: what ships with the platform, in use from the first day."""

from django.utils import timezone

from accounts.demo import Stage
from inspections.library.loading import load_library


def prepare_library(stage: Stage) -> None:
    """Load the shipped checklists with the clock at the beginning of the play."""
    load_library(at=timezone.now())
