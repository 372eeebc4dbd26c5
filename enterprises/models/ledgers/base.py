"""What every row of a ledger is: a fact of one enterprise, seen by whoever sees the enterprise."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enterprises.models.enterprise import Enterprise
from regions.querysets import RegionScopedQuerySet
from regions.scope import ScopeFields


class LedgerQuerySet(RegionScopedQuerySet):
    """Rows of a ledger, visible with their enterprise."""

    scope_fields = ScopeFields(
        prefix="enterprise__",
        industry="enterprise__regulatory_category",
        enterprise="enterprise_id",
        grid="enterprise__grid_id",
    )


class LedgerRow(models.Model):
    """A row of a ledger. `CODE` is the ledger's name in addresses."""

    CODE = ""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="%(class)s_rows"
    )
    note = models.CharField(_("remark"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("entered at"))
    updated_at = models.DateTimeField(_("changed at"))

    objects = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-id"]

    def get_absolute_url(self) -> str:
        return reverse("enterprises:ledger_edit", args=[self.enterprise_id, self.CODE, self.pk])

    @property
    def region_id(self) -> str:
        """The division in which the enterprise lies: where an act on the row is put on record."""
        return self.enterprise.region_id


# ── fields and constraints in one word ────────────────────────────────────────


def words(label: object, length: int = 100, *, needed: bool = False, **more: object) -> models.CharField:
    """Return a field of text."""
    return models.CharField(label, max_length=length, blank=not needed, **more)


def chosen(label: object, choices: type[models.TextChoices], **more: object) -> models.CharField:
    """Return a field with fixed words."""
    return models.CharField(label, max_length=24, choices=choices.choices, **more)


def day(label: object, *, needed: bool = False) -> models.DateField:
    """Return a field of a day."""
    return models.DateField(label, null=not needed, blank=not needed)


def moment(label: object) -> models.DateTimeField:
    """Return a field of a day and an hour, which every row has."""
    return models.DateTimeField(label)


def number(label: object) -> models.PositiveIntegerField:
    """Return a field of a whole number."""
    return models.PositiveIntegerField(label, default=0)


def amount(label: object, places: int = 2) -> models.DecimalField:
    """Return a field of a quantity from nought."""
    return models.DecimalField(label, max_digits=14, decimal_places=places, null=True, blank=True)


def once(name: str, *fields: str) -> models.UniqueConstraint:
    """Return the constraint that a row of these values stands once in the ledger of an enterprise."""
    return models.UniqueConstraint(
        fields=("enterprise", *fields),
        name=f"{name}_once",
        violation_error_message=_("This row is in the ledger already."),
    )


def in_order(name: str, low: str, high: str) -> models.CheckConstraint:
    """Return the constraint that the one value does not exceed the other."""
    return models.CheckConstraint(
        condition=Q(**{f"{high}__gte": F(low)}), name=f"{name}_{high}_order", violation_error_code=high
    )


def never(name: str, condition: Q, field: str, sentence: object) -> models.CheckConstraint:
    """Return the constraint that what the condition names never stands in the ledger; the sentence goes to the field."""
    return models.CheckConstraint(
        condition=~condition, name=name, violation_error_code=field, violation_error_message=sentence
    )


def apart(name: str, *series: str) -> ExclusionConstraint:
    """Return the constraint that rows of one series are never valid on the same day."""
    return ExclusionConstraint(
        name=f"{name}_apart",
        expressions=[
            ("enterprise", RangeOperators.EQUAL),
            *((each, RangeOperators.EQUAL) for each in series),
            (
                Func(
                    "valid_from",
                    "valid_to",
                    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                    function="DATERANGE",
                    output_field=DateRangeField(),
                ),
                RangeOperators.OVERLAPS,
            ),
        ],
        violation_error_message=_("Valid on the same days as another one of its kind."),
        # An import may shorten one paper and bring the next in one statement.
        deferrable=models.Deferrable.DEFERRED,
    )


class ValidRow(LedgerRow):
    """A paper that is valid from one day to another, both included."""

    valid_from = day(_("validity begins"), needed=True)
    valid_to = day(_("validity ends"), needed=True)

    class Meta(LedgerRow.Meta):
        abstract = True
