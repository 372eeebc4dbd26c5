from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audit import phrases


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    verbose_name = _("Enterprises")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the audited verbs, and listen to what is sent."""
        import_module("enterprises.receivers")
        phrases.register("enterprises.confirm", _("Confirmed facts as still right"))
        phrases.register("enterprises.register", _("Opened the file"))
        phrases.register("enterprises.change", _("Corrected the file"))
        phrases.register("enterprises.unmask", _("Looked at a masked number"))
        phrases.register("enterprises.import", _("Imported from a workbook"))
        phrases.register("enterprises.import_sources", _("Imported major hazard sources from a workbook"))
        phrases.register("enterprises.add_row", _("Entered a row in a ledger"))
        phrases.register("enterprises.change_row", _("Corrected a row of a ledger"))
        phrases.register("enterprises.remove_row", _("Took a row out of a ledger"))
        phrases.register("enterprises.import_ledgers", _("Imported a ledger from a workbook"))
        phrases.register("enterprises.print_file", _("Had the whole file put on paper"))
        phrases.register("enterprises.print_source", _("Had the table of basic features made"))
        phrases.register("enterprises.merge", _("Merged two files"))
        phrases.register("enterprises.part", _("Parted two files again"))
        phrases.register("enterprises.hand_over", _("Handed over the post of safety officer"))
        phrases.register("enterprises.open_transfer", _("Offered to another district"))
        phrases.register("enterprises.issue_token", _("Issued an API token"))
        phrases.register("enterprises.withdraw_token", _("Withdrew an API token"))
