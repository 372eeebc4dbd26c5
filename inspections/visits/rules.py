"""What the guards of a visit ask of the database and the rulebook."""

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.timezone import localdate

from accounts.models import EnforcementCertificate, Post, User
from accounts.services import fitting_posts
from enterprises.models import Enterprise
from inspections.choices import Result, Side
from inspections.kinds import Kind, VisitKind
from inspections.models import Finding, GovernmentFinding, Visit
from paperwork.models import IssuedDocument
from regions.scope import covers
from rulebook.services import parameter

RECORD = "inspections.record"


def entitled_posts(visit: Visit, person: User, permission: str) -> list[Post]:
    """Return the posts in which a person may carry out this visit: of a role its kind names, and over its target.

    It must be the same post: a grid worker here who inspects in another district inspects nothing here. Nobody looks
    into the own body. Where the law asks for certificates, only who takes part acts.
    """
    makers = visit.kind_of.makers
    posts = [post for post in fitting_posts(person, permission, visit) if post.role in makers]
    if visit.body_id:
        posts = [post for post in posts if post.organisation_id != visit.body_id]
    if posts and visit.kind_of.certified and not takes_part(visit, person):
        return []
    return posts


def takes_part(visit: Visit, person: User) -> bool:
    """Say whether the person is one of those who carry the visit out; a query may have brought the answer along."""
    known = getattr(visit, "has_me", None)
    return visit.participants.filter(user=person).exists() if known is None else known


def serves(person: User, kind: Kind, enterprise: Enterprise, day: date) -> bool:
    """Say whether the person holds a post on the day that carries out this kind at this enterprise.

    An authority has its power in its own place (APL 22): with a certificate alone an officer of another district
    inspects nothing here. At a joint inspection departments meet, each for its own industry; only the place counts.
    """
    fields = Enterprise.objects.none().scope_fields
    entries = [post.entry for post in person.posts_on(day) if post.role in kind.makers]
    if kind.code == VisitKind.JOINT:
        entries = [replace(entry, industry="") for entry in entries]
    return any(covers(entry, enterprise, fields) for entry in entries)


def certified_officers(visit: Visit, at: datetime) -> list[int]:
    """Return who of those taking part is an officer of this visit in law (keys): certified, and serving there, on the day.

    An expert, or a guest from another district, assists them, whatever certificate they hold.
    """
    if visit.enterprise is None:
        return []
    day = localdate(at)
    valid = EnforcementCertificate.objects.valid_on(day).filter(user__in=visit.participants.values("user"))
    holders = User.objects.filter(pk__in=valid.values("user"))
    return [person.pk for person in holders if serves(person, visit.kind_of, visit.enterprise, day)]


def officers_wanted(visit: Visit, at: datetime) -> int:
    """Return how many certified officers the law wants on such a visit (APL 42); none for who only looks."""
    if not visit.kind_of.certified:
        return 0
    return int(parameter("OFFICERS_MIN", on=localdate(at), region=visit.region_id).amount)


def lacking_hazards(visit: Visit) -> int:
    """Count the failing answers that have neither a hazard nor a reason."""
    failing = visit.answers.filter(result=Result.FAIL, reason="")
    found = Finding.objects.filter(visit=OuterRef("visit"), item=OuterRef("item"))
    of_government = GovernmentFinding.objects.filter(visit=OuterRef("visit"), item=OuterRef("item"))
    return failing.exclude(Exists(found)).exclude(Exists(of_government)).count()


def missing_sides(visit: Visit) -> list[Side]:
    """Return the sides that have not signed; the party may refuse to, and who assists does not sign for an officer.

    A signature stands under what it was given for: what is answered or found later is signed again.
    """
    rows = visit.signatures.all()
    if changed := last_change(visit):
        rows = rows.filter(signed_at__gte=changed)
    if visit.kind_of.certified:
        officers = visit.participants.exclude(certificate_number="").values("user")
        rows = rows.filter(Q(side=Side.PARTY) | Q(signer__in=officers))
    there = list(rows.values_list("side", flat=True))
    wanted = {
        Side.OFFICER: max(officers_wanted(visit, visit.started_at or visit.created_at), 1),
        Side.PARTY: 1,
    }
    return [side for side in Side if there.count(side.value) < wanted[side]]


def last_change(visit: Visit) -> datetime | None:
    """Return when something was last answered or found on the visit."""
    answered = visit.answers.aggregate(last=Max("answered_at"))["last"]
    found = visit.findings.aggregate(last=Max("hazard__reported_at"))["last"]
    return max((moment for moment in (answered, found) if moment), default=None)


def last_done(visit: Visit) -> datetime | None:
    """Return when something was last done on the visit: answered, found, gone through, signed."""
    signed = visit.signatures.aggregate(last=Max("signed_at"))["last"]
    told = visit.government_findings.aggregate(last=Max("found_at"))["last"]
    moments = (last_change(visit), signed, told, visit.facts_confirmed_at)
    return max((moment for moment in moments if moment), default=None)


def has_record(visit: Visit) -> bool:
    """Say whether the record of the inspection stands."""
    return IssuedDocument.objects.about(visit).standing().filter(kind=RECORD).exists()
