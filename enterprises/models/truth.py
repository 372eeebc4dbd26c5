"""How far the file is known to be true: confirmations, doubts, changes asked for, conflicts, and the score."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.groups import BY_CODE, CHOICES
from enterprises.models.enterprise import Enterprise
from enterprises.querysets import EnterprisePartQuerySet
from lifecycle.models import Stateful


class FactSource(models.TextChoices):
    """From where it is known that the facts are right."""

    ENTERPRISE = "enterprise", _("The enterprise")
    ON_SITE = "on_site", _("Regulator on site")
    PERMIT = "permit", _("Permit")
    IMPORT = "import", _("Import")
    REGISTRATION = "registration", _("Registration")


class EventKind(models.TextChoices):
    """What happened to a group of facts."""

    CONFIRMED = "confirmed", _("Confirmed")
    DOUBTED = "doubted", _("Doubted")


class SeenBy(models.TextChoices):
    """Which business saw something else than the file says."""

    INSPECTION = "inspection", _("Inspection")
    PATROL = "patrol", _("Patrol")
    PERMIT = "permit", _("Permit")
    SMS = "sms", _("Text message")
    REGISTRATION = "registration", _("Registration")
    COMPLAINT = "complaint", _("Complaint")
    OTHER = "other", _("Other")


class OfEnterprise(models.Model):
    """A row that belongs to an enterprise and lies where it lies."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="%(class)ss", verbose_name=_("enterprise")
    )

    objects = EnterprisePartQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def region_id(self) -> str:
        """The division of the enterprise: where an entry on record and a message belong."""
        return self.enterprise.region_id


class FactGroup(OfEnterprise):
    """How one group of facts of one enterprise stands: who confirmed it last, until when that counts."""

    # Found by `fact_group_once`. An import writes a quarter of a million rows here: no index that nobody asks.
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="factgroups", verbose_name=_("enterprise"), db_index=False
    )
    group = models.CharField(_("group of facts"), max_length=12, choices=CHOICES)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        db_index=False,
    )
    source = models.CharField(_("source"), max_length=12, choices=FactSource.choices, blank=True)
    stale_on = models.DateField(_("stale from"), null=True, blank=True)
    doubt = models.CharField(_("doubt"), max_length=300, blank=True)
    doubted_at = models.DateTimeField(_("doubted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("group of facts")
        verbose_name_plural = _("groups of facts")
        ordering = ["enterprise", "id"]
        constraints = [models.UniqueConstraint(fields=["enterprise", "group"], name="fact_group_once")]
        indexes = [models.Index(fields=["group", "stale_on", "id"], name="fact_group_stale")]

    def __str__(self) -> str:
        return str(BY_CODE[self.group].label)


class VerificationEvent(OfEnterprise):
    """That somebody confirmed a group of facts, or that something made it doubtful. Never changed."""

    # As in every trail the database does not look the file up again for each row; it is found by `verification_newest`.
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        related_name="verificationevents",
        verbose_name=_("enterprise"),
        db_index=False,
        db_constraint=False,
    )
    group = models.CharField(_("group of facts"), max_length=12, choices=CHOICES)
    kind = models.CharField(_("event"), max_length=10, choices=EventKind.choices)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=_("person"),
        null=True,
        blank=True,
        db_index=False,
    )
    source = models.CharField(_("source"), max_length=12, choices=FactSource.choices, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["enterprise", "-at", "-id"], name="verification_newest")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{BY_CODE[self.group].label} {self.get_kind_display()}"


class ChangeRequest(OfEnterprise, Stateful):
    """Key facts that the enterprise asks to change; the regulator compares both sides and answers."""

    # Field name → value as JSON; only fields that differ.
    before = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("decided by"), null=True, blank=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_note = models.CharField(_("note on the decision"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(state="submitted"), name="change_request_one_open"
            )
        ]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="change_request_newest")]

    def __str__(self) -> str:
        labels = (str(Enterprise._meta.get_field(name).verbose_name) for name in self.after)
        return f"{self.enterprise.name}：{'、'.join(labels)}"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:change_request", args=[self.pk])


class Conflict(OfEnterprise, Stateful):
    """What the file says against what business saw: a task to resolve, with both values."""

    field = models.CharField(_("field"), max_length=40)
    group = models.CharField(_("group of facts"), max_length=12, choices=CHOICES)
    declared = models.CharField(_("on file"), max_length=300, blank=True)
    seen = models.CharField(_("seen"), max_length=300)
    source = models.CharField(_("seen in"), max_length=12, choices=SeenBy.choices)
    reference = models.CharField(_("record behind it"), max_length=200, blank=True)
    reference_url = models.CharField(max_length=300, blank=True)
    reported_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("reported by"), null=True, blank=True
    )
    reported_at = models.DateTimeField(_("reported at"))
    resolved_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("resolved by"), null=True, blank=True
    )
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["-reported_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "field", "seen"], condition=Q(state="open"), name="conflict_once_open"
            )
        ]
        indexes = [models.Index(fields=["-reported_at", "-id"], name="conflict_newest")]

    def __str__(self) -> str:
        return f"{self.enterprise.name}：{self.what}"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:conflict", args=[self.pk])

    @property
    def what(self) -> Any:
        """The label of the field, or of the group when the field is none of the file's own."""
        known = {field.name: field for field in Enterprise._meta.get_fields() if hasattr(field, "attname")}
        return known[self.field].verbose_name if self.field in known else BY_CODE[self.group].label


class QualityScore(OfEnterprise):
    """How good the file is: how much of it is fresh, how much of the mandatory part is filled. Made by one statement."""

    enterprise = models.OneToOneField(
        Enterprise, models.CASCADE, related_name="quality", verbose_name=_("enterprise")
    )
    score = models.PositiveSmallIntegerField(_("score"))
    freshness = models.PositiveSmallIntegerField(_("freshness (%)"))
    completeness = models.PositiveSmallIntegerField(_("completeness (%)"))
    stale = ArrayField(
        models.CharField(max_length=12, choices=CHOICES), verbose_name=_("stale groups"), default=list
    )
    missing = ArrayField(models.CharField(max_length=40), verbose_name=_("missing fields"), default=list)
    # A pass writes only what differs, so that a night in which nothing changed writes nothing.
    since = models.DateField(_("so since"))

    class Meta:
        verbose_name = _("quality of a file")
        verbose_name_plural = _("quality of files")
        ordering = ["score", "id"]
        indexes = [models.Index(fields=["score", "id"], name="quality_worst")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.score}"
