"""What is told to whom: messages in the product, text messages, their wordings and people's wishes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedCharField

from inbox.querysets import DeliveryQuerySet, MessageQuerySet
from regions.models import Placed, Region


class Channel(models.TextChoices):
    """The ways a message takes."""

    APP = "app", _("In the product")
    SMS = "sms", _("SMS")


class Message(models.Model):
    """One message to one person, read inside the product."""

    key = models.CharField(max_length=200, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="inbox_messages")
    code = models.CharField(_("notice"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(_("page"), max_length=500, blank=True)
    at = models.DateTimeField(_("sent"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="inbox_message_of_user"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="inbox_message_unread"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_unread(self) -> bool:
        """Whether the person has not opened it yet."""
        return self.read_at is None


class DeliveryState(models.TextChoices):
    """Where a text message stands on its way."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    EXPIRED = "expired", _("Too late")
    UNKNOWN = "unknown", _("Uncertain")


class Delivery(Placed):
    """One text message to one number. The number is encrypted; `recipient` tells people apart without it."""

    # The place of the record it is about; a message about no place is seen by nobody but its receiver.
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("division")
    )
    key = models.CharField(max_length=200, unique=True, editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.SMS)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="deliveries"
    )
    recipient = models.CharField(max_length=80, editable=False)
    recipient_name = models.CharField(_("receiver"), max_length=100, blank=True)
    phone = EncryptedCharField(_("phone"), max_length=200)
    template_code = models.CharField(_("notice"), max_length=80)
    text = models.CharField(_("text"), max_length=500)
    fields = models.JSONField(_("fields"), default=dict, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    state = models.CharField(
        _("state"), max_length=8, choices=DeliveryState, default=DeliveryState.QUEUED, db_index=False
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    renewed = models.PositiveSmallIntegerField(_("renewed"), default=0)
    at = models.DateTimeField(_("written"))
    next_try_at = models.DateTimeField(_("next try"))
    expires_at = models.DateTimeField(_("worthless after"))
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    provider_id = models.CharField(_("number at the provider"), max_length=100, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("text message")
        verbose_name_plural = _("text messages")
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(state="queued"), name="inbox_delivery_queued"
            ),
            models.Index(
                fields=["claimed_at"], condition=models.Q(state="sending"), name="inbox_delivery_sending"
            ),
            # What the administrators filter by, the newest first.
            models.Index(
                fields=["-id"],
                condition=models.Q(state__in=["failed", "expired", "unknown"]),
                name="inbox_delivery_not_sent",
            ),
            models.Index(fields=["template_code", "-id"], name="inbox_delivery_by_notice"),
            models.Index(fields=["recipient", "claimed_at"], name="inbox_delivery_per_person"),
            models.Index(fields=["city_code", "-at", "-id"], name="inbox_delivery_by_city"),
            models.Index(fields=["county_code", "-at", "-id"], name="inbox_delivery_by_county"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def provider_key(self) -> str:
        """What a provider knows the message by: one key for all attempts, a new one when it is renewed."""
        return f"{self.key}:{self.renewed}" if self.renewed else self.key


class MessageTemplate(models.Model):
    """An administrator's own wording of a notice; an empty text means the wording of the product."""

    code = models.CharField(_("notice"), max_length=80)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), max_length=500, blank=True)
    provider_code = models.CharField(
        _("template number at the provider"),
        max_length=40,
        blank=True,
        help_text=_("The number under which the SMS provider approved this text, for example SMS_123456789."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["code", "channel"]
        verbose_name = _("wording of a message")
        verbose_name_plural = _("wordings of messages")
        constraints = [models.UniqueConstraint(fields=["code", "channel"], name="inbox_template_unique")]

    def __str__(self) -> str:
        return f"{self.code} · {self.get_channel_display()}"


class Preference(models.Model):
    """That a person wants no text message of one notice; without a row, the notice is sent."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="inbox_preferences")
    code = models.CharField(_("notice"), max_length=80)
    sms = models.BooleanField(_("by SMS"), default=True)

    class Meta:
        verbose_name = _("message preference")
        verbose_name_plural = _("message preferences")
        constraints = [models.UniqueConstraint(fields=["user", "code"], name="inbox_preference_unique")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.code}"


class FailedNotice(models.Model):
    """A notice of one event that broke: kept with its error and tried again, while the rest goes out."""

    source = models.CharField(max_length=16)
    event_id = models.BigIntegerField()
    notice = models.CharField(_("notice"), max_length=80)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    error = models.TextField(_("error"))
    at = models.DateTimeField(_("first failed"))
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    solved_at = models.DateTimeField(_("solved"), null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("failed notice")
        verbose_name_plural = _("failed notices")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "event_id", "notice"], name="inbox_failed_notice_unique"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(solved_at=None), name="inbox_failed_notice_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.source}:{self.event_id}"
