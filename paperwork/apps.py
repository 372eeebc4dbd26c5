from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audit import phrases


class PaperworkConfig(AppConfig):
    name = "paperwork"
    verbose_name = _("Paperwork")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name this app's acts in words, for timelines."""
        phrases.register("paperwork.issue", _("Document issued"))
        phrases.register("paperwork.withdraw", _("Document withdrawn"))
