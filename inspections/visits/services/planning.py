"""A visit is planned, or begun on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Organisation, Role, User
from accounts.services import fitting_posts
from enterprises.models import Enterprise
from inspections.choices import Purpose, Trigger
from inspections.kinds import KINDS, Kind
from inspections.models import Edition, Participant, SelfCheckList, Visit
from inspections.visits.cap import follows_nothing
from inspections.visits.lifecycle import VISIT
from inspections.visits.positions import Position
from inspections.visits.rules import serves
from inspections.visits.services.starting import start_visit
from lifecycle.refusals import Refusal, VerbRefused
from lifecycle.services import begin
from paperwork.services import next_record_number
from regions.words import listed

Target = Enterprise | Organisation


@transaction.atomic
def plan_visit(
    target: Target,
    *,
    kind: str,
    planned_on: date | None = None,
    trigger: str = Trigger.PLAN,
    occasion: str = "",
    people: Sequence[User] = (),
    editions: Sequence[Edition] = (),
    self_check_list: SelfCheckList | None = None,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Visit:
    """Plan a visit to an enterprise, or to a government body, for a day (today if none is given).

    `people` take part; whoever plans is one of them if their post carries out this kind. The kind is set for good. The
    same `key` sent twice is one visit. Raises Enterprise.DoesNotExist out of scope, VerbRefused for a kind that is not
    the person's, ValidationError for people or checklists that do not fit, or a re-inspection
    of nothing (国办发〔2024〕54号).
    """
    if earlier := find_by_key(key):
        return earlier
    known = KINDS[kind]
    check_target(target, known, by)
    if isinstance(target, Enterprise) and follows_nothing(known, trigger, target):
        words = _("No hazard is open at this enterprise, so there is nothing to inspect again.")
        raise ValidationError({"trigger": words})
    check_checklists(target, known, editions, self_check_list)
    post = planning_post(target, known, by)
    day = planned_on or localdate(at)
    visit = Visit(
        number=next_record_number("JC", target.region_id, localdate(at)),
        kind=kind,
        trigger=trigger,
        occasion=occasion,
        enterprise=target if isinstance(target, Enterprise) else None,
        body=target if isinstance(target, Organisation) else None,
        region_id=target.region_id,
        organisation_id=post.organisation_id or by.organisation_id,
        self_check_list=self_check_list,
        planned_on=day,
        submission_key=key,
        created_at=at,
        created_by=by,
    )
    begin(VISIT, "plan_visit", visit, by=by, at=at, data={"kind": kind}, due_on=day)
    visit.editions.set(editions)
    name_people(visit, people, by=by if post.role in known.makers else None)
    return visit


@transaction.atomic
def open_visit(
    target: Target,
    *,
    kind: str,
    position: Position | None = None,
    started_at: datetime | None = None,
    device_time: datetime | None = None,
    trigger: str = Trigger.SPOT,
    by: User,
    at: datetime,
    key: UUID | None = None,
    **about: Any,
) -> Visit:
    """Plan a visit and begin it at once, with the arguments of both verbs; the same `key` is one visit.

    Raises what they raise; then nothing is left behind.
    """
    if earlier := find_by_key(key):
        return earlier
    day = localdate(started_at or at)
    visit = plan_visit(target, kind=kind, planned_on=day, trigger=trigger, by=by, at=at, key=key, **about)
    return start_visit(visit, position=position, started_at=started_at, device_time=device_time, by=by, at=at)


def find_by_key(key: UUID | None) -> Visit | None:
    """Return the visit already made with this key, waiting for one that is being made now."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(key)])
    return Visit.objects.filter(submission_key=key).first()


def check_target(target: Target, kind: Kind, by: User) -> None:
    """Raise unless the kind looks at such a target, and the person sees the enterprise."""
    wanted = Enterprise if kind.target == Purpose.ENTERPRISE else Organisation
    if not isinstance(target, wanted):
        raise ValidationError(_("%(kind)s does not look at this.") % {"kind": kind.label})
    if isinstance(target, Enterprise):
        Enterprise.objects.visible_to(by).only("pk").get(pk=target.pk)
    elif target.pk == by.organisation_id:
        raise VerbRefused(Refusal(_("This is your own body."), _("Another one looks at it.")))


def planning_post(target: Target, kind: Kind, by: User) -> Any:
    """Return the post in which the person plans such a visit; raise VerbRefused when there is none."""
    about = target if isinstance(target, Enterprise) else None
    posts = fitting_posts(by, "inspections.plan_visit", about)
    fitting = [post for post in posts if post.role in kind.planned_by]
    # Who carries it out comes before who only plans it.
    fitting.sort(key=lambda post: post.role not in kind.makers)
    if not fitting:
        raise VerbRefused(
            Refusal(
                _("%(kind)s: your post may not carry it out.") % {"kind": kind.label},
                _("Only officers of a body with enforcement power inspect; others patrol, look and report."),
                law="INSP54",
            )
        )
    return fitting[0]


def check_checklists(
    target: Target, kind: Kind, editions: Sequence[Edition], own: SelfCheckList | None
) -> None:
    """Raise ValidationError unless the checklists are in use, and made for such a target."""
    for edition in editions:
        if edition.state != "published":
            words = _("“%(title)s” is not in use.") % {"title": edition.checklist.title}
            raise ValidationError({"editions": words})
        if edition.checklist.purpose != kind.target:
            words = _("“%(title)s” is not made for this.") % {"title": edition.checklist.title}
            raise ValidationError({"editions": words})
    if own is not None and (own.enterprise_id != target.pk or own.state != "accepted"):
        raise ValidationError({"self_check_list": _("This list is not in use.")})


def name_people(visit: Visit, people: Sequence[User], *, by: User | None) -> None:
    """Write who takes part; raises ValidationError for somebody whose post has no place in such a visit."""
    kind = visit.kind_of
    everybody = list(dict.fromkeys([*([by] if by else []), *people]))
    strangers = [person.name for person in everybody if not welcome(person, visit)]
    if strangers:
        words = _("%(kind)s is not carried out by %(names)s.")
        raise ValidationError({"people": words % {"kind": kind.label, "names": listed(strangers)}})
    makers = [person for person in everybody if kind.makers & person.roles]
    Participant.objects.bulk_create(
        [Participant(visit=visit, user=person, is_lead=person in makers[:1]) for person in everybody]
    )


def welcome(person: User, visit: Visit) -> bool:
    """Say whether a post of the person has a place in the visit; at an inspection the post must be one over the enterprise.

    Experts assist certified officers, without becoming one of them.
    """
    kind = visit.kind_of
    if not kind.certified or visit.enterprise is None:
        return bool(kind.makers & person.roles)
    return Role.EXPERT in person.roles or serves(person, kind, visit.enterprise, visit.planned_on)
