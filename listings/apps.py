from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audit import phrases


class ListingsConfig(AppConfig):
    name = "listings"
    verbose_name = _("Listings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name this app's acts in words, for timelines."""
        phrases.register("listings.export", _("List exported"))
