from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audit import phrases


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    verbose_name = _("Enterprises")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the audited verbs."""
        phrases.register("enterprises.register", _("Opened the file"))
        phrases.register("enterprises.change", _("Corrected the file"))
        phrases.register("enterprises.import", _("Imported from a workbook"))
