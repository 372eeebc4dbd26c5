"""The columns of a record that has states, and the row for each move."""

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Stateful(models.Model):
    """A record that moves by verbs. Only `lifecycle.services` writes these columns.

    A model whose state is kept under another name says so by `state_field` and has `state` as a property.
    """

    state_field = "state"

    state = models.CharField(_("state"), max_length=24)
    state_since = models.DateTimeField(_("in this state since"))
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        abstract = True


class StateChange(models.Model):
    """A verb that was done: history, and the outbox from which people are told. Never changed."""

    target_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    target_id = models.BigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    lifecycle = models.CharField(_("lifecycle"), max_length=60)
    verb = models.CharField(_("verb"), max_length=60)
    from_state = models.CharField(_("from state"), max_length=24, blank=True)
    to_state = models.CharField(_("to state"), max_length=24)
    # The record's version after the move: tells a second click from a change that came between.
    version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("person"),
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("on behalf of"),
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    data = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    dispatched_at = models.DateTimeField(_("told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("state change")
        verbose_name_plural = _("state changes")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="statechange_target"),
            models.Index(fields=["id"], condition=Q(dispatched_at__isnull=True), name="statechange_untold"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="append_only", exclude=["dispatched_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.lifecycle} {self.verb}: {self.from_state} → {self.to_state}"

    @property
    def outbox_code(self) -> str:
        """What a message about this subscribes to: `hazards.report`."""
        return f"{self.lifecycle.partition('.')[0]}.{self.verb}"
