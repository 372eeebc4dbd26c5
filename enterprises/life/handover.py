"""A safety officer leaves: the post and the open work go on, to a successor or to the principal (handbook §18 row 10)."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Post, Role, User
from accounts.selectors import contacts_of_enterprise
from accounts.services import end_post, give_post, may
from audit.context import acting
from audit.models import Entry
from audit.services import record
from deadlines import services as deadlines
from deadlines.models import Deadline
from deadlines.sets import settle_set, start_set
from enterprises.choices import OUT_OF_SIGHT, STOPPED
from enterprises.models import Enterprise, Handover
from rulebook.services import parameter

HAND_OVER = "enterprises.hand_over"
REACH = "enterprises.reach_officer"


def officers_of(enterprise: Enterprise, day: date) -> QuerySet[User]:
    """Return who is safety officer of the enterprise on the day."""
    held = Post.objects.on(day).filter(role=Role.ENTERPRISE, enterprise_id=enterprise.pk)
    return User.objects.filter(pk__in=held.values("user_id")).order_by("pk")


def hand_over(
    enterprise: Enterprise,
    *,
    leaver: User,
    last_day: date,
    reason: str,
    successor_name: str = "",
    successor_phone: str = "",
    by: User,
    at: datetime,
) -> Handover:
    """End the post of who leaves and give it to the successor; without one the tasks fall to the principal.

    Open work hangs on the enterprise, not on the person, so the new post holds it from today. A successor without an
    account is written into the file as the contact, so that SMS reach them, and the town is asked to see to an account.
    """
    with transaction.atomic(), acting(by, HAND_OVER, at):
        row = Enterprise.objects.visible_to(by).select_for_update(of=("self",)).get(pk=enterprise.pk)
        if not may(by, HAND_OVER, row):
            raise PermissionDenied
        today = localdate(at)
        if last_day < today:
            raise ValidationError({"last_day": _("The last day lies in the past.")})
        held = Post.objects.on(today).filter(role=Role.ENTERPRISE, enterprise_id=row.pk, user=leaver)
        if not held:
            raise ValidationError({"leaver": _("This person is no safety officer here.")})
        handover = Handover(enterprise=row, leaver=leaver, last_day=last_day, reason=reason, by=by, at=at)
        name_successor(handover, row, successor_name, successor_phone)
        for post in held:
            end_post(post, last_day=last_day, by=None, at=at, reason=reason)
        appoint(handover, row, today, at=at)
        rewrite_contact(row, handover, at=at)
        handover.open_tasks = Deadline.objects.open().filter(enterprise_id=row.pk).count()
        handover.save(force_insert=True)
        data = {"from": leaver.pk, "to": handover.successor_id, "principal": handover.to_principal}
        record(by, HAND_OVER, row, at=at, reason=reason, data=data)
    return handover


def name_successor(handover: Handover, row: Enterprise, name: str, phone: str) -> None:
    """Write who follows; nobody named means the principal."""
    handover.to_principal = not name
    handover.successor_name = name or row.principal_name
    handover.successor_phone = phone if name else row.principal_phone
    handover.successor = account_of(handover.successor_phone, apart_from=handover.leaver)


def account_of(phone: str, *, apart_from: User) -> User | None:
    """Return the account with this mobile, unless it belongs to somebody who holds posts other than in enterprises."""
    found = (
        User.objects.filter(phone=phone, is_active=True).exclude(pk=apart_from.pk).first() if phone else None
    )
    if found and found.post_set.exclude(role=Role.ENTERPRISE).exists():
        raise ValidationError({"successor_phone": _("This number belongs to a person of the authorities.")})
    return found


def appoint(handover: Handover, row: Enterprise, today: date, *, at: datetime) -> None:
    """Give the successor the post from today; where nobody is left with an account, ask the town."""
    successor = handover.successor
    if successor and not officers_of(row, today).filter(pk=successor.pk).exists():
        give_post(
            successor,
            role=Role.ENTERPRISE,
            from_on=today,
            by=None,
            at=at,
            reason=handover.reason,
            title=str(_("Safety officer")),
            enterprise_id=row.pk,
        )
    others = contacts_of_enterprise(row.pk, at).exclude(pk=handover.leaver_id)
    if others.exists():
        deadlines.settle(row, REACH, at=at)
    elif deadlines.running(row, REACH) is None:
        deadlines.start(row, REACH, at=at)


def rewrite_contact(row: Enterprise, handover: Handover, *, at: datetime) -> None:
    """Put the successor where the file named who leaves: SMS go there from now on."""
    leaver = handover.leaver
    if row.contact_name == leaver.name or (leaver.phone and row.contact_phone == leaver.phone):
        row.contact_name, row.contact_phone = handover.successor_name, handover.successor_phone
    for position in ("safety_deputy", "safety_director"):
        if getattr(row, position) == leaver.name:
            setattr(row, position, handover.successor_name)
            setattr(row, f"{position}_phone", handover.successor_phone)
    if row.emergency_contact_name == leaver.name:
        row.emergency_contact_name = handover.successor_name
        row.emergency_contact_phone = handover.successor_phone
    if row.safety_head == leaver.name:
        row.safety_head = handover.successor_name
    row.updated_at = at
    row.save()


def watch_officers(*, at: datetime) -> tuple[int, int]:
    """Ask the town to reach enterprises of whose officers nothing was heard for as long as the rulebook allows.

    Returns how many were asked for anew and how many have been heard of again. Doing it twice does nothing.
    """
    since = at - timedelta(days=int(parameter("OFFICER_SILENT", on=localdate(at)).amount))
    held = Post.objects.on(localdate(at)).filter(role=Role.ENTERPRISE)
    heard = held.filter(user__in=_heard_of(held, since)).values("enterprise_id")
    working = Enterprise.objects.exclude(operating_status__in=OUT_OF_SIGHT | STOPPED)
    silent = working.filter(pk__in=held.values("enterprise_id")).exclude(pk__in=heard)
    started = start_set(silent, REACH, at=at, label="name")
    answered = Deadline.objects.open().filter(rule=REACH, enterprise_id__in=heard)
    return started, settle_set(answered, at=at)


def _heard_of(held: QuerySet[Post], since: datetime) -> QuerySet[User]:
    """Return the active people who signed in, did something, or were appointed since."""
    people = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    acted = Entry.objects.filter(at__gte=since, actor__in=people.values("pk")).values("actor_id")
    fresh = held.filter(from_on__gt=localdate(since)).values("user_id")
    return people.filter(last_login__gte=since) | people.filter(pk__in=acted) | people.filter(pk__in=fresh)
