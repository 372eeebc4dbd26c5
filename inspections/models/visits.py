"""A visit: one look at a site of any kind, its answers, findings, people and signatures (handbook §7)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from audit.history import tracked
from enterprises.models import Enterprise
from hazards.choices import EntryMode
from hazards.models import Hazard
from inspections.acts import Act
from inspections.choices import Outcome, PositionState, Result, Side, Trigger
from inspections.kinds import KINDS, Kind, VisitKind
from inspections.models.library import CheckItem, Edition
from inspections.models.self_checks import SelfCheckList
from inspections.querysets import VisitPartQuerySet, VisitQuerySet
from lifecycle.models import Stateful
from regions.models import Placed


@tracked
class Visit(Placed, Stateful):
    """One visit, planned or on the spot. Its kind says what it is in law and never changes."""

    number = models.CharField(pgettext_lazy("record", "number"), max_length=24, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=VisitKind.choices)
    trigger = models.CharField(_("why"), max_length=12, choices=Trigger.choices, default=Trigger.SPOT)
    occasion = models.CharField(pgettext_lazy("visit", "occasion"), max_length=200, blank=True)
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        related_name="visits",
        verbose_name=_("enterprise"),
        null=True,
        blank=True,
    )
    # The department or town that is looked at by a supervision of government.
    body = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name=_("government body"),
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name=_("carried out by"),
        null=True,
        blank=True,
    )
    editions = models.ManyToManyField(
        Edition, related_name="visits", verbose_name=_("checklists"), blank=True
    )
    self_check_list = models.ForeignKey(
        SelfCheckList,
        models.PROTECT,
        related_name="visits",
        verbose_name=_("self-check list"),
        null=True,
        blank=True,
    )
    people = models.ManyToManyField(User, through="Participant", related_name="visits")

    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    started_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(_("left the site at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    # What the device's own clock said; the server's clock is beside it.
    device_started_at = models.DateTimeField(_("begun by the device's clock"), null=True, blank=True)
    device_ended_at = models.DateTimeField(_("ended by the device's clock"), null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    accuracy = models.PositiveIntegerField(_("accuracy (m)"), null=True, blank=True)
    distance = models.PositiveIntegerField(_("distance from the registered place (m)"), null=True, blank=True)
    position_state = models.CharField(
        _("position"), max_length=12, choices=PositionState.choices, default=PositionState.MISSING
    )
    entry_mode = models.CharField(
        _("entry"), max_length=12, choices=EntryMode.choices, default=EntryMode.ONLINE
    )
    is_backfilled = models.BooleanField(_("back-filled"), default=False)
    # The one-screen check of the enterprise's facts was done (handbook §3.7, §18 row 3).
    facts_confirmed_at = models.DateTimeField(_("facts confirmed at"), null=True, blank=True)
    over_cap_reason = models.CharField(_("reason beyond the yearly cap"), max_length=300, blank=True)
    over_cap_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("agreed by"), null=True, blank=True
    )

    outcome = models.CharField(_("result"), max_length=8, choices=Outcome.choices, blank=True)
    summary = models.CharField(_("summary"), max_length=1000, blank=True)
    item_count = models.PositiveIntegerField(_("items"), default=0)
    failed_count = models.PositiveIntegerField(_("items not met"), default=0)
    hazard_count = models.PositiveIntegerField(_("hazards found"), default=0)
    # One form is one visit, however often the phone sends it.
    submission_key = models.UUIDField(_("submission key"), unique=True, null=True, blank=True)
    created_at = models.DateTimeField(_("entered at"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(enterprise=None, body__isnull=False)
                | models.Q(enterprise__isnull=False, body=None),
                name="visit_one_target",
            )
        ]
        indexes = [
            *(
                models.Index(
                    fields=[f"{level}_code", "-created_at", "-id"],
                    # A county that looks into one of its towns is answered by the town's index alone.
                    include=["county_code", "state", "kind"] if level == "town" else ["state", "kind"],
                    name=f"visit_{level}_created",
                )
                for level in ("city", "county", "town")
            ),
            *(
                models.Index(
                    fields=[f"{level}_code", "kind", "-finished_at", "-id"],
                    condition=models.Q(state="finished"),
                    name=f"visit_{level}_finished",
                )
                for level in ("city", "county", "town")
            ),
            models.Index(fields=["enterprise", "kind", "-finished_at", "-id"], name="visit_enterprise_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.target}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:visit", args=[self.pk])

    @property
    def kind_of(self) -> Kind:
        """What the kind of this visit asks for and counts as."""
        return KINDS[self.kind]

    @property
    def act(self) -> Act:
        """What this visit is called."""
        return self.kind_of.act

    @property
    def target(self) -> Enterprise | Organisation:
        """Whom the visit looks at."""
        return self.enterprise or self.body


class Participant(models.Model):
    """Somebody who takes part, with the enforcement certificate as it was on the day."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="participants")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    is_lead = models.BooleanField(_("leads"), default=False)
    certificate_number = models.CharField(_("enforcement certificate"), max_length=40, blank=True)

    objects = VisitPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["visit", "-is_lead", "id"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "user"], name="participant_once"),
            models.UniqueConstraint(
                fields=["visit"], condition=models.Q(is_lead=True), name="participant_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class Answer(models.Model):
    """The answer to one item of a visit. The newest device time wins; an older one that arrives late is ignored."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="answers")
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="+", verbose_name=_("check item"))
    result = models.CharField(_("result"), max_length=12, choices=Result.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    # Why something that is not met is no hazard: put right on the spot, recorded already…
    reason = models.CharField(_("why there is no hazard"), max_length=300, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("answered at"))
    device_time = models.DateTimeField(_("device time"), null=True, blank=True)
    # One tap answered everything that was still open: a way to answer, and one that is weighed.
    at_once = models.BooleanField(_("answered with one tap for all"), default=False)

    objects = VisitPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["visit", "id"]
        constraints = [models.UniqueConstraint(fields=["visit", "item"], name="answer_once")]
        indexes = [
            models.Index(fields=["item", "-id"], condition=models.Q(result="fail"), name="answer_failed")
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}/{self.item_id} {self.result}"


class Finding(models.Model):
    """A hazard found by a visit. The hazard is the one record; this row only says where it was found."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    hazard = models.OneToOneField(Hazard, models.PROTECT, related_name="finding")
    # Empty for a free finding.
    item = models.ForeignKey(
        CheckItem, models.PROTECT, related_name="+", verbose_name=_("check item"), null=True, blank=True
    )

    objects = VisitPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["visit", "id"]
        indexes = [models.Index(fields=["item", "-id"], name="finding_item")]

    def __str__(self) -> str:
        return f"{self.visit_id} → {self.hazard_id}"


class Signature(models.Model):
    """A signature given on site on the device; its picture is an attachment. Or the refusal to sign, with a witness."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="signatures")
    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    name = models.CharField(_("name"), max_length=40)
    title = models.CharField(_("title"), max_length=60, blank=True)
    signer = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    refused_reason = models.CharField(_("refused to sign because"), max_length=200, blank=True)
    witness = models.CharField(_("witness"), max_length=40, blank=True)
    signed_at = models.DateTimeField(_("signed at"))
    device_time = models.DateTimeField(_("device time"), null=True, blank=True)

    objects = VisitPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["visit", "id"]
        constraints = [models.UniqueConstraint(fields=["visit", "side", "name"], name="signature_once")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.name}"
