"""What is exchanged with other systems: who may ask by machine, and what the market regulator has sent."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from enterprises.choices import EnterpriseType
from enterprises.models.enterprise import Enterprise
from enterprises.terms import term_in_order
from lifecycle.models import Stateful
from listings.text import BigramIndex
from regions.models import Placed
from regions.querysets import RegionScopedQuerySet


class RegistrationKind(models.TextChoices):
    """What the market regulator did to the registration."""

    REGISTER = "register", _("Registered")
    CHANGE = "change", _("Registration changed")
    DEREGISTER = "deregister", _("Registration cancelled")
    REVOKE = "revoke", _("Business licence revoked")


ENDINGS = frozenset({RegistrationKind.DEREGISTER, RegistrationKind.REVOKE})


class Waiting(models.TextChoices):
    """Why a notice needs a person."""

    NO_FILE = "no_file", _("No file of this code")
    ENDING = "ending", _("The file still stands")
    ENDED = "ended", _("The file has ended already")
    MOVED = "moved", _("The file lies in another county")
    OLDER = "older", _("A later notice has been taken over already")
    INDUSTRY = "industry", _("The industry differs from the file")


class ApiToken(models.Model):
    """A key by which another department's system asks: it shows what its person's posts show, and no more."""

    name = models.CharField(_("used by"), max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("organisation"))
    user = models.ForeignKey(
        User, models.PROTECT, related_name="api_tokens", verbose_name=_("sees and does as")
    )
    start = models.CharField(_("begins with"), max_length=12)
    # Only the digest is kept: who reads the table cannot use what stands in it.
    digest = models.CharField(max_length=64, unique=True)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    per_minute = models.PositiveSmallIntegerField(_("requests a minute"), default=120)
    issued_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("token", "issued by"),
        editable=False,
    )
    issued_at = models.DateTimeField(pgettext_lazy("token", "issued at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="token_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.start}…"

    def holds_on(self, day: date) -> bool:
        """Say whether the token opens anything on the day."""
        return self.withdrawn_at is None and self.from_on <= day <= self.to_on and self.user.is_active


class RegistrationQuerySet(RegionScopedQuerySet):
    """Notices of the market regulator, seen by who regulates the place."""

    def waiting(self) -> "RegistrationQuerySet":
        """Keep those that need a person."""
        return self.filter(state="waiting")


class Registration(Placed, Stateful):
    """One notice of the market regulator about one business licence (注册、变更、注销、吊销)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("sent by"))
    token = models.ForeignKey(ApiToken, models.PROTECT, related_name="+", verbose_name=_("API token"))
    key = models.CharField(_("idempotency key"), max_length=80)
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(_("notice"), max_length=12, choices=RegistrationKind.choices)
    notice_no = models.CharField(_("number at the sender"), max_length=60, blank=True)
    event_on = models.DateField(_("day at the registry"))
    uscc = models.CharField(_("unified social credit code"), max_length=18)
    name = models.CharField(_("enterprise name"), max_length=120)
    legal_rep_name = models.CharField(_("legal representative"), max_length=40, blank=True)
    registered_address = models.CharField(_("registered address"), max_length=200, blank=True)
    business_scope = models.TextField(_("business scope"), max_length=2000, blank=True)
    enterprise_type = models.CharField(
        _("registered type"), max_length=16, choices=EnterpriseType.choices, blank=True
    )
    registered_capital = models.DecimalField(
        _("registered capital (10,000 yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    established_on = models.DateField(_("established on"), null=True, blank=True)
    business_term_from = models.DateField(_("business term begins"), null=True, blank=True)
    business_term_to = models.DateField(_("business term ends"), null=True, blank=True)
    industry_code = models.CharField(_("industry code (GB/T 4754)"), max_length=4, blank=True)
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        related_name="registrations",
        verbose_name=_("enterprise"),
        null=True,
        blank=True,
    )
    why = models.CharField(_("needs a person because"), max_length=12, choices=Waiting.choices, blank=True)
    applied = ArrayField(
        models.CharField(max_length=40), verbose_name=_("taken over"), default=list, blank=True
    )
    received_at = models.DateTimeField(_("received at"))
    search_text = models.GeneratedField(
        expression=models.functions.Concat("name", models.Value(" "), "uscc"),
        output_field=models.CharField(max_length=140),
        db_persist=True,
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of the registry")
        verbose_name_plural = _("notices of the registry")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="registration_once_by_key"),
            term_in_order("registration"),
        ]
        indexes = [
            models.Index(fields=["county_code", "-received_at", "-id"], name="registration_county_new"),
            models.Index(fields=["town_code", "-received_at", "-id"], name="registration_town_new"),
            models.Index(fields=["city_code", "-received_at", "-id"], name="registration_city_new"),
            models.Index(fields=["uscc", "-event_on"], name="registration_uscc"),
            BigramIndex("search_text", name="registration_search"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:registration", args=[self.pk])

    @property
    def is_ending(self) -> bool:
        """Say whether the notice tells of the end of the enterprise."""
        return self.kind in ENDINGS

    def file(self) -> Enterprise | None:
        """Return the file of the code: the one found when the notice came, or one opened since."""
        return self.enterprise or Enterprise.objects.filter(uscc=self.uscc).first()
