"""Permissions come from posts, not from Django's groups."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from accounts.grants import granted_roles
from accounts.models import User
from accounts.services import may


class PostBackend(BaseBackend):
    """Answers `user.has_perm(permission, obj)` from today's posts; signing in is allauth's business."""

    def has_perm(self, user_obj: User, perm: str, obj: Any = None) -> bool:
        """Say whether a post of the person holds the permission, for this object if one is given."""
        return may(user_obj, perm, obj)

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:
        """Say whether a post of the person holds any permission of the app."""
        if not user_obj.is_active:
            return False
        roles = user_obj.roles
        return any(
            roles & held
            for permission, held in granted_roles().items()
            if permission.startswith(f"{app_label}.")
        )
