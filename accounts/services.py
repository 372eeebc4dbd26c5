"""What a post allows, and the writes to accounts that matter."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.acts import act
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
    return next(iter(fitting_posts(by, permission, obj)), None)


def fitting_posts(by: User | None, permission: str, obj: Any = None) -> list[Post]:
    """Return the posts of today that hold the permission and cover the object; the person's own first."""
    if by is None or not getattr(by, "is_active", False):
        return []
    roles = granted_roles().get(permission, frozenset())
    fitting = [post for post in by.posts if post.role in roles and _covers(post, obj)]
    return sorted(fitting, key=lambda post: post.user_id != by.pk)


def _covers(post: Post, obj: Any) -> bool:
    if obj is None:
        return True
    fields, also_covers = _scope_of_rows(type(obj))
    if fields is None:
        return False
    return covers(post.entry, obj, fields) or bool(also_covers and also_covers(post, obj))


@cache
def _scope_of_rows(model: type[Model]) -> tuple[ScopeFields | None, Callable[[Post, Any], bool] | None]:
    """Return by which of its fields a post covers a row of the model, None where rows have no place, and what also does.

    Some records open themselves to people outside their place, such as a visit to the expert who takes part.
    """
    rows = model._default_manager.none()
    fields = getattr(rows, "scope_fields", None)
    return (fields if isinstance(fields, ScopeFields) else None), getattr(rows, "also_covers", None)


def give_post(
    user: User, *, role: str, from_on: date, by: User | None, at: datetime, reason: str = "", **facts: Any
) -> Post:
    """Give a person a post from a day on; `facts` are its other fields, `by` is None while a city is set up.

    Raises PermissionDenied for whoever may not give posts, and ValidationError for a post to oneself or to the one in
    whose place one acts, for a post that covers nothing, and for two of the three administrators in one hand.
    """
    _must_hold(by, "accounts.give_post")
    if gives_to_own_side(by, user):
        raise ValidationError(_("Nobody gives a post to themselves, nor to the one for whom they act."))
    with act(by, "accounts.give_post", at):
        # Two posts given at the same moment see each other.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        post = Post(user=user, role=role, from_on=from_on, **facts)
        post.full_clean()
        post.save()
        _tell_of_post(post, by=by, verb="accounts.give_post", at=at, reason=reason)
    return post


def end_post(post: Post, *, last_day: date, by: User | None, at: datetime, reason: str = "") -> None:
    """Give a post its last day; the day after, nothing is seen or done by it any more.

    A post is never prolonged, because a longer one is a new one. Raises PermissionDenied for whoever may not end
    posts, and ValidationError for a day before the first, or after the last one set already.
    """
    _must_hold(by, "accounts.end_post")
    with act(by, "accounts.end_post", at):
        held = Post.objects.select_for_update(no_key=True).select_related("user").get(pk=post.pk)
        if last_day < held.from_on:
            raise ValidationError({"to_on": _("The last day lies before the first.")})
        if held.to_on and last_day > held.to_on:
            raise ValidationError(
                {"to_on": _("A post is not prolonged.\nGive a new one from the next day on.")}
            )
        post.to_on = held.to_on = last_day
        held.save(update_fields=["to_on"])
        _tell_of_post(held, by=by, verb="accounts.end_post", at=at, reason=reason)


def gives_to_own_side(by: User | None, user: User) -> bool:
    """Say whether somebody would give a post to themselves, or to the one in whose place they give posts."""
    post = acting_post(by, "accounts.give_post")
    return by is not None and (by == user or (post is not None and post.user_id == user.pk))


def _must_hold(by: User | None, permission: str) -> None:
    if by is not None and not may(by, permission):
        raise PermissionDenied


def _tell_of_post(post: Post, *, by: User | None, verb: str, at: datetime, reason: str) -> None:
    """Say on the person's record which post it is, in fields that stay true whatever becomes of the row."""
    named = ("role", "title", "organisation_id", "region_id", "industry", "enterprise_id", "grid_code")
    facts = {name: getattr(post, name) for name in (*named, "from_on", "to_on") if getattr(post, name)}
    data = {"post": post.pk, **facts}
    done.send(Post, by=by, verb=verb, target=post.user, at=at, reason=reason, data=data)


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
    if brings_administrators_together(giver, receiver, from_on, to_on):
        raise ValidationError(
            {"receiver": _("System, security and audit are kept by three different people.")}
        )
    with act(giver, "accounts.delegate", at):
        # Two delegations of one person that are set up at the same moment see each other.
        User.objects.select_for_update(no_key=True).get(pk=giver.pk)
        overlapping = Delegation.objects.filter(giver=giver, ended_on=None)
        if overlapping.filter(from_on__lte=to_on, to_on__gte=from_on).exists():
            raise ValidationError(
                {"from_on": _("Somebody acts for you on these days already.\nEnd that first.")}
            )
        delegation = Delegation.objects.create(
            giver=giver, receiver=receiver, from_on=from_on, to_on=to_on, reason=reason
        )
        done.send(Delegation, by=giver, verb="accounts.delegate", target=delegation, at=at, reason=reason)
    return delegation


def brings_administrators_together(giver: User, receiver: User, from_on: date, to_on: date) -> bool:
    """Say whether the receiver would keep two of system, security and audit on any of the days (三员分立)."""
    given = {
        post.role for post in Post.objects.administering(giver, from_on, to_on) if post.user_id == giver.pk
    }
    held = {post.role for post in Post.objects.administering(receiver, from_on, to_on)}
    return bool(given) and len(given | held) > 1


def end_delegation(delegation: Delegation, *, by: User, at: datetime) -> None:
    """End a delegation before its last day: from now on the colleague no longer acts. Ending it twice is no error."""
    with act(by, "accounts.end_delegation", at):
        held = Delegation.objects.select_for_update().get(pk=delegation.pk)
        if held.ended_on:
            return
        delegation.ended_on = held.ended_on = localdate(at)
        held.save(update_fields=["ended_on"])
        done.send(Delegation, by=by, verb="accounts.end_delegation", target=held, at=at)


def change_password(user: User, password: str, *, at: datetime) -> None:
    """Set a new password and remember the one before, so that the last ones are not used again."""
    with act(user, "accounts.change_password", at):
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
