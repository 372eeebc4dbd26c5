from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = _("Deadlines")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Learn the rules that the apps declare, and check them."""
        from deadlines import checks  # noqa: F401, PLC0415 - models must be loaded first
        from deadlines.rules import registry  # noqa: PLC0415

        registry.discover()
