"""Files people gave us: what they are, what they show, and to which record they belong."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """Whether the file is safe to open."""

    RECEIVED = "received", _("Being checked")
    CLEAN = "clean", _("Checked")
    REFUSED = "refused", _("Refused")


class Attachment(models.Model):
    """One file as it was given. Who may open it is decided by the record it belongs to."""

    target_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", null=True, blank=True)
    target_id = models.BigIntegerField(null=True, blank=True)
    target = GenericForeignKey("target_type", "target_id")
    purpose = models.CharField(_("purpose"), max_length=20)
    file = models.FileField(_("file"), upload_to="attachments/%Y/%m/%d")
    # Upright and without hidden data: what a page shows instead of the file itself.
    shown = models.FileField(_("shown copy"), upload_to="shown/%Y/%m/%d", blank=True)
    thumbnail = models.FileField(_("thumbnail"), upload_to="thumbnails/%Y/%m/%d", blank=True)
    original_name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("file size"))
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    # What the camera said, before it is stripped from what is shown.
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    # Sixty-four bits that stay nearly the same when a photo is scaled or saved again.
    phash = models.CharField(max_length=16, blank=True, db_index=True)
    scan_state = models.CharField(max_length=10, choices=ScanState.choices, default=ScanState.RECEIVED)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by")
    )
    uploaded_at = models.DateTimeField(_("given at"))
    # What the phone's clock said when a photo was kept offline and sent later.
    device_time = models.DateTimeField(_("device time"), null=True, blank=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="attachment_target"),
            models.Index(fields=["uploaded_at"], condition=Q(target_id=None), name="attachment_unbound"),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_image(self) -> bool:
        """Say whether it can be shown as a picture."""
        return self.content_type.startswith("image/")
