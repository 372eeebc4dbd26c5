"""What the law said: laws, articles with their validity, and every legal number as a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, npgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from rulebook.numerals import article_label
from rulebook.querysets import ArticleQuerySet, ParameterQuerySet


class Mark(models.TextChoices):
    """How sure we are of a rule, and where it comes from."""

    VERIFIED = "V", _("read in the text of the law")
    SECOND_HAND = "V2", _("read in a reliable report of the rule")
    MEMORY = "M", _("long-standing rule, text not opened")
    DOUBTFUL = "M-", _("to be confirmed against the text")
    SOURCE_1 = "S1", _("practice reported by Dongying")
    SOURCE_2 = "S2", _("practice reported by Jiangsu")
    SOURCE_3 = "S3", _("practice reported by Hongshan")
    SOURCE_4 = "S4", _("practice reported by Taihe")
    DEFAULT = "D", _("platform default")


class Unit(models.TextChoices):
    """What a number of the rulebook counts."""

    WORKDAY = "workday", pgettext_lazy("unit", "working days")
    DAY = "day", pgettext_lazy("unit", "days")
    HOUR = "hour", pgettext_lazy("unit", "hours")
    MINUTE = "minute", pgettext_lazy("unit", "minutes")
    MONTH = "month", pgettext_lazy("unit", "months")
    YEAR = "year", pgettext_lazy("unit", "years")
    YUAN = "yuan", pgettext_lazy("unit", "yuan")
    PERCENT = "percent", pgettext_lazy("unit", "percent")
    COUNT = "count", pgettext_lazy("unit", "times or items")
    SCORE = "score", pgettext_lazy("unit", "points")
    DAY_OF_MONTH = "day_of_month", pgettext_lazy("unit", "day of the month after")
    MONTH_OF_YEAR = "month_of_year", pgettext_lazy("unit", "month of the year, to its last day")
    FLAG = "flag", pgettext_lazy("unit", "1 for yes, 0 for no")


def counted(unit: str, amount: int | Decimal) -> str:
    """Return what is counted, in the singular where it is one."""
    n = 1 if amount == 1 else 2
    words = {
        Unit.WORKDAY: npgettext("unit", "working day", "working days", n),
        Unit.DAY: npgettext("unit", "day", "days", n),
        Unit.HOUR: npgettext("unit", "hour", "hours", n),
        Unit.MINUTE: npgettext("unit", "minute", "minutes", n),
        Unit.MONTH: npgettext("unit", "month", "months", n),
        Unit.YEAR: npgettext("unit", "year", "years", n),
        Unit.COUNT: npgettext("unit", "time or item", "times or items", n),
        Unit.SCORE: npgettext("unit", "point", "points", n),
    }
    return words.get(unit) or str(Unit(unit).label)


jurisdiction_code = RegexValidator(
    r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$", _("A jurisdiction is a division code of 2, 4, 6, 9 or 12 digits.")
)


@tracked
class Law(models.Model):
    """A law, regulation, order or standard, under the short name by which code and people cite it."""

    short_id = models.CharField(
        _("short name"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9-]*$", _("Capital letters, digits and hyphens only."))],
    )
    title = models.CharField(_("title"), max_length=200)
    full_title = models.CharField(
        _("full title"),
        max_length=200,
        blank=True,
        help_text=_("As issued documents cite it."),
    )
    number = models.CharField(pgettext_lazy("law", "number"), max_length=100, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    repealed_on = models.DateField(_("repealed on"), null=True, blank=True)
    mark = models.CharField(_("confidence"), max_length=2, choices=Mark)
    note = models.TextField(_("note"), blank=True)
    jurisdiction = models.CharField(
        _("jurisdiction"), max_length=12, blank=True, default="", validators=[jurisdiction_code]
    )

    class Meta:
        ordering = ["short_id"]
        verbose_name = _("law")
        verbose_name_plural = _("laws")

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def formal_name(self) -> str:
        """The name in an issued document: 《中华人民共和国安全生产法》."""
        return f"《{self.full_title or self.title}》"

    def get_absolute_url(self) -> str:
        return reverse("rulebook:law", args=[self.short_id])

    def is_in_force(self, on: date) -> bool:
        """Whether it was law on that day; one whose first day is unknown is taken as law."""
        begun = self.in_force_from is None or self.in_force_from <= on
        return begun and (self.repealed_on is None or on < self.repealed_on)


@tracked
class Article(models.Model):
    """One article, as its text stood from one day to another."""

    law = models.ForeignKey(Law, models.CASCADE, related_name="articles", verbose_name=_("law"))
    number = models.PositiveIntegerField(pgettext_lazy("article", "number"))
    branch = models.PositiveSmallIntegerField(
        _("inserted article"),
        default=0,
        help_text=_("1 for an article inserted as “之一”."),
    )
    label = models.CharField(pgettext_lazy("law", "label"), max_length=40)
    part = models.CharField(pgettext_lazy("law", "part"), max_length=100, blank=True)
    chapter = models.CharField(pgettext_lazy("law", "chapter"), max_length=100, blank=True)
    section = models.CharField(pgettext_lazy("law", "section"), max_length=100, blank=True)
    text = models.TextField(pgettext_lazy("law", "text"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to, this day included"), null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["law", "number", "branch", "valid_from"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            ExclusionConstraint(
                name="rulebook_article_one_text_a_day",
                expressions=[
                    ("law", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                    ("branch", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "valid_from",
                            "valid_to",
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another text of this article is valid on some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.law}{self.label}"

    @property
    def key(self) -> str:
        """The article in an address: ``78``, or ``134-1`` for 第一百三十四条之一."""
        return f"{self.number}-{self.branch}" if self.branch else str(self.number)

    @property
    def anchor(self) -> str:
        """The article's place on the page of its law."""
        return f"a{self.key}"

    @property
    def paragraphs(self) -> list[str]:
        """The text by paragraph (款), list items included."""
        return [line for line in self.text.split("\n") if line]

    def is_valid_on(self, on: date) -> bool:
        """Whether this text was the law on that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)

    def get_absolute_url(self) -> str:
        return reverse("rulebook:article", args=[self.law.short_id, self.key])


class Parameter(models.Model):
    """One legal number, for one jurisdiction, from one day to another.

    A row is never changed and never deleted: another number is another row from a day, with its reason.
    Only the end of its validity, and its withdrawal when it was entered wrongly, are written later.
    """

    UNCONFIRMED_MARKS = (Mark.DOUBTFUL, Mark.DEFAULT)
    STATUTORY_MARKS = (Mark.VERIFIED, Mark.SECOND_HAND, Mark.MEMORY)

    code = models.CharField(
        _("code"),
        max_length=60,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9_]*$", _("Capital letters, digits and underscores only."))],
    )
    name = models.CharField(_("name"), max_length=120)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=16, choices=Unit)
    jurisdiction = models.CharField(
        _("jurisdiction"),
        max_length=12,
        blank=True,
        default="",
        validators=[jurisdiction_code],
        help_text=_("Empty for the whole country; the most specific place wins."),
    )
    law = models.ForeignKey(
        Law, models.PROTECT, null=True, blank=True, related_name="parameters", verbose_name=_("law")
    )
    article = models.PositiveIntegerField(_("article"), null=True, blank=True)
    basis = models.CharField(
        _("basis in words"),
        max_length=300,
        blank=True,
        help_text=_("Needed where no law of the rulebook is named."),
    )
    mark = models.CharField(_("confidence"), max_length=2, choices=Mark)
    effective_from = models.DateField(_("effective from"))
    effective_to = models.DateField(_("effective to, this day included"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    reason = models.CharField(_("reason for the change"), max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

    objects = ParameterQuerySet.as_manager()

    class Meta:
        ordering = ["code", "jurisdiction", "effective_from"]
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")
        permissions = [("view_unconfirmed", _("Can see what is still to be confirmed"))]
        constraints = [
            ExclusionConstraint(
                name="rulebook_parameter_one_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("jurisdiction", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "effective_from",
                            "effective_to",
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=models.Q(withdrawn_at__isnull=True),
                violation_error_message=_("Another row of this parameter holds on some of these days."),
            ),
            models.CheckConstraint(
                condition=models.Q(effective_to__isnull=True)
                | models.Q(effective_to__gte=models.F("effective_from")),
                name="rulebook_parameter_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(law__isnull=False) | ~models.Q(basis=""),
                name="rulebook_parameter_has_a_basis",
                violation_error_message=_("Name a law, or say in words what the number rests on."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="parameter_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="parameter_never_rewritten", exclude=["effective_to", "withdrawn_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.quantity}"

    @property
    def amount(self) -> int | Decimal:
        """The number without idle decimals: an int where it is one."""
        whole = self.value.to_integral_value()
        return int(whole) if whole == self.value else self.value.normalize()

    @property
    def quantity(self) -> str:
        """The number with what it counts, as people read it."""
        if self.unit == Unit.FLAG:
            return gettext("Yes") if self.value else gettext("No")
        return gettext("%(amount)s %(unit)s") % {
            "amount": f"{self.amount:,}",
            "unit": counted(self.unit, self.amount),
        }

    @property
    def confirmed(self) -> bool:
        """False while the legal section must still confirm it."""
        return self.mark not in self.UNCONFIRMED_MARKS

    @property
    def is_statutory(self) -> bool:
        """Whether it may be shown as what the law says."""
        return self.mark in self.STATUTORY_MARKS

    @property
    def source(self) -> str:
        """What the number rests on, as shown beside it: the law and article, or the basis in words."""
        if self.law is None:
            return self.basis
        return f"{self.law}{article_label(self.article) if self.article else ''}"

    @property
    def basis_url(self) -> str:
        """Where the law that it rests on can be read, at the article."""
        if self.law is None:
            return ""
        return self.law.get_absolute_url() + (f"#a{self.article}" if self.article else "")

    @property
    def standing(self) -> str:
        """How users are told where the number comes from; what is not confirmed is never called law."""
        if self.is_statutory:
            return gettext("Statutory")
        return gettext("Local practice") if self.confirmed else gettext("Platform default")


@tracked
class Question(models.Model):
    """What the legal section must confirm before the platform goes live, and its answer."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    text = models.TextField(_("question"))
    laws = models.ManyToManyField(Law, blank=True, related_name="questions", verbose_name=_("laws concerned"))
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("question to the legal section")
        verbose_name_plural = _("questions to the legal section")

    def __str__(self) -> str:
        return self.text
