"""The record of what was done: written once, chained, never changed."""

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation, Organisation, Post, User
from audit.history import tracked, tracked_without
from audit.querysets import EntryQuerySet


def _never_emptied() -> pgtrigger.Trigger:
    """TRUNCATE passes by the triggers of rows, so it is refused for the table as a whole."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'The audit trail is append-only: % cannot be emptied', TG_TABLE_NAME;",
    )


class Entry(models.Model):
    """One thing that somebody, or the clock, did. Triggers refuse to change or remove it."""

    at = models.DateTimeField(_("at"), db_index=True)
    # The clock of the database: what an act claims as its moment is in `at`.
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
        null=True,
        blank=True,
        db_index=False,
    )
    actor_name = models.CharField(_("name"), max_length=40, blank=True)
    post_title = models.CharField(_("post"), max_length=80, blank=True)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("on behalf of"),
        null=True,
        blank=True,
    )
    verb = models.CharField(_("verb"), max_length=80)
    target_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", null=True, blank=True)
    target_id = models.BigIntegerField(null=True, blank=True)
    target = GenericForeignKey("target_type", "target_id")
    target_label = models.CharField(_("record"), max_length=200, blank=True)
    region = models.CharField(_("division"), max_length=15, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    data = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    ip = models.GenericIPAddressField(_("address"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-id"]
        # Each filter with the order in which people read: the newest first.
        indexes = [
            models.Index(fields=["target_type", "target_id", "-id"], name="entry_target"),
            models.Index(fields=["verb", "-id"], name="entry_verb"),
            models.Index(fields=["actor", "-id"], name="entry_actor"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            _never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb} {self.target_label}"


class Seal(models.Model):
    """The link of an entry in the chain: its hash over the entry and the hash before it.

    Kept apart from the entry and written by one task, so that those who write entries never queue for the chain.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="seal")
    seq = models.BigIntegerField(unique=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            _never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"


@tracked_without("password", "last_login")
class KeptUser(User):
    """An account, its history kept: never its password, and not the sign-ins, which have entries of their own."""

    class Meta:
        proxy = True
        default_permissions = ()


@tracked
class KeptPost(Post):
    """A post, its history kept."""

    class Meta:
        proxy = True
        default_permissions = ()


@tracked
class KeptOrganisation(Organisation):
    """An organisation, its history kept."""

    class Meta:
        proxy = True
        default_permissions = ()


@tracked
class KeptDelegation(Delegation):
    """A delegation, its history kept."""

    class Meta:
        proxy = True
        default_permissions = ()
