from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LifecycleConfig(AppConfig):
    name = "lifecycle"
    verbose_name = _("Lifecycle")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Learn the tables that the apps declare, and check them."""
        from lifecycle import checks, registry  # noqa: F401, PLC0415 - models must be loaded first

        registry.discover()
