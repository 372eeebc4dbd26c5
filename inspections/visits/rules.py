"""What the guards of a visit ask of the database and the rulebook."""

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.timezone import localdate

from accounts.models import EnforcementCertificate, Post, User
from accounts.services import fitting_posts
from enterprises.models import Enterprise
from inspections.choices import NEEDS_AGREEMENT, OUTSIDE_CAP, Result, Side
from inspections.kinds import KINDS, Kind, VisitKind
from inspections.models import Finding, GovernmentFinding, Visit
from paperwork.models import IssuedDocument
from regions.scope import covers
from rulebook.services import parameter

RECORD = "inspections.record"
CAPPED = tuple(code for code, kind in KINDS.items() if kind.capped)


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


def beyond_cap(visit: Visit, at: datetime) -> dict[str, int] | None:
    """Return how many capped inspections the enterprise has had this year and the cap, once it is reached.

    Each authority counts its own; a joint inspection counts as one (国办发〔2024〕54号, handbook §7.1).
    """
    if not visit.kind_of.capped or visit.trigger in OUTSIDE_CAP or visit.enterprise_id is None:
        return None
    today = localdate(at)
    cap = int(parameter("INSPECTION_YEAR_CAP", on=today, region=visit.region_id).amount)
    had = Visit.objects.filter(
        Q(state="under_way") | Q(state="finished"),
        enterprise=visit.enterprise_id,
        kind__in=CAPPED,
        organisation=visit.organisation_id,
        started_at__year=today.year,
    )
    n = had.exclude(pk=visit.pk).exclude(trigger__in=OUTSIDE_CAP).count()
    return {"n": n, "cap": cap} if n >= cap else None


def lacking_hazards(visit: Visit) -> int:
    """Count the failing answers that have neither a hazard nor a reason."""
    failing = visit.answers.filter(result=Result.FAIL, reason="")
    found = Finding.objects.filter(visit=OuterRef("visit"), item=OuterRef("item"))
    of_government = GovernmentFinding.objects.filter(visit=OuterRef("visit"), item=OuterRef("item"))
    return failing.exclude(Exists(found)).exclude(Exists(of_government)).count()


def needs_agreement(visit: Visit) -> bool:
    """Say whether a leader must agree although the visit does not count against the cap: it follows a case."""
    return visit.kind_of.capped and visit.trigger in NEEDS_AGREEMENT


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
