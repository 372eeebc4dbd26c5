from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from audit import phrases


class InboxConfig(AppConfig):
    name = "inbox"
    verbose_name = _("Inbox")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the audited verbs; give new notices their rows when the database is brought up to date."""
        phrases.register("inbox.send_again", _("Sent an SMS again"))
        phrases.register("inbox.reword", _("Reworded a notice"))
        post_migrate.connect(_load_templates, sender=self, dispatch_uid="inbox.load_templates")


def _load_templates(*, apps: Any = None, **options: Any) -> None:
    # On the way back through the migrations the table does not exist.
    if apps is None or "messagetemplate" in apps.all_models["inbox"]:
        call_command("load_templates")
