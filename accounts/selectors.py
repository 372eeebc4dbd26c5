"""Who holds what where."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation, Post, User

_asked: ContextVar[dict[tuple, QuerySet[User]] | None] = ContextVar("asked", default=None)


@contextmanager
def each_asked_once() -> Iterator[None]:
    """Inside the block a question asked again is answered by the same rows: only where nobody's post changes meanwhile."""
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def asked_before(key: tuple, ask: Callable[[], QuerySet[User]]) -> QuerySet[User]:
    """Return the rows that this question has brought already, or those that it will bring."""
    known = _asked.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    return known[key]


def people_holding(roles: str | Iterable[str], region: str, at: datetime) -> QuerySet[User]:
    """Return the active people with one of these roles in exactly this division: the town officers of this town.

    Who acts for one of them that day is among them, so that nothing waits for somebody who is away.
    """
    wanted, day = (roles,) if isinstance(roles, str) else tuple(roles), localdate(at)
    return asked_before((wanted, region, day), lambda: _people_holding(wanted, region, day))


def _people_holding(wanted: tuple[str, ...], region: str, day: date) -> QuerySet[User]:
    held = Post.objects.on(day).filter(role__in=wanted, region_id=region, user__is_active=True)
    acting = Delegation.objects.on(day).filter(giver__in=held.values("user_id"))
    who = Q(pk__in=held.values("user_id")) | Q(pk__in=acting.values("receiver_id"))
    return User.objects.filter(who, is_active=True)


def contacts_of_enterprise(enterprise_id: int, at: datetime) -> QuerySet[User]:
    """Return the active people who hold a post in the enterprise."""
    day = localdate(at)
    return asked_before((enterprise_id, day), lambda: _contacts_of_enterprise(enterprise_id, day))


def _contacts_of_enterprise(enterprise_id: int, day: date) -> QuerySet[User]:
    held = Post.objects.on(day).filter(enterprise_id=enterprise_id)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id"))


def shown_name(user: User) -> str:
    """Return the name by which pages address the person."""
    return user.name or user.username


BROWSERS = (
    ("MicroMessenger", _("WeChat")),
    ("DingTalk", _("DingTalk")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Return the browser and the system by which a person recognises a session as theirs."""
    named = [
        next((label for sign, label in known if sign in user_agent), "") for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(str(name) for name in named if name) or str(_("Unknown device"))
