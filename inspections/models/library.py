"""The checklist library: items once each, checklists, and the editions in which a checklist was in use.

An item is written once and stands in as many checklists as need it. A published edition and the items in it never change;
a better wording is a new item that `replaces` the old one, and a new edition. So an old visit keeps what it asked.
"""

from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import tracked
from enterprises.choices import RegulatoryCategory, RiskTag
from hazards.choices import Category, Grade
from hazards.models import MajorHazardCriterion
from inspections.choices import Method, Purpose, ReferenceRole
from inspections.querysets import CheckItemQuerySet, ChecklistQuerySet, EditionQuerySet
from lifecycle.models import Stateful
from listings.text import BigramIndex
from rulebook.models import Article, Law, Mark
from rulebook.numerals import article_label

# An item of the library that may be chosen: published once, and not replaced since.
IN_USE = models.Q(owner=None, retired_at=None, published_at__isnull=False)


@cache
def words_of_methods(codes: tuple[str, ...], language: str | None) -> str:
    """Return ways of checking in words of the language; a long list asks for the same few again and again."""
    return "＋".join(str(Method(code).label) for code in codes)


@tracked
class CheckItem(models.Model):
    """One requirement that can be looked at: what, how, by which law, and what follows when it is not met."""

    code = models.CharField(pgettext_lazy("item", "code"), max_length=40)
    section = models.CharField(_("section"), max_length=80, blank=True)
    content = models.CharField(_("what is checked"), max_length=500)
    methods = ArrayField(
        models.CharField(max_length=10, choices=Method.choices),
        verbose_name=_("how"),
        default=list,
        blank=True,
    )
    category = models.CharField(
        _("category"), max_length=24, choices=Category.choices, default=Category.OTHER
    )
    grade = models.CharField(_("grade"), max_length=8, choices=Grade.choices, default=Grade.GENERAL)
    criterion = models.ForeignKey(
        MajorHazardCriterion, models.PROTECT, verbose_name=_("criterion"), null=True, blank=True
    )
    measure = models.CharField(_("measure on site"), max_length=200, blank=True)
    discretion = models.CharField(_("discretion entry"), max_length=60, blank=True)
    mark = models.CharField(_("confidence"), max_length=2, choices=Mark, default=Mark.DEFAULT)
    # An item that an enterprise wrote for its own list; empty for the library.
    owner = models.ForeignKey(
        "enterprises.Enterprise",
        models.PROTECT,
        related_name="own_items",
        verbose_name=_("written by"),
        null=True,
        blank=True,
    )
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="replacements",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
    )
    # Empty while it only stands in drafts: until then it may still be rewritten.
    published_at = models.DateTimeField(_("in use since"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)
    created_at = models.DateTimeField(_("entered at"))
    search_text = models.GeneratedField(
        expression=models.functions.Concat(
            "code", models.Value(" "), "section", models.Value(" "), "content"
        ),
        output_field=models.CharField(max_length=630),
        db_persist=True,
    )

    objects = CheckItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("check item")
        verbose_name_plural = _("check items")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=IN_USE, name="check_item_code_once")
        ]
        indexes = [
            models.Index(fields=["code", "id"], condition=IN_USE, name="check_item_code"),
            models.Index(fields=["category", "code", "id"], condition=IN_USE, name="check_item_category"),
            models.Index(fields=["grade", "code", "id"], condition=IN_USE, name="check_item_grade"),
            models.Index(fields=["owner"], condition=~models.Q(owner=None), name="check_item_owner"),
            BigramIndex("search_text", name="check_item_search", placed=False),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.content}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:item", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Say whether it only stands in drafts, and so may still be rewritten in place."""
        return self.owner_id is None and self.published_at is None

    @property
    def method_words(self) -> str:
        """How it is checked, in words."""
        return words_of_methods(tuple(self.methods), get_language())


class ItemReference(models.Model):
    """What an item has to do with an article: its basis, the measure on site, or the penalty.

    The article is named by law and number, not by row, so that the reference holds whatever text is in force; for a
    standard without articles `clause` says where.
    """

    item = models.ForeignKey(
        CheckItem, models.CASCADE, related_name="references", verbose_name=_("check item")
    )
    role = models.CharField(pgettext_lazy("reference", "role"), max_length=8, choices=ReferenceRole.choices)
    law = models.ForeignKey(Law, models.PROTECT, related_name="+", verbose_name=_("law"))
    number = models.PositiveIntegerField(_("article"), null=True, blank=True)
    branch = models.PositiveSmallIntegerField(_("inserted article"), default=0)
    clause = models.CharField(_("paragraph or clause"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("reference to the law")
        verbose_name_plural = _("references to the law")
        ordering = ["item", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "role", "law", "number", "branch", "clause"],
                name="item_reference_once",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["law", "number", "branch"], name="item_reference_article")]

    def __str__(self) -> str:
        return f"{self.law}{self.place}"

    @property
    def place(self) -> str:
        """Where in the law: 第四十一条, or the clause of a standard."""
        label = article_label(self.number, self.branch) if self.number else ""
        return f"{label}{self.clause}"

    @property
    def key(self) -> str:
        """The article as addresses write it: 41, or 134-1; empty where there is none."""
        return "" if not self.number else f"{self.number}-{self.branch}" if self.branch else str(self.number)

    @property
    def url(self) -> str:
        """Where it can be read: the article, or the law where it has no article."""
        return f"{self.law.get_absolute_url()}{f'#a{self.key}' if self.number else ''}"


class ReferenceReview(models.Model):
    """An article that items refer to got a new text: somebody must read whether the item still holds."""

    reference = models.ForeignKey(ItemReference, models.CASCADE, related_name="reviews")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+", verbose_name=_("new text"))
    found_at = models.DateTimeField(_("found at"))
    still_holds = models.BooleanField(_("still holds"), null=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("review of a reference")
        verbose_name_plural = _("reviews of references")
        ordering = ["-found_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["reference", "article"], name="reference_review_once")]

    def __str__(self) -> str:
        return f"{self.reference_id} {self.article_id}"


@tracked
class Checklist(models.Model):
    """A checklist as people know it: for an industry, a scenario, a law; its content is in its editions."""

    code = models.CharField(pgettext_lazy("item", "code"), max_length=60, unique=True)
    title = models.CharField(pgettext_lazy("checklist", "title"), max_length=120)
    purpose = models.CharField(
        _("looks at"), max_length=12, choices=Purpose.choices, default=Purpose.ENTERPRISE
    )
    # To whom it is proposed. Empty: to every industry, kind of enterprise, risk.
    categories = ArrayField(
        models.CharField(max_length=20), verbose_name=_("industries"), default=list, blank=True
    )
    sub_categories = ArrayField(
        models.CharField(max_length=20), verbose_name=_("sub-categories"), default=list, blank=True
    )
    risk_tags = ArrayField(
        models.CharField(max_length=20, choices=RiskTag.choices),
        verbose_name=_("special risks"),
        default=list,
        blank=True,
    )
    scenario = models.CharField(_("scenario"), max_length=60, blank=True)
    basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("entered at"))

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("inspections:checklist", args=[self.pk])

    @property
    def proposed_to(self) -> list[str]:
        """The industries, kinds of enterprise and risks to which it is proposed, in words; empty for everybody."""
        industries = [str(RegulatoryCategory(code).label) for code in self.categories]
        return [*industries, *self.sub_categories, *(str(RiskTag(code).label) for code in self.risk_tags)]


@tracked
class Edition(Stateful):
    """One edition of a checklist: drafted, reviewed, published, and in the end withdrawn."""

    checklist = models.ForeignKey(
        Checklist, models.PROTECT, related_name="editions", verbose_name=_("checklist")
    )
    number = models.PositiveIntegerField(_("edition"))
    changes = models.CharField(_("what is new"), max_length=500, blank=True)
    items = models.ManyToManyField(CheckItem, through="EditionLine", related_name="editions")
    item_count = models.PositiveIntegerField(_("items"), default=0)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a checklist")
        verbose_name_plural = _("editions of checklists")
        ordering = ["checklist", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["checklist"], condition=models.Q(state="published"), name="edition_one_published"
            ),
            models.UniqueConstraint(
                fields=["checklist"],
                condition=models.Q(state__in=("draft", "review")),
                name="edition_one_in_work",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checklist} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:edition", args=[self.pk])

    @property
    def region_id(self) -> str | None:
        """The city whose people keep the library: where its clocks and messages belong."""
        organisation = self.drafted_by.organisation if self.drafted_by else None
        return organisation.region_id[:4] if organisation and organisation.region_id else None


class EditionLine(models.Model):
    """An item at its place in an edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="lines")
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        verbose_name = _("line of an edition")
        verbose_name_plural = _("lines of editions")
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "item"], name="edition_line_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.position}"


class ImportedLine(models.Model):
    """A row of a table that somebody imports, on its way into the draft edition of a checklist.

    The listings room checks and writes rows here; taking them over (`library.importing`) empties the table again.
    """

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="+", verbose_name=_("checklist"))
    code = models.CharField(pgettext_lazy("item", "code"), max_length=40)
    position = models.PositiveIntegerField(_("position"), default=0)
    section = models.CharField(_("section"), max_length=80, blank=True)
    content = models.CharField(_("what is checked"), max_length=500)
    methods = ArrayField(models.CharField(max_length=10), verbose_name=_("how"), default=list, blank=True)
    category = models.CharField(_("category"), max_length=24, default=Category.OTHER)
    grade = models.CharField(_("grade"), max_length=8, default=Grade.GENERAL)
    criterion = models.CharField(_("criterion"), max_length=130, blank=True)
    basis = models.CharField(_("legal basis"), max_length=300)
    measure = models.CharField(_("measure on site"), max_length=200, blank=True)
    penalty = models.CharField(_("penalty"), max_length=300, blank=True)
    discretion = models.CharField(_("discretion entry"), max_length=60, blank=True)
    mark = models.CharField(_("confidence"), max_length=2, default=Mark.MEMORY)

    class Meta:
        verbose_name = _("imported line")
        verbose_name_plural = _("imported lines")
        ordering = ["checklist", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["checklist", "code"], name="imported_line_once")]

    def __str__(self) -> str:
        return f"{self.checklist_id}/{self.code}"
