"""The administration site: for administrators, and for whose post keeps a part of what is kept there."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest


class Office(AdminSite):
    """Opens to the legal section too, which keeps the rulebook; what stands inside is each post's own permission."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether the person may come in."""
        return request.user.is_active and getattr(request.user, "may_administer", False)


class OfficeConfig(AdminConfig):
    """Django's administration with the door above."""

    default_site = "config.office.Office"
