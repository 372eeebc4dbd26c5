"""Hazards (事故隐患) and what belongs to one: plan, progress, opinions, extension, site review, supervision listing."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from audit.history import tracked
from enterprises.models import Enterprise
from hazards.choices import Axis, Category, EntryMode, ExpertVerdict, Grade, Level, ListingLevel, Source
from hazards.querysets import ENDED_STATES, HazardPartQuerySet, HazardQuerySet, ListingPartQuerySet
from lifecycle.models import Stateful
from listings.text import BigramIndex
from regions.models import Placed
from rulebook.models import Law


class MajorHazardCriterion(models.Model):
    """One clause of the published criteria by which a hazard is major (重大事故隐患判定标准)."""

    law = models.ForeignKey(Law, models.PROTECT, verbose_name=_("standard"), null=True, blank=True)
    set_name = models.CharField(_("set"), max_length=80)
    sector = models.CharField(_("sector"), max_length=20)
    clause = models.CharField(_("clause"), max_length=40)
    text = models.CharField(_("text"), max_length=400)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("criterion of a major hazard")
        verbose_name_plural = _("criteria of major hazards")
        ordering = ["sector", "id"]
        constraints = [models.UniqueConstraint(fields=["set_name", "clause"], name="criterion_once")]

    def __str__(self) -> str:
        return f"{self.set_name} {self.clause}：{self.text}"


@tracked
class Hazard(Placed, Stateful):
    """A defect found at an enterprise, from finding to closing (handbook §5.3)."""

    number = models.CharField(pgettext_lazy("record", "number"), max_length=24, unique=True)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="hazards", verbose_name=_("enterprise")
    )
    source = models.CharField(_("found by"), max_length=16, choices=Source.choices)
    axis = models.CharField(_("axis"), max_length=12, choices=Axis.choices, default=Axis.SITE)
    category = models.CharField(
        _("category"), max_length=24, choices=Category.choices, default=Category.OTHER
    )
    grade = models.CharField(_("grade"), max_length=8, choices=Grade.choices, default=Grade.GENERAL)
    description = models.CharField(_("problem"), max_length=500)
    place = models.CharField(_("place"), max_length=120)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    criterion = models.ForeignKey(
        MajorHazardCriterion, models.PROTECT, verbose_name=_("criterion"), null=True, blank=True
    )
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)

    found_at = models.DateTimeField(_("found at"))
    found_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("finder"), null=True, blank=True
    )
    reported_at = models.DateTimeField(_("reported at"))
    device_time = models.DateTimeField(_("device time"), null=True, blank=True)
    entry_mode = models.CharField(
        _("entry"), max_length=12, choices=EntryMode.choices, default=EntryMode.ONLINE
    )
    # One report form is one hazard, however often the phone sends it.
    submission_key = models.UUIDField(_("submission key"), unique=True, null=True, blank=True)
    recurrence_of = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("recurrence of"), null=True, blank=True
    )

    immediate_fix = models.BooleanField(_("fixed at once"), default=False)
    responsible_person = models.CharField(_("responsible person"), max_length=40, blank=True)
    responsible_department = models.CharField(_("responsible department"), max_length=60, blank=True)
    measures = models.CharField(_("measures"), max_length=1000, blank=True)
    interim_control = models.CharField(_("interim control"), max_length=500, blank=True)
    contingency_plan = models.CharField(_("contingency plan"), max_length=500, blank=True)
    funds = models.DecimalField(
        _("funds (yuan)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    deadline_on = models.DateField(_("rectification deadline"), null=True, blank=True)
    employees_informed_on = models.DateField(_("employees informed on"), null=True, blank=True)

    rectified_at = models.DateTimeField(_("rectified at"), null=True, blank=True)
    rectified_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("rectified by"), null=True, blank=True
    )
    rectification_text = models.CharField(_("what was done"), max_length=1000, blank=True)
    rejected_count = models.PositiveSmallIntegerField(_("times returned"), default=0)
    extended_count = models.PositiveSmallIntegerField(_("times extended"), default=0)
    verifier = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("verifier"), null=True, blank=True
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    level_in_charge = models.CharField(
        _("in the hands of"), max_length=8, choices=Level.choices, default=Level.TOWN
    )
    is_suspended = models.BooleanField(_("work suspended"), default=False)
    is_listed = models.BooleanField(_("under supervision listing"), default=False)
    search_text = models.GeneratedField(
        expression=models.functions.Concat("number", models.Value(" "), "description"),
        output_field=models.CharField(max_length=530),
        db_persist=True,
    )

    objects = HazardQuerySet.as_manager()

    class Meta:
        verbose_name = _("hazard")
        verbose_name_plural = _("hazards")
        ordering = ["-found_at", "-id"]
        indexes = [
            models.Index(
                fields=["county_code", "-found_at", "-id"],
                include=["state", "grade"],
                name="hazard_county_found",
            ),
            models.Index(
                fields=["county_code", "closed_at", "id"],
                condition=models.Q(state="closed"),
                name="hazard_county_closed",
            ),
            models.Index(
                fields=["town_code", "-found_at", "-id"], include=["state", "grade"], name="hazard_town_found"
            ),
            models.Index(
                fields=["town_code", "closed_at", "id"],
                condition=models.Q(state="closed"),
                name="hazard_town_closed",
            ),
            models.Index(
                fields=["city_code", "-found_at", "-id"], include=["state", "grade"], name="hazard_city_found"
            ),
            models.Index(
                fields=["city_code", "closed_at", "id"],
                condition=models.Q(state="closed"),
                name="hazard_city_closed",
            ),
            models.Index(fields=["enterprise", "-found_at", "-id"], name="hazard_enterprise_found"),
            models.Index(
                fields=["county_code", "deadline_on", "id"],
                include=["state", "grade", "level_in_charge"],
                condition=~models.Q(state__in=ENDED_STATES),
                name="hazard_county_open",
            ),
            models.Index(
                fields=["town_code", "deadline_on", "id"],
                include=["state", "grade", "level_in_charge"],
                condition=~models.Q(state__in=ENDED_STATES),
                name="hazard_town_open",
            ),
            models.Index(
                fields=["city_code", "deadline_on", "id"],
                include=["state", "grade", "level_in_charge"],
                condition=~models.Q(state__in=ENDED_STATES),
                name="hazard_city_open",
            ),
            models.Index(
                fields=["level_in_charge", "id"],
                condition=~models.Q(state__in=ENDED_STATES),
                name="hazard_level_open",
            ),
            # The few that make an enterprise red; without it all hazards of each enterprise are read (`inspections.risk`).
            models.Index(
                fields=["enterprise"],
                condition=~models.Q(state__in=ENDED_STATES) & models.Q(grade="major"),
                name="hazard_enterprise_major",
            ),
            BigramIndex("search_text", name="hazard_search"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.description}"

    def get_absolute_url(self) -> str:
        return reverse("hazards:detail", args=[self.pk])

    @property
    def is_major(self) -> bool:
        """Say whether the hazard is a major one."""
        return self.grade == Grade.MAJOR


class GovernancePlan(models.Model):
    """One draft of the report and plan for a major hazard (O16): what is the matter, the five implementations (五落实)."""

    hazard = models.ForeignKey(Hazard, models.CASCADE, related_name="plans")
    draft_no = models.PositiveSmallIntegerField(_("draft"))
    condition = models.CharField(
        _("present state and cause"), max_length=1000, blank=True, default="", db_default=""
    )
    danger = models.CharField(
        _("danger, and difficulty of removal"), max_length=1000, blank=True, default="", db_default=""
    )
    goals = models.CharField(_("goals and tasks"), max_length=1000)
    measures = models.CharField(_("methods and measures"), max_length=2000)
    funds = models.DecimalField(
        _("funds (yuan)"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    funds_source = models.CharField(_("source of funds and materials"), max_length=300)
    responsible = models.CharField(_("persons and bodies responsible"), max_length=300)
    finish_on = models.DateField(_("finish on"))
    emergency_plan = models.CharField(_("safety measures and emergency plan"), max_length=1000)
    # Filled when an approved plan is changed while the hazard is being rectified.
    change_reason = models.CharField(_("why the plan is changed"), max_length=500, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    submitted_at = models.DateTimeField(_("submitted at"))
    decision = models.CharField(_("decision"), max_length=10, blank=True)
    decision_reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = HazardPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("governance plan")
        verbose_name_plural = _("governance plans")
        ordering = ["-draft_no"]
        constraints = [models.UniqueConstraint(fields=["hazard", "draft_no"], name="plan_draft_once")]

    def __str__(self) -> str:
        return f"{self.hazard_id} / {self.draft_no}"


class ExtensionRequest(models.Model):
    """The enterprise asks for a later rectification day, and what was answered."""

    hazard = models.ForeignKey(Hazard, models.CASCADE, related_name="extensions")
    reason = models.CharField(_("reason"), max_length=500)
    interim_control = models.CharField(_("interim control"), max_length=500)
    old_deadline_on = models.DateField(_("former deadline"))
    requested_on = models.DateField(_("requested deadline"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField(_("asked at"))
    granted = models.BooleanField(_("granted"), null=True)
    granted_on = models.DateField(_("granted until"), null=True, blank=True)
    decision_reason = models.CharField(_("reason of the decision"), max_length=500, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = HazardPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension request")
        verbose_name_plural = _("extension requests")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["hazard"], condition=models.Q(granted=None), name="one_open_extension"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hazard_id}: {self.old_deadline_on} → {self.requested_on}"


class SiteReview(models.Model):
    """The county's verification of a major hazard on site: who came, what they saw, what they found."""

    hazard = models.ForeignKey(Hazard, models.CASCADE, related_name="reviews")
    reviewed_on = models.DateField(_("reviewed on"))
    officers = models.ManyToManyField(User, verbose_name=_("officers"), related_name="+")
    expert_name = models.CharField(_("expert"), max_length=60, blank=True)
    findings = models.CharField(_("findings"), max_length=1000)
    passed = models.BooleanField(_("passed"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = HazardPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("site review")
        verbose_name_plural = _("site reviews")
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return f"{self.hazard_id} {self.reviewed_on}"


class SupervisionListing(models.Model):
    """A major hazard listed for supervision by a level of government (挂牌督办)."""

    hazard = models.ForeignKey(Hazard, models.CASCADE, related_name="listings")
    level = models.CharField(_("listed by"), max_length=10, choices=ListingLevel.choices)
    listing_body = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("listing body")
    )
    supervising_unit = models.CharField(
        _("supervising unit"), max_length=60, blank=True, default="", db_default=""
    )
    enterprise_responsible = models.CharField(_("responsible in the enterprise"), max_length=60)
    local_responsible = models.CharField(_("responsible in the town"), max_length=60)
    department_responsible = models.CharField(_("responsible in the department"), max_length=60)
    requirements = models.CharField(_("requirements"), max_length=500)
    deadline_on = models.DateField(_("deadline"))
    listed_at = models.DateTimeField(_("listed at"))
    listed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    delisted_at = models.DateTimeField(_("delisted at"), null=True, blank=True)
    delisted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    delisting_reason = models.CharField(_("reason of delisting"), max_length=500, blank=True)
    reported_at = models.DateTimeField(_("reported to the city at"), null=True, blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    # What anyone may read (handbook §2.4); it names no secret of the enterprise.
    public_text = models.CharField(_("public notice"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    delisting_published_at = models.DateTimeField(_("delisting published at"), null=True, blank=True)
    delisting_published_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = HazardPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision listing")
        verbose_name_plural = _("supervision listings")
        ordering = ["-listed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["hazard"], condition=models.Q(delisted_at=None), name="one_open_listing"
            )
        ]
        indexes = [
            models.Index(fields=["-listed_at", "-id"], name="listing_newest"),
            models.Index(
                fields=["-published_at", "-id"],
                condition=models.Q(published_at__isnull=False),
                name="listing_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hazard_id} {self.get_level_display()}"

    def get_absolute_url(self) -> str:
        return reverse("hazards:detail", args=[self.hazard_id])


class ProgressReport(models.Model):
    """How far the governance of a major hazard is; reported every week while it is being rectified."""

    hazard = models.ForeignKey(Hazard, models.CASCADE, related_name="progress")
    percent = models.PositiveSmallIntegerField(_("done (%)"), validators=[MaxValueValidator(100)])
    text = models.CharField(_("what was done"), max_length=1000)
    next_steps = models.CharField(_("next steps"), max_length=500, blank=True)
    difficulties = models.CharField(_("difficulties"), max_length=500, blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    reported_at = models.DateTimeField(_("reported at"))

    objects = HazardPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-reported_at", "-id"]
        indexes = [models.Index(fields=["hazard", "-reported_at", "-id"], name="progress_newest")]

    def __str__(self) -> str:
        return f"{self.hazard_id} {self.percent}%"


class ExpertOpinion(models.Model):
    """What an expert says of a major hazard, its plan or its removal."""

    hazard = models.ForeignKey(Hazard, models.CASCADE, related_name="opinions")
    expert_name = models.CharField(_("expert"), max_length=40)
    expert_title = models.CharField(_("office and title"), max_length=100, blank=True)
    given_on = models.DateField(_("given on"))
    verdict = models.CharField(_("conclusion"), max_length=10, choices=ExpertVerdict.choices)
    opinion = models.CharField(_("opinion"), max_length=2000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = HazardPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert opinion")
        verbose_name_plural = _("expert opinions")
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.hazard_id} {self.expert_name}"


class ListingExtension(models.Model):
    """The enterprise asks for a later day of a supervision listing, and what was answered."""

    listing = models.ForeignKey(SupervisionListing, models.CASCADE, related_name="extensions")
    reason = models.CharField(_("reason"), max_length=500)
    old_deadline_on = models.DateField(_("former deadline"))
    requested_on = models.DateField(_("requested deadline"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField(_("asked at"))
    granted = models.BooleanField(_("granted"), null=True)
    granted_on = models.DateField(_("granted until"), null=True, blank=True)
    decision_reason = models.CharField(_("reason of the decision"), max_length=500, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ListingPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension of a listing")
        verbose_name_plural = _("extensions of listings")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing"], condition=models.Q(granted=None), name="one_open_listing_extension"
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.old_deadline_on} → {self.requested_on}"
