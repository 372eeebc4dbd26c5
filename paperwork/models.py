"""Documents we issue: a row with frozen facts and, once rendered, its bytes and their hashes."""

from functools import reduce
from operator import or_

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation
from paperwork.querysets import IssuedDocumentQuerySet, ServiceReceiptQuerySet
from regions.models import Placed


class NumberSeries(models.Model):
    """The last number given: one series for each mark, word and year; the row is locked while one is taken."""

    mark = models.CharField(max_length=10)
    word = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "word", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"（{self.mark}）应急{self.word}〔{self.year}〕{self.last}号"


class RecordSerial(models.Model):
    """The last serial given to records of a kind in a county on a day, as in YH370523202603100001."""

    prefix = models.CharField(max_length=4)
    county = models.CharField(max_length=6)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "county", "day"], name="record_serial_once")]

    def __str__(self) -> str:
        return f"{self.prefix}{self.county}{self.day:%Y%m%d}{self.last:04d}"


class RenderState(models.TextChoices):
    """How far the paper is."""

    QUEUED = "queued", _("Waiting to be made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


# What the database itself keeps as it is, whoever asks: from issuing on, from rendering on, from withdrawal on.
ISSUED_ONCE = (
    "kind",
    "title",
    "number",
    "serial",
    "year",
    "organisation",
    "target_type",
    "target_id",
    "facts",
    "code",
    "base_url",
    "issued_by",
    "issued_at",
)
RENDERED_ONCE = ("state", "docx", "docx_sha256", "pdf", "pdf_sha256", "rendered_at")
WITHDRAWN_ONCE = ("withdrawn_at", "withdrawn_by", "withdrawal_reason")


def any_of(names: tuple[str, ...]) -> pgtrigger.Q:
    """Return the condition that one of the columns would change."""
    changes = (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in names)
    return reduce(or_, changes)


class IssuedDocument(Placed):
    """A document that left the house. It is rendered once and never again; a correction is a new document."""

    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=60)
    number = models.CharField(_("number"), max_length=60, unique=True)
    serial = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("issued by agency"))
    enterprise_id = models.BigIntegerField(null=True, db_index=True)
    target_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    target_id = models.BigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    code = models.CharField(_("code for verification"), max_length=9, unique=True)
    base_url = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=RenderState.choices, default=RenderState.QUEUED)
    error = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    docx = models.BinaryField(null=True)
    docx_sha256 = models.CharField(max_length=64, blank=True)
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("document", "issued by"),
    )
    issued_at = models.DateTimeField(_("issued at"))
    rendered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawal_reason = models.CharField(_("reason of withdrawal"), max_length=300, blank=True)

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued document")
        verbose_name_plural = _("issued documents")
        ordering = ["-issued_at", "-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "-id"], name="document_target"),
            models.Index(fields=["id"], condition=models.Q(state="queued"), name="document_queued"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="facts_stay", fields=list(ISSUED_ONCE)),
            pgtrigger.Protect(
                name="paper_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="ready") & any_of(RENDERED_ONCE),
            ),
            pgtrigger.Protect(
                name="withdrawal_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False) & any_of(WITHDRAWN_ONCE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("paperwork:document", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will happen by itself."""
        return self.state != RenderState.QUEUED


class Manner(models.TextChoices):
    """How a document is served on the party (Administrative Penalty Law 61, Civil Procedure Law)."""

    DIRECT = "direct", _("Handed over")
    LEAVE = "leave", _("Left behind")
    POST = "post", _("By post")
    ENTRUSTED = "entrusted", _("Through another agency")
    ELECTRONIC = "electronic", _("Electronically")
    ANNOUNCEMENT = "announcement", _("By announcement")


# Whoever serves in these manners must show by what: a witness, a slip, a confirmed address, a newspaper.
NEEDS_PROOF = frozenset({Manner.LEAVE, Manner.POST, Manner.ELECTRONIC, Manner.ANNOUNCEMENT})


class ServiceReceipt(models.Model):
    """That a document reached its party: how, when, into whose hands. Never changed; a correction is a new one."""

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="receipts")
    manner = models.CharField(_("manner of service"), max_length=12, choices=Manner.choices)
    served_at = models.DateTimeField(_("served at"))
    recipient = models.CharField(_("recipient"), max_length=60)
    place = models.CharField(_("place of service"), max_length=200, blank=True)
    proof = models.CharField(_("proof"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = ServiceReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("service receipt")
        verbose_name_plural = _("service receipts")
        ordering = ["-served_at", "-id"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_manner_display()} {self.recipient}"
