"""What a post allows, and the writes to accounts that matter."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.grants import granted_roles
from accounts.models import Delegation, PasswordRecord, Post, User
from accounts.signals import done
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
    if Delegation.objects.filter(giver=giver, ended_on=None, from_on__lte=to_on, to_on__gte=from_on).exists():
        raise ValidationError({"from_on": _("Somebody acts for you on these days already.\nEnd that first.")})
    delegation = Delegation.objects.create(
        giver=giver, receiver=receiver, from_on=from_on, to_on=to_on, reason=reason
    )
    done.send(Delegation, by=giver, verb="accounts.delegate", target=delegation, at=at, reason=reason)
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: User, at: datetime) -> None:
    """End a delegation before its last day: from now on the colleague no longer acts. Ending it twice is no error."""
    if delegation.ended_on:
        return
    delegation.ended_on = localdate(at)
    delegation.save(update_fields=["ended_on"])
    done.send(Delegation, by=by, verb="accounts.end_delegation", target=delegation, at=at)


@transaction.atomic
def change_password(user: User, password: str, *, at: datetime) -> None:
    """Set a new password and remember the one before, so that the last ones are not used again."""
    if user.has_usable_password():
        PasswordRecord.objects.create(user=user, password=user.password, changed_at=at)
    user.set_password(password)
    user.password_changed_at = at
    user.must_change_password = False
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])
    kept = user.former_passwords.values_list("pk", flat=True)[:PASSWORDS_KEPT]
    user.former_passwords.exclude(pk__in=list(kept)).delete()
    done.send(User, by=user, verb="accounts.change_password", target=user, at=at)


def give_password(user: User, password: str, *, at: datetime) -> None:
    """Give a person a first or a new password, which they must change when they sign in."""
    user.set_password(password)
    user.password_changed_at = at
    user.must_change_password = True
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])


def remember_language(user: User, language: str) -> None:
    """Keep the language the person chose."""
    user.language = language
    user.save(update_fields=["language"])
