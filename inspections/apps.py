from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audit import phrases

# The parts that name audited writes which move no state.
SPEAKING = (
    "library",
    "visits",
    "patrols",
    "self_checks",
    "supervision",
)


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = _("Inspections")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the audited writes, and listen to what is sent."""
        import_module("inspections.receivers")
        for part in SPEAKING:
            for verb, phrase in import_module(f"inspections.{part}.phrases").PHRASES.items():
                phrases.register(verb, phrase)
