"""Who holds what where."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.models import Post, User


def people_holding(roles: str | Iterable[str], region: str, at: datetime) -> QuerySet[User]:
    """Return the active people with one of these roles in exactly this division: the town officers of this town."""
    wanted = [roles] if isinstance(roles, str) else list(roles)
    held = Post.objects.on(localdate(at)).filter(role__in=wanted, region_id=region)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id"))


def contacts_of_enterprise(enterprise_id: int, at: datetime) -> QuerySet[User]:
    """Return the active people who hold a post in the enterprise."""
    held = Post.objects.on(localdate(at)).filter(enterprise_id=enterprise_id)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id"))


def shown_name(user: User) -> str:
    """Return the name by which pages address the person."""
    return user.name or user.username
