"""What a post allows, and the writes to accounts that matter."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.grants import granted_roles
from accounts.models import Delegation, PasswordRecord, Post, User
from regions.scope import ScopeFields, covers

PASSWORDS_KEPT = 5


def may(by: User | None, permission: str, obj: Any = None) -> bool:
    """Say whether one of the person's posts of today holds the permission, and covers the object if one is given.

    It must be the same post: who is a county officer here and a town officer there decides nothing there.
    """
    return acting_post(by, permission, obj) is not None


def acting_post(by: User | None, permission: str, obj: Any = None) -> Post | None:
    """Return the post by which the person may do this; their own before one delegated to them."""
    if by is None or not getattr(by, "is_active", False):
        return None
    roles = granted_roles().get(permission, frozenset())
    fitting = [post for post in by.posts if post.role in roles and _covers(post, obj)]
    return min(fitting, key=lambda post: post.user_id != by.pk, default=None)


def _covers(post: Post, obj: Any) -> bool:
    if obj is None:
        return True
    fields = getattr(type(obj)._default_manager.none(), "scope_fields", None)
    return isinstance(fields, ScopeFields) and covers(post.entry, obj, fields)


@transaction.atomic
def delegate(
    giver: User, *, receiver: User, from_on: date, to_on: date, reason: str, at: datetime
) -> Delegation:
    """Let a colleague act in one's posts while away; raises ValidationError for days or persons that cannot be."""
    if receiver == giver:
        raise ValidationError({"receiver": _("Choose somebody else.")})
    if from_on < localdate(at):
        raise ValidationError({"from_on": _("The first day lies in the past.")})
    if to_on < from_on:
        raise ValidationError({"to_on": _("The last day lies before the first.")})
    return Delegation.objects.create(
        giver=giver, receiver=receiver, from_on=from_on, to_on=to_on, reason=reason
    )


def end_delegation(delegation: Delegation, *, at: datetime) -> None:
    """End a delegation before its last day: from now on the colleague no longer acts."""
    delegation.ended_on = localdate(at)
    delegation.save(update_fields=["ended_on"])


@transaction.atomic
def change_password(user: User, password: str, *, at: datetime) -> None:
    """Set a new password and remember its hash, so that the last ones are not used again."""
    user.set_password(password)
    user.password_changed_at = at
    user.must_change_password = False
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])
    PasswordRecord.objects.create(user=user, password=user.password, changed_at=at)
    kept = user.former_passwords.values_list("pk", flat=True)[:PASSWORDS_KEPT]
    user.former_passwords.exclude(pk__in=list(kept)).delete()


def remember_language(user: User, language: str) -> None:
    """Keep the language the person chose."""
    user.language = language
    user.save(update_fields=["language"])
