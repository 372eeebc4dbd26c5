"""Entering a unit and calculating it: whatever the tables say is kept beside what they said before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import may
from enterprises.models import Enterprise, SourceCalculation, SourceSubstance, SourceUnit
from enterprises.sources.gb18218 import (
    Amount,
    Edition,
    Line,
    MissingTableValue,
    NoBeta,
    NoThreshold,
    Result,
    compute,
)
from enterprises.sources.lifecycle import SOURCE
from enterprises.sources.services.clock import outdate_source
from enterprises.sources.tables import edition_on
from lifecycle.conflicts import stale_form
from lifecycle.models import StateChange
from lifecycle.services import begin, perform

NOT_ON_FILE = ("identified", "assessed", "submitted")


@transaction.atomic
def record_source(
    enterprise: Enterprise,
    *,
    facts: Mapping[str, Any],
    substances: Sequence[Amount],
    by: User,
    at: datetime,
) -> SourceUnit:
    """Enter a unit of the enterprise with its substances, and identify and grade it by GB 18218 (AWSL 40).

    Raises PermissionDenied out of place, ValidationError for a substance without Q or β, a name that is taken,
    or an enterprise that has ended.
    """
    if not may(by, "enterprises.record_source", enterprise):
        raise PermissionDenied
    if enterprise.is_ended:
        raise ValidationError(_("The enterprise has ended; no unit is entered for it any more."))
    unit = SourceUnit(enterprise=enterprise, created_at=at, updated_at=at, **facts)
    result = calculated(edition_on(localdate(at)), substances, unit.residents_500m)
    copy_result(unit, result, at=at)
    with name_not_taken():
        begin(SOURCE, "record_source", unit, by=by, at=at, data=in_short(result))
    keep(unit, result, substances, reason="", by=by, at=at)
    return follow(unit, None, result, at=at)


@transaction.atomic
def recalculate_source(
    unit: SourceUnit,
    *,
    facts: Mapping[str, Any],
    substances: Sequence[Amount],
    reason: str = "",
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> SourceUnit:
    """Correct the unit and its substances and calculate anew by the edition in force today.

    What changes the calculation of an assessed source puts its assessment out of date (O40).
    """
    refuse_stale(unit, by, version)
    before = unit.calculations.first()
    result = calculated(
        edition_on(localdate(at)), substances, facts.get("residents_500m", unit.residents_500m)
    )
    with (
        name_not_taken(),
        perform(
            SOURCE,
            "recalculate_source",
            unit,
            by=by,
            at=at,
            reason=reason,
            data=in_short(result),
            version=version,
        ) as row,
    ):
        for name, value in facts.items():
            setattr(row, name, value)
        copy_result(row, result, at=at)
        keep(row, result, substances, reason=reason, by=by, at=at)
    return follow(row, before, result, at=at)


def refuse_stale(unit: SourceUnit, by: User | None, version: int | None) -> None:
    """Refuse a form that was opened before somebody else calculated: it would bring back the old amounts.

    The lifecycle takes the same verb done since as done already, which is right only for one's own double click.
    """
    if version is None:
        return
    kind = ContentType.objects.get_for_model(unit)
    since = StateChange.objects.filter(target_type=kind, target_id=unit.pk, version__gt=version)
    if since.exclude(by=None).exclude(by=by).exists():
        stale_form(unit)


def calculated(edition: Edition, substances: Sequence[Amount], residents: int) -> Result:
    """Compute, and turn what the tables cannot answer into a sentence about the substance."""
    if not substances:
        raise ValidationError(_("Name at least one substance with its largest amount."))
    try:
        return compute(edition, substances, residents)
    except NoThreshold as error:
        raise ValidationError(no_threshold(error.name)) from error
    except NoBeta as error:
        raise ValidationError(no_beta(error.name)) from error
    except MissingTableValue as error:
        raise ValidationError(
            _("%(edition)s has no %(name)s.") % {"edition": edition.code, "name": error.name}
        ) from error


def no_threshold(name: str) -> str:
    """Say that a substance has no threshold quantity yet, and what gives it one."""
    return _(
        "“%(name)s” has no threshold quantity Q: it is not in table 1. Choose its hazard category (table 2)."
    ) % {"name": name}


def no_beta(name: str) -> str:
    """Say that table 1 gives no β for a substance, and what does."""
    return _("Table 1 gives no β for “%(name)s”. Choose its hazard category (table 4).") % {"name": name}


def copy_result(unit: SourceUnit, result: Result, *, at: datetime) -> None:
    """Write on the unit what lists and figures read."""
    unit.s_value, unit.r_value, unit.grade = result.s, result.r, result.grade
    unit.calculated_at = unit.updated_at = at


def keep(
    unit: SourceUnit,
    result: Result,
    substances: Sequence[Amount],
    *,
    reason: str,
    by: User | None,
    at: datetime,
) -> None:
    """Keep the calculation beside the earlier ones, and the substances as they are now."""
    unit.substances.all().delete()
    SourceSubstance.objects.bulk_create(substances_of(unit, result, substances))
    calculation_of(unit, result, reason=reason, by=by, at=at).save(force_insert=True)


def substances_of(unit: SourceUnit, result: Result, given: Iterable[Amount]) -> list[SourceSubstance]:
    """Return the rows of what is present."""
    return [
        SourceSubstance(
            unit=unit,
            number=amount.number,
            name=line.name,
            categories=list(amount.categories),
            quantity=amount.quantity,
        )
        for amount, line in zip(given, result.lines, strict=True)
    ]


def calculation_of(
    unit: SourceUnit, result: Result, *, reason: str, by: User | None, at: datetime
) -> SourceCalculation:
    """Return the row of a calculation."""
    return SourceCalculation(
        unit=unit,
        at=at,
        by=by,
        edition=result.edition,
        reason=reason[:200],
        residents_500m=result.residents,
        s_value=result.s,
        alpha=result.alpha,
        weighted=result.weighted,
        r_value=result.r,
        grade=result.grade,
        lines=[frozen(line) for line in result.lines],
    )


def frozen(line: Line) -> dict[str, Any]:
    """Return a line as it is kept: every number as a text, so that none passes through a float."""
    return {
        "name": line.name,
        "cas": line.cas,
        "number": line.number,
        "quantity": str(line.quantity),
        "threshold": str(line.threshold),
        "threshold_from": line.threshold_from,
        "beta": str(line.beta),
        "beta_from": line.beta_from,
        "confirm": line.confirm,
        "share": str(line.share),
        "weighted": str(line.weighted),
    }


def in_short(result: Result) -> dict[str, Any]:
    """Return what the record says about a calculation."""
    return {"edition": result.edition, "S": str(result.s), "R": str(result.r), "grade": result.grade}


def follow(unit: SourceUnit, before: SourceCalculation | None, result: Result, *, at: datetime) -> SourceUnit:
    """Move the unit where the arithmetic leads. What was ever put on file stays: only an authority takes it off.

    A filing under review whose figures change is reviewed no more: it rests on an assessment of something else.
    """
    if unit.state in ("recorded", "below"):
        return step(unit, "identify_source" if result.is_source else "find_source_below", at=at)
    if unit.state in NOT_ON_FILE and not unit.filing_number and not result.is_source:
        return step(unit, "find_source_below", at=at)
    if unit.state in ("assessed", "submitted", "filed") and before and differs(before, result):
        return outdate_source(unit, why="changed", at=at)
    return unit


def step(unit: SourceUnit, verb: str, *, at: datetime) -> SourceUnit:
    """Take a verb that follows from the arithmetic and is nobody's decision."""
    if unit.state == "below" and verb == "find_source_below":
        return unit
    with perform(SOURCE, verb, unit, by=None, at=at) as row:
        return row


def differs(before: SourceCalculation, result: Result) -> bool:
    """Say whether anything but the wording changed since the calculation before."""
    lines = [frozen(line) for line in result.lines]
    return (before.edition, before.residents_500m, before.lines) != (result.edition, result.residents, lines)


class name_not_taken:  # noqa: N801 - reads as a phrase in a with statement
    """Inside the block, a unit whose name the enterprise already has is refused with a sentence."""

    def __enter__(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        self.savepoint.__exit__(kind, error, trace)
        if isinstance(error, IntegrityError) and "source_unit_once" in str(error):
            sentence = _("The enterprise already has a unit of this name.")
            raise ValidationError({"name": sentence}) from error
