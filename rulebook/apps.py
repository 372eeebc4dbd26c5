from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audit import phrases


class RulebookConfig(AppConfig):
    name = "rulebook"
    verbose_name = _("Rulebook")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the verb of the rulebook for the timelines."""
        phrases.register("rulebook.change_parameter", _("Changed a number of the rulebook"))
