"""What happens to a file as a whole: stops and their evidence, moving to another district, merging, handing over."""

from datetime import date

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.models.enterprise import Enterprise
from enterprises.querysets import EnterprisePartQuerySet, TransferQuerySet
from lifecycle.models import Stateful
from regions.models import Placed, Region
from regions.querysets import RegionScopedQuerySet
from regions.scope import ScopeFields


class StopKind(models.TextChoices):
    """What kind of stop an enterprise asks for."""

    SELF = "self", _("Stops by itself")
    SEASONAL = "seasonal", _("Stops for the season")


class StopOutcome(models.TextChoices):
    """What became of a stop that was asked for."""

    VERIFIED = "verified", _("Seen on site")
    REFUSED = "refused", _("Not confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    OVERTAKEN = "overtaken", _("Overtaken by another step")


class StopRequest(models.Model):
    """An enterprise says that it stops; it counts only after the town has looked (handbook §3.5)."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="stop_requests", verbose_name=_("enterprise")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=StopKind.choices)
    stop_on = models.DateField(_("stopped from"))
    planned_until = models.DateField(_("planned until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=StopOutcome.choices, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_reason = models.CharField(_("reason of the decision"), max_length=500, blank=True)

    objects = EnterprisePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("stop asked for")
        verbose_name_plural = _("stops asked for")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(outcome=""), name="enterprise_one_open_stop"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id}: {self.get_kind_display()} {self.stop_on}"


class StatusProof(models.Model):
    """What proves a change of status: who saw what on which day, and by which paper; its files hang on it."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="proofs", verbose_name=_("enterprise")
    )
    verb = models.CharField(_("step"), max_length=40)
    status = models.CharField(_("status after it"), max_length=20)
    seen_on = models.DateField(_("day of the paper or the visit"))
    document_number = models.CharField(_("number of the paper"), max_length=60, blank=True)
    note = models.CharField(_("what was found"), max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, verbose_name=_("person"))
    at = models.DateTimeField(_("moment"))

    objects = EnterprisePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of a status")
        verbose_name_plural = _("evidence of statuses")
        ordering = ["-id"]
        indexes = [models.Index(fields=["enterprise", "-id"], name="proof_enterprise")]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            # Merging two files may move it from one to the other.
            pgtrigger.ReadOnly(name="append_only", exclude=["enterprise"]),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id}: {self.verb} {self.seen_on}"


class Transfer(Placed, Stateful):
    """A file asked to be taken over by another district; `region` is where it is to go."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="transfers", verbose_name=_("enterprise")
    )
    from_region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("from"))
    reason = models.CharField(_("reason"), max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_reason = models.CharField(_("reason of the decision"), max_length=500, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer of a file")
        verbose_name_plural = _("transfers of files")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(state="asked"), name="enterprise_one_open_transfer"
            )
        ]
        indexes = [models.Index(fields=["county_code", "-id"], name="transfer_county_new")]

    def __str__(self) -> str:
        return f"{self.enterprise} → {self.region}"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:transfer", args=[self.pk])


class MergedQuerySet(RegionScopedQuerySet):
    """Merges, seen by who sees the file that was kept."""

    scope_fields = ScopeFields(
        prefix="kept__",
        industry="kept__regulatory_category",
        enterprise="kept_id",
        grid="kept__grid_id",
    )


class MergeRecord(models.Model):
    """Two files that were one enterprise: what was kept, what was dropped, and what is needed to part them again."""

    kept = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="merges", verbose_name=_("file that was kept")
    )
    dropped_id = models.BigIntegerField(_("number of the file that was dropped"), db_index=True)
    dropped_name = models.CharField(_("name in the file that was dropped"), max_length=120)
    dropped_uscc = models.CharField(_("code in the file that was dropped"), max_length=18)
    # The dropped row, the fields that the kept one took from it (as they were before), and every row that moved.
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)
    filled = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    moved = models.JSONField(default=dict)
    set_aside = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("moment"))
    undo_until = models.DateField(_("can be undone until"))
    undone_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = MergedQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of two files")
        verbose_name_plural = _("merges of files")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.dropped_name} → {self.kept}"

    def open_on(self, day: date) -> bool:
        """Say whether the merge can still be undone on the day."""
        return self.undone_at is None and day <= self.undo_until


class Handover(models.Model):
    """A safety officer left, and who has the tasks now (handbook §18 row 10)."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="handovers", verbose_name=_("enterprise")
    )
    leaver = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who leaves"))
    last_day = models.DateField(_("last day"))
    successor = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("successor's account")
    )
    successor_name = models.CharField(_("successor"), max_length=40)
    successor_phone = models.CharField(_("successor's mobile"), max_length=20)
    to_principal = models.BooleanField(_("falls to the principal"), default=False)
    open_tasks = models.PositiveIntegerField(_("open tasks handed over"), default=0)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("moment"))

    objects = EnterprisePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover of a safety officer")
        verbose_name_plural = _("handovers of safety officers")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.enterprise_id}: {self.leaver} → {self.successor_name}"
