"""Writing to the record, and nothing else: there is no changing it."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from accounts.models import User
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
    post = acting_post(by, verb, target) if by else None
    if post and post.user_id != by.pk:
        on_behalf_of = on_behalf_of or post.user
    return Entry.objects.create(
        at=at,
        actor=by,
        actor_name=by.name if by else "",
        post_title=post.title or post.get_role_display() if post else "",
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
