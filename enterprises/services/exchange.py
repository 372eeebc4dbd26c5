"""Notices of the market regulator, and the tokens by which other systems ask."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.services import may
from audit.context import acting
from audit.services import record
from enterprises.groups import groups_of
from enterprises.models import ApiToken, Enterprise, FactSource, Registration, Waiting
from enterprises.registrations import (
    REGISTRATION,
    REGISTRY_FACTS,
    differences,
    facts_of,
    groups_covered,
    why_waiting,
)
from enterprises.services.file import change, register
from enterprises.truth.conflicts import confirm_undisputed
from enterprises.truth.facts import doubt
from lifecycle.services import begin, perform
from regions.codes import prefixes
from regions.former import FormerPlaces
from regions.models import Region, RegionLevel

TOKEN_BYTES = 32
SHOWN_START = 8
LONGEST_TOKEN_YEARS = 2


class KeyReused(ValidationError):
    """The idempotency key has come before, with a different notice."""


def issue_token(
    *,
    name: str,
    organisation: Organisation,
    user: User,
    from_on: date,
    to_on: date,
    by: User,
    at: datetime,
    per_minute: int = 120,
) -> tuple[ApiToken, str]:
    """Return a new token and its text, which is shown this once and kept nowhere.

    Raises PermissionDenied for whoever does not keep accounts, ValidationError for days that cannot be.
    """
    if not may(by, "enterprises.issue_token"):
        raise PermissionDenied
    check_days(from_on, to_on, today=localdate(at))
    text = f"sw_{secrets.token_urlsafe(TOKEN_BYTES)}"
    with transaction.atomic():
        token = ApiToken.objects.create(
            name=name,
            organisation=organisation,
            user=user,
            start=text[:SHOWN_START],
            digest=digest_of(text),
            from_on=from_on,
            to_on=to_on,
            per_minute=per_minute,
            issued_by=by,
            issued_at=at,
        )
        record(by, "enterprises.issue_token", token, at=at, data={"user": user.pk, "to_on": str(to_on)})
    return token, text


def check_days(from_on: date, to_on: date, *, today: date) -> None:
    """Raise ValidationError for days between which no token can hold."""
    if to_on < max(from_on, today):
        raise ValidationError({"to_on": _("The last day lies before the first, or in the past.")})
    if (to_on - from_on).days > LONGEST_TOKEN_YEARS * 366:
        raise ValidationError({"to_on": _("A token holds for two years at most.")})


def withdraw_token(token: ApiToken, *, by: User, at: datetime) -> None:
    """End a token at once; withdrawing it twice is no error."""
    if not may(by, "enterprises.issue_token"):
        raise PermissionDenied
    with transaction.atomic():
        held = ApiToken.objects.select_for_update().get(pk=token.pk)
        if held.withdrawn_at is None:
            held.withdrawn_at = token.withdrawn_at = at
            held.save(update_fields=["withdrawn_at"])
            record(by, "enterprises.withdraw_token", held, at=at)


def digest_of(text: str) -> str:
    """Return what is kept of a token. It is random and long, so one plain round of hashing is enough."""
    return hashlib.sha256(text.encode()).hexdigest()


def push_registration(
    facts: Mapping[str, Any], *, key: str, token: ApiToken, at: datetime
) -> tuple[Registration, bool]:
    """Take in one notice of the market regulator; return it, and whether it is new.

    What the registry is the source of is written into the file at once; the rest waits for a person. The same key again
    returns what became of it the first time, and writes nothing. Raises PermissionDenied where the token's person may
    not push, KeyReused for a key that came with another notice, ValidationError for a division nobody knows.
    """
    fingerprint = fingerprint_of(facts)
    if not may(token.user, "enterprises.push_registration"):
        raise PermissionDenied
    if known := earlier(token, key, fingerprint):
        return known, False
    try:
        with transaction.atomic():
            return _taken_in(facts, key, fingerprint, token, at), True
    except IntegrityError:
        # The same notice came twice at the same moment, and the other was first.
        if known := earlier(token, key, fingerprint):
            return known, False
        raise


def fingerprint_of(facts: Mapping[str, Any]) -> str:
    """Return a digest of everything a notice says."""
    plain = json.dumps(dict(facts), sort_keys=True, cls=DjangoJSONEncoder, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def earlier(token: ApiToken, key: str, fingerprint: str) -> Registration | None:
    """Return the notice that came under this key; raises KeyReused if it said something else."""
    found = Registration.objects.filter(organisation=token.organisation_id, key=key).first()
    if found and found.fingerprint != fingerprint:
        raise KeyReused(_("This key has been used for another notice."), code="key")
    return found


def region_of(code: str) -> Region:
    """Return the division of the code, or the nearest above it that is known, a county at the least.

    A former code leads to the division of today.
    """
    former, wanted, why = FormerPlaces.read(), [], _("This division is not known here.")
    for part in prefixes(code):
        try:
            wanted.append(former.present(part))
        except ValidationError as error:
            why = error.messages[0]
    known = Region.objects.filter(code__in=wanted, level__gte=RegionLevel.COUNTY)
    found = known.order_by("-level").first()
    if found is None:
        raise ValidationError({"division": why})
    return found


def _taken_in(
    facts: Mapping[str, Any], key: str, fingerprint: str, token: ApiToken, at: datetime
) -> Registration:
    given = dict(facts)
    notice = Registration(
        region=region_of(given.pop("division")),
        organisation_id=token.organisation_id,
        token=token,
        key=key,
        fingerprint=fingerprint,
        received_at=at,
        **given,
    )
    # Two notices of one code are taken one after the other.
    enterprise = Enterprise.objects.select_for_update(of=("self",)).filter(uscc=notice.uscc).first()
    notice.enterprise = enterprise
    notice.why = why_waiting(notice, enterprise)
    begin(REGISTRATION, "push_registration", notice, by=token.user, at=at)
    if enterprise and not notice.is_ending and notice.why in ("", Waiting.INDUSTRY):
        notice.applied = _take_over(notice, enterprise, by=token.user, at=at)
        notice.save(update_fields=["applied"])
    if notice.why:
        return notice
    with perform(REGISTRATION, "apply_registration", notice, by=None, at=at) as row:
        pass
    return row


def _take_over(notice: Registration, enterprise: Enterprise, *, by: User, at: datetime) -> list[str]:
    """Write into the file what the registry is the source of; return which facts that changed.

    The groups that the notice covers are confirmed by it; a new legal representative puts the contacts in doubt.
    """
    facts = facts_of(notice, enterprise, tuple(differences(notice, enterprise, REGISTRY_FACTS)))
    if facts:
        _write(notice, enterprise, facts, by=by, at=at)
    confirm_by(notice, enterprise, by=by, at=at)
    return sorted(facts)


def _write(
    notice: Registration, enterprise: Enterprise, facts: Mapping[str, Any], *, by: User, at: datetime
) -> None:
    with acting(by, "enterprises.push_registration", at):
        for name, value in facts.items():
            setattr(enterprise, name, value)
        enterprise.updated_at = at
        enterprise.save(update_fields=[*facts, "updated_at"])
        data = {"fields": sorted(facts), "notice": notice.pk}
        record(by, "enterprises.push_registration", enterprise, at=at, data=data)
    if facts.get("legal_rep_name"):
        with translation.override(settings.LANGUAGE_CODE):
            doubt(enterprise, "contact", why=_("The registry names a new legal representative"), at=at)


def confirm_by(
    notice: Registration, enterprise: Enterprise, *, by: User, at: datetime, but: Iterable[str] = ()
) -> None:
    """Count the groups that the notice covers as confirmed by registration, unless business has seen otherwise.

    `but` are groups that were confirmed just now, because something was written in them.
    """
    groups = [code for code in groups_covered(notice, enterprise) if code not in but]
    confirm_undisputed(enterprise, groups, by=by, at=at, source=FactSource.REGISTRATION)


def accept_registration(
    registration: Registration,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    take: Iterable[str] = (),
    facts: Mapping[str, Any] | None = None,
) -> Registration:
    """Take a notice over: open the file from `facts`, or write the facts named in `take` into the one there is.

    Raises VerbRefused for an ending whose file still stands: no notice ends an enterprise by itself.
    """
    with perform(REGISTRATION, "accept_registration", registration, by=by, at=at, version=version) as row:
        enterprise = row.file()
        if enterprise is None:
            enterprise = register(facts=facts or {}, by=by, at=at)
            row.applied = sorted(facts or {})
        else:
            taken = facts_of(row, enterprise, tuple(take))
            if taken:
                change(enterprise, facts=taken, source=FactSource.REGISTRATION, by=by, at=at)
                row.applied = sorted({*row.applied, *taken})
            if says_the_same(row, enterprise):
                confirm_by(row, enterprise, by=by, at=at, but=groups_of(taken))
        row.enterprise = enterprise
    return row


def says_the_same(notice: Registration, enterprise: Enterprise) -> bool:
    """Say whether the file agrees by now with all in the notice that the registry is the source of."""
    return not differences(notice, Enterprise.objects.get(pk=enterprise.pk), REGISTRY_FACTS)


def dismiss_registration(
    registration: Registration, *, by: User, at: datetime, reason: str, version: int | None = None
) -> Registration:
    """Put a notice aside, with the reason."""
    with perform(
        REGISTRATION, "dismiss_registration", registration, by=by, at=at, version=version, reason=reason
    ) as row:
        pass
    return row
