"""Reads for the page of a file: its blocks with who confirmed them, the cards beside them, and why its score is so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.masking import mask_name, mask_phone
from accounts.models import User
from accounts.services import may
from deadlines.models import Deadline
from enterprises import identity
from enterprises.choices import RiskTag
from enterprises.groups import FieldGroup, asked_of
from enterprises.identity import ID_NO
from enterprises.ledgers import GROUPS, summary, untouched
from enterprises.ledgers import Fact as LedgerFact
from enterprises.models import ChangeRequest, Conflict, Enterprise, FactGroup
from enterprises.terms import ENDS, end_in_words
from enterprises.truth.writing import field_of
from enterprises.unmasking import MASKED, SEE_ID_NO, UNMASK
from inbox.worklist import Line, lines
from regions.codes import prefixes
from regions.selectors import names_of
from regions.words import listed

BAR = 72
# The division, as a request keeps it.
PLACE = "region_id"
# From this many days before the end a block is marked as soon due, as on the look's page.
NEAR_DAYS = 60
OPEN_ROWS = 8
# They stand at the top of the page.
IN_THE_HEAD = frozenset(
    {"name", "uscc", "operating_status", "regulatory_category", "sub_category", "risk_tags"}
)
LONG = frozenset({"business_scope", "registered_address", "production_address", "process_description"})


@dataclass(frozen=True)
class ShownFact:
    """One fact of a block; a fact with `url` leads to its rows, a masked one with `whole_url` to the whole number."""

    label: Any
    value: Any
    url: str = ""
    is_long: bool = False
    whole_url: str = ""


@dataclass(frozen=True)
class Block:
    """A group of facts with how fresh it is; without `confirmed_at` nobody has confirmed it yet.

    `empty` are the ledgers of the group in which nothing stands.
    """

    enterprise: Enterprise
    group: FieldGroup
    facts: list[ShownFact]
    empty: list[ShownFact]
    held: FactGroup | None
    conflicts: list[Conflict]
    today: date
    can_confirm: bool

    @property
    def code(self) -> str:
        """What tells the block apart on the page."""
        return f"g-{self.group.code}"

    @property
    def confirm_url(self) -> str:
        """Where "still right" goes; empty where the person may not say so, or while the block is disputed."""
        if not self.can_confirm:
            return ""
        return reverse("enterprises:confirm", args=[self.enterprise.pk, self.group.code])

    @property
    def days(self) -> int | None:
        """Days for which it still counts after today; below 0 it is stale; None while nobody has confirmed it."""
        return (self.held.stale_on - self.today).days - 1 if self.held and self.held.stale_on else None

    @property
    def overdue(self) -> int:
        """Days since it is stale."""
        return max(-(self.days or 0), 0)

    @property
    def near(self) -> bool:
        """Say whether it is soon stale."""
        return self.days is not None and 0 <= self.days < NEAR_DAYS

    @property
    def is_fresh(self) -> bool:
        """Say whether it counts."""
        return self.days is not None and self.days >= 0 and not self.held.doubt

    @property
    def age(self) -> int:
        """The width of the age bar."""
        if self.days is None or self.days < 0:
            return BAR
        begun = localdate(self.held.confirmed_at)
        whole = max((self.held.stale_on - begun).days, 1)
        return round(BAR * (self.today - begun).days / whole)

    @property
    def who(self) -> str:
        """Who confirmed it, with the side on which they stand."""
        if not self.held or not self.held.confirmed_at:
            return ""
        side = self.held.get_source_display()
        if self.held.by is None:
            return str(side)
        return _("%(name)s (%(side)s)") % {"name": self.held.by.name, "side": side}


def blocks(enterprise: Enterprise, user: User, at: datetime) -> list[Block]:
    """Return the blocks of the page, with at most two questions besides the ledgers' one."""
    held = {row.group: row for row in FactGroup.objects.filter(enterprise=enterprise).select_related("by")}
    open_conflicts = list(Conflict.objects.filter(enterprise=enterprise, state="open"))
    confirms = may(user, "enterprises.confirm", enterprise)
    unmasks = may(user, UNMASK, enterprise)
    hidden = hidden_from(user, enterprise)
    found = []
    for group in asked_of(enterprise):
        disputed = [row for row in open_conflicts if row.group == group.code]
        facts = [
            shown_fact(enterprise, name, localdate(at), unmasks=unmasks)
            for name in group.fields
            if name not in IN_THE_HEAD | hidden
        ]
        facts += [from_ledger(fact) for fact in summary(enterprise, group.code, on=localdate(at))]
        empty = [from_ledger(fact) for fact in untouched(enterprise, group.code)]
        can_confirm = confirms and not disputed
        row = held.get(group.code)
        found.append(Block(enterprise, group, facts, empty, row, disputed, localdate(at), can_confirm))
    return found


def unasked(enterprise: Enterprise, *, on: date) -> list[ShownFact]:
    """Return the ledgers of groups that are not asked of the enterprise; they may be kept all the same."""
    asked = {group.code for group in asked_of(enterprise)}
    others = [code for code in GROUPS if code not in asked]
    return [
        from_ledger(fact)
        for code in others
        for fact in (*summary(enterprise, code, on=on), *untouched(enterprise, code))
    ]


def shown_fact(enterprise: Enterprise, name: str, today: date, *, unmasks: bool = False) -> ShownFact:
    """Return a field of the file in words, personal numbers masked (PIPL 51); a dash where nothing is on file.

    Who `unmasks` is led to where a masked number is shown whole.
    """
    value, label = words(enterprise, name, today), field_of(name).verbose_name
    if value in (None, ""):
        return ShownFact(label, "—")
    leads = unmasks and name in MASKED
    whole_url = reverse("enterprises:unmask", args=[enterprise.pk, name]) if leads else ""
    return ShownFact(label, value, is_long=name in LONG, whole_url=whole_url)


def hidden_from(user: User, enterprise: Enterprise) -> frozenset[str]:
    """Return the facts that the person does not see at all, masked or not (handbook §2.4)."""
    return frozenset() if may(user, SEE_ID_NO, enterprise) else frozenset({ID_NO})


def from_ledger(fact: LedgerFact) -> ShownFact:
    """Return a ledger's line as a fact that leads to its rows."""
    return ShownFact(fact.label, fact.words if fact.rows else "", fact.url)


def words(enterprise: Enterprise, name: str, today: date) -> Any:
    """Return what the file says in a field, as a person may read it on the day."""
    value = getattr(enterprise, name)
    if name == ENDS:
        return end_in_words(enterprise, today)
    if name.endswith("_phone"):
        return mask_phone(value)
    if name == "legal_rep_name":
        return mask_name(value)
    if name == "risk_tags":
        return listed(RiskTag(code).label for code in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = dict(field_of(name).flatchoices or ())
    return choices.get(value, value)


def current_work(enterprise: Enterprise, user: User) -> list[Line]:
    """Return what is owed about the enterprise now, the latest first, with the step that the person would take."""
    rows: QuerySet[Deadline] = Deadline.objects.open().visible_to(user).filter(enterprise_id=enterprise.pk)
    return lines(list(rows.order_by("due_at", "pk")[:OPEN_ROWS]), user=user, only_seen=True)


def asked_at(enterprise: Enterprise, at: datetime) -> ChangeRequest | None:
    """Return the change of key facts that was asked for at this very moment, if one was."""
    return ChangeRequest.objects.filter(enterprise=enterprise, asked_at=at).first()


def edit_url(enterprise: Enterprise, name: str) -> str:
    """Return the address at which the field is filled in."""
    return f"{reverse('enterprises:edit', args=[enterprise.pk])}#id_{name}"


def compared(enterprise: Enterprise, before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Return both sides of a change in words, and what stands now where that has moved on."""
    places = places_named(before, after, {PLACE: enterprise.region_id})
    return [comparison(enterprise, name, before.get(name), after[name], places) for name in sorted(after)]


def comparison(
    enterprise: Enterprise, name: str, before: Any, after: Any, places: Mapping[str, str]
) -> dict[str, Any]:
    """Return one field of a change: label, before, after, and `now` if that is something else than before."""
    now, after_words = getattr(enterprise, name), in_words(name, after, places)
    return {
        "label": field_of(name).verbose_name,
        "before": in_words(name, before, places),
        "after": after_words,
        "now": in_words(name, now, places) if now not in (before, after, after_words) else None,
    }


def places_named(*sides: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of the divisions on the sides of changes, and of those around them: one query."""
    return names_of(code for side in sides for code in prefixes(side.get(PLACE) or ""))


def in_words(name: str, value: Any, places: Mapping[str, str]) -> Any:
    """Return a value of a request; who decides on it must read it whole, a place by its names and its code.

    Only the ID number of a person stays masked.
    """
    if name == ID_NO:
        return identity.shown(value or "")
    if name == PLACE and value:
        path = [places[code] for code in prefixes(value) if code in places]
        return " ".join([*path, value])
    return dict(field_of(name).flatchoices or ()).get(value, value)
