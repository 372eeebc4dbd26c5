"""What visits are called for a person: by the kinds that they may see, and by those that they may begin or plan here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import fitting_posts
from inspections.acts import Act
from inspections.kinds import KINDS, VisitKind, act_among
from inspections.querysets import kinds_seen

# Both begin on pages of their own.
ELSEWHERE = frozenset({VisitKind.SELF_CHECK, VisitKind.SUPERVISION})


def planned_by(user: User) -> set[str]:
    """Return the kinds that the person plans here."""
    roles = {post.role for post in fitting_posts(user, "inspections.plan_visit")}
    return {code for code, kind in KINDS.items() if code not in ELSEWHERE and kind.planned_by & roles}


def act_seen_by(user: User) -> Act:
    """Return what the visits in the person's lists are called: who sees patrols alone reads of patrols."""
    return act_among(kinds_seen(user))


def records(user: User) -> Any:
    """Return the name of the person's list of visits, for menus, headings and tabs."""
    return act_seen_by(user).records


def called(user: User) -> dict[str, Any]:
    """Return what beginning and planning are called for the person, and the list that it leads back to."""
    act = {"act": act_among(planned_by(user)).noun}
    return {
        "begin_words": _("Begin the %(act)s") % act,
        "plan_words": _("Plan the %(act)s") % act,
        "records": records(user),
        **act,
    }
