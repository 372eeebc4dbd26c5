from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audit import phrases

PHRASES = {
    "accounts.sign_in": _("signed in"),
    "accounts.sign_in_failed": _("sign-in failed"),
    "accounts.sign_out": _("signed out"),
    "accounts.add_second_factor": _("set up verification codes"),
    "accounts.remove_second_factor": _("removed verification codes"),
    "accounts.change_password": _("changed the password"),
    "accounts.give_post": _("gave a post"),
    "accounts.end_post": _("ended a post"),
    "accounts.delegate": _("let a colleague act for them"),
    "accounts.end_delegation": _("ended a delegation"),
    "accounts.add_user": _("opened an account"),
    "accounts.change_user": _("changed an account"),
    "accounts.add_organisation": _("entered an organisation"),
    "accounts.change_organisation": _("changed an organisation"),
    "accounts.change_delegation": _("changed a delegation"),
    "audit.export": _("exported the audit trail"),
}


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Audit")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the verbs of sign-in and accounts, and listen to them."""
        for verb, phrase in PHRASES.items():
            phrases.register(verb, phrase)
        acts = import_module("accounts.acts")
        acts.surround(import_module("audit.context").acting)
        import_module("audit.receivers")
