from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audit import phrases


class PaperworkConfig(AppConfig):
    name = "paperwork"
    verbose_name = _("Paperwork")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say in words what the trail shows."""
        phrases.register("paperwork.issue", _("Issued a document"))
        phrases.register("paperwork.withdraw", _("Withdrew a document"))
        phrases.register("paperwork.record_service", _("Recorded the service of a document"))
        phrases.register("paperwork.try_again", _("Had a document made again"))
