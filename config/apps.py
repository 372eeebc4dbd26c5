from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from audit import phrases
from config import demo_clock


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "守望"

    def ready(self) -> None:
        """Let the demo's clock be moved; a real installation keeps the machine's."""
        if settings.DEMO:
            demo_clock.install()
            phrases.register("config.demo_ready", _("Completed the demo city"))
