"""Writing to the record, and nothing else: there is no changing it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import translation

from accounts.models import Post, User
from accounts.services import acting_post
from audit.context import current_ip
from audit.models import Entry


def record(
    by: User | None,
    verb: str,
    target: Model | None,
    *,
    at: datetime,
    reason: str = "",
    data: dict[str, Any] | None = None,
    on_behalf_of: User | None = None,
) -> Entry:
    """Write that `by`, or the clock when None, did `verb` to `target` at `at`.

    A person who acts in a post delegated to them is recorded with the one for whom they act.
    """
    # A target that lies nowhere, as an account does, is covered by no post: then the one that holds the permission.
    post = acting_post(by, verb, target) or acting_post(by, verb) or _only_post(by)
    if by and post and post.user_id != by.pk:
        on_behalf_of = on_behalf_of or post.user
    return Entry.objects.create(
        at=at,
        actor=by,
        actor_name=by.name if by else "",
        post_title=_title(post) if post else "",
        on_behalf_of=on_behalf_of,
        verb=verb,
        target_type=ContentType.objects.get_for_model(target) if target else None,
        target_id=target.pk if target else None,
        target_label=str(target)[:200] if target else "",
        region=getattr(target, "region_id", None) or "",
        reason=reason,
        data=data or {},
        ip=current_ip(),
    )


def _only_post(by: User | None) -> Post | None:
    """Return the person's own post where the verb names none and there is no choice: an export, a sign-in."""
    own = [post for post in by.posts if post.user_id == by.pk] if by else []
    return own[0] if len(own) == 1 else None


def _title(post: Post) -> str:
    """Return what the post is called: in the language of the record, not in that of the person's screen."""
    with translation.override(settings.LANGUAGE_CODE):
        return post.title or str(post.get_role_display())
