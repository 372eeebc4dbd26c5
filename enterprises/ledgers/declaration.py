"""What a ledger is: a model says nearly all of it, and every page, form, column and import is made from that."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import BooleanField, CheckConstraint, DateField, Field, UniqueConstraint
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from enterprises.models import LedgerRow

# Fields that nobody types.
BOOKKEEPING = frozenset({"id", "enterprise", "created_at", "updated_at"})
# What rows have in common stands behind what is their own.
LAST = ("valid_from", "valid_to", "note")
# Days that may lie ahead; all others tell what has happened.
AHEAD = frozenset(
    {
        "valid_from",
        "valid_to",
        "next_inspection_on",
        "next_revision_on",
        "next_issue_on",
        "usable_until",
        "from_on",
        "to_on",
        "from_at",
        "to_at",
    }
)
# The groups of a file's facts that have ledgers, in the order of the page.
GROUPS: dict[str, Any] = {
    "industry": gettext_lazy("Production and special risks"),
    "chemicals": gettext_lazy("Chemicals"),
    "safety": gettext_lazy("Safety management"),
    "licences": gettext_lazy("Licences, grades and insurance"),
    "equipment": gettext_lazy("Facilities and special equipment"),
    "health": gettext_lazy("Occupational health"),
    "emergency": pgettext_lazy("ledgers", "Emergency"),
}


@dataclass(frozen=True)
class Ledger:
    """A ledger of an enterprise's file.

    `expiry` is the last day of a row, if rows have one; with `warns` a clock runs up to it. `flag` is a yes-or-no field
    whose rows are counted apart. `less` are fields that a table shows only on request. Rows of a `scanned` ledger are
    papers, of which scans are kept, or have one beside them, called `paper`.
    """

    model: type[LedgerRow]
    group: str
    about: Any = field(compare=False)
    expiry: str = ""
    warns: bool = False
    flag: str = ""
    less: tuple[str, ...] = field(default=())
    scanned: bool = False
    paper: Any = field(default=gettext_lazy("Scans of the paper"), compare=False)

    @property
    def code(self) -> str:
        """The ledger's name in addresses."""
        return self.model.CODE

    @property
    def title(self) -> Any:
        """What the ledger is called."""
        return self.model._meta.verbose_name_plural

    @property
    def one(self) -> Any:
        """What one row is called."""
        return self.model._meta.verbose_name

    @property
    def group_label(self) -> Any:
        """What its group is called."""
        return GROUPS[self.group]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields that people fill in, in the order of the form; the remark last."""
        found = [each for each in self.model._meta.local_concrete_fields if each.name not in BOOKKEEPING]
        # Django puts first what a row inherits.
        return tuple(sorted(found, key=lambda each: LAST.index(each.name) + 1 if each.name in LAST else 0))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of those fields."""
        return tuple(each.name for each in self.fields)

    @cached_property
    def once(self) -> UniqueConstraint:
        """What keeps a row from standing there twice."""
        return next(c for c in self.model._meta.constraints if isinstance(c, UniqueConstraint))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The fields by which a row is told from the others of its enterprise."""
        return tuple(self.once.fields[1:])

    @cached_property
    def checks(self) -> tuple[CheckConstraint, ...]:
        """What no row may say; each names its field by its error code."""
        return tuple(c for c in self.model._meta.constraints if isinstance(c, CheckConstraint))

    def sentence(self, check: CheckConstraint) -> str:
        """Return what is said of a row that breaks a check."""
        if not check.name.endswith("_order"):
            return str(check.violation_error_message)
        high = check.violation_error_code
        low = check.condition.children[0][1].name
        names = {"low": self.label(low), "high": self.label(high)}
        if isinstance(self.model._meta.get_field(low), DateField):
            return _("“%(high)s” lies before “%(low)s”.") % names
        return _("“%(high)s” is less than “%(low)s”.") % names

    @cached_property
    def series(self) -> tuple[str, ...] | None:
        """The fields that papers share of which one follows the other; None where rows do not follow each other."""
        found = [c for c in self.model._meta.constraints if isinstance(c, ExclusionConstraint)]
        return tuple(name for name, _operator in found[0].expressions[1:-1]) if found else None

    @cached_property
    def past_days(self) -> tuple[str, ...]:
        """The days that cannot lie ahead."""
        return tuple(f.name for f in self.fields if isinstance(f, DateField) and f.name not in AHEAD)

    @cached_property
    def choice_names(self) -> tuple[str, ...]:
        """The fields with fixed words."""
        return tuple(each.name for each in self.fields if each.choices)

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """The yes-or-no fields."""
        return tuple(each.name for each in self.fields if isinstance(each, BooleanField))

    def label(self, name: str) -> str:
        """Return what a field is called."""
        return str(self.model._meta.get_field(name).verbose_name)
