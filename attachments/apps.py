from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audit import phrases


class AttachmentsConfig(AppConfig):
    name = "attachments"
    verbose_name = _("Attachments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say in words what the trail shows."""
        phrases.register("attachments.refuse", _("Found a file unsafe"))
