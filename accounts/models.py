"""People, the organisations they work for, and the posts in which they act."""

from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.querysets import CertificateQuerySet, DelegationQuerySet, OrganisationQuerySet, PostQuerySet
from accounts.roles import ADMINISTRATORS, NEEDS_REGION, Role
from regions.models import Region
from regions.scope import Scope, ScopeEntry

__all__ = [
    "Delegation",
    "EnforcementCertificate",
    "Organisation",
    "OrganisationKind",
    "PasswordRecord",
    "Post",
    "Role",
    "User",
]

PASSWORD_AGE = timedelta(days=90)
# What a person was granted to see. Nearly every page asks it, and the ORM takes longer to write it than it takes to answer.
GRANTED = """
SELECT kind.app_label, kind.model, granted.object_pk
FROM guardian_userobjectpermission AS granted
JOIN auth_permission AS permission ON permission.id = granted.permission_id
JOIN django_content_type AS kind ON kind.id = granted.content_type_id
WHERE granted.user_id = %s AND starts_with(permission.codename, 'view_')
"""


class OrganisationKind(models.TextChoices):
    """What an organisation is in law; a coordinating office may not inspect (handbook §0.2)."""

    BUREAU = "bureau", _("Emergency management bureau")
    DEPARTMENT = "department", _("Competent department")
    TEAM = "team", _("Enforcement team")
    TOWN = "town", _("Town government")
    COMMITTEE = "committee", _("Safety committee office")
    AGENCY = "agency", _("Technical service agency")
    ENTERPRISE = "enterprise", _("Enterprise")


class Organisation(models.Model):
    """A body that people work for; `document_mark` is the short name in document numbers, as 广 in （广）应急责改."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("division"))
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", verbose_name=_("superior"), null=True, blank=True
    )
    document_mark = models.CharField(_("mark in document numbers"), max_length=10, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["region_id", "name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person with an account: one person, one account, never shared (handbook §16.1)."""

    name = models.CharField(_("name"), max_length=40)
    phone = models.CharField(_("mobile"), max_length=20, unique=True, null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), null=True, blank=True
    )
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    password_changed_at = models.DateTimeField(_("password changed at"), null=True, blank=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    first_name = None
    last_name = None

    objects = UserManager()

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """Return the name as written."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name as written."""
        return self.name

    def posts_on(self, day: date) -> list["Post"]:
        """Return the posts held on the day: the person's own, then those of people who delegated to them."""
        return list(Post.objects.acted_by(self, day))

    @cached_property
    def posts(self) -> list["Post"]:
        """Posts held today, read once."""
        posts = self.posts_on(timezone.localdate())
        for post in posts:
            if post.organisation_id and post.organisation_id == self.organisation_id:
                self.organisation = post.organisation
        return posts

    @property
    def password_is_old(self) -> bool:
        """Whether the password has been in use for longer than is allowed."""
        changed = self.password_changed_at
        return changed is not None and timezone.now() - changed > PASSWORD_AGE

    @cached_property
    def scope(self) -> Scope:
        """What the person may see today: two queries, then remembered for the request."""
        entries = tuple(post.entry for post in self.posts)
        return Scope(entries, MappingProxyType(self._grants()))

    @property
    def roles(self) -> frozenset[str]:
        """The roles of today's posts."""
        return frozenset(post.role for post in self.posts)

    @property
    def may_administer(self) -> bool:
        """Whether the administration opens: to administrators, and to the legal section, which keeps the rulebook."""
        return self.is_active and (self.is_staff or Role.LEGAL in self.roles)

    def _grants(self) -> dict[str, frozenset[int]]:
        """Return the objects granted one by one through guardian, by model label."""
        found: dict[str, set[int]] = {}
        with connection.cursor() as cursor:
            cursor.execute(GRANTED, [self.pk])
            rows = cursor.fetchall()
        for app, model, pk in rows:
            found.setdefault(f"{app}.{model}", set()).add(int(pk))
        return {label: frozenset(pks) for label, pks in found.items()}


class Post(models.Model):
    """A role that a person holds in a place, an industry, a grid or one enterprise, from a day to a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="post_set", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), null=True, blank=True
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("division"), null=True, blank=True)
    industry = models.CharField(_("industry"), max_length=20, blank=True)
    # Enterprises lie above this room, so the key is kept without a relation.
    enterprise_id = models.BigIntegerField(_("enterprise"), null=True, blank=True, db_index=True)
    grid_code = models.CharField(_("grid"), max_length=15, blank=True)
    title = models.CharField(pgettext_lazy("person", "title"), max_length=60, blank=True)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="post_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["role", "region"], name="post_role_region")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.title}".strip()

    def clean(self) -> None:
        """Refuse a post that covers nothing, and one that brings two of the three administrators into one hand."""
        if self.role == Role.ENTERPRISE and not self.enterprise_id:
            raise ValidationError(
                {"enterprise_id": _("A safety officer belongs to one enterprise: give its number.")}
            )
        if self.role in NEEDS_REGION and not self.region_id:
            raise ValidationError({"region": _("Say for which division the post is.")})
        if self.role in ADMINISTRATORS and self.user_id and self.from_on:
            self._refuse_two_administrators()

    def _refuse_two_administrators(self) -> None:
        """Refuse where the person, or who acts for them on a day of the post, keeps another of the three (三员分立)."""
        hands = [(self.user, self.from_on, self.to_on)]
        for each in Delegation.objects.of(self.user, self.from_on, self.to_on).select_related("receiver"):
            last = min(self.to_on or each.to_on, each.to_on)
            hands.append((each.receiver, max(self.from_on, each.from_on), last))
        for person, first, last in hands:
            kept = Post.objects.administering(person, first, last).exclude(pk=self.pk)
            if kept.exclude(role=self.role).exists():
                raise ValidationError(
                    {"role": _("System, security and audit are kept by three different people.")}
                )

    @property
    def entry(self) -> ScopeEntry:
        """The post as a condition on rows."""
        return ScopeEntry(
            region=self.region_id or "",
            industry=self.industry,
            enterprise_id=self.enterprise_id,
            grid=self.grid_code,
            post_id=self.pk,
            role=self.role,
        )


class Delegation(models.Model):
    """While one person is away, another acts in their posts; what they do is recorded as done for them."""

    giver = models.ForeignKey(User, models.PROTECT, related_name="given", verbose_name=_("away"))
    receiver = models.ForeignKey(User, models.PROTECT, related_name="received", verbose_name=_("acting"))
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=200)
    ended_on = models.DateField(_("ended early on"), null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="delegation_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="delegation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver} {self.from_on}–{self.to_on}"


class EnforcementCertificate(models.Model):
    """An officer's certificate (行政执法证): without a valid one nobody carries out an inspection (APL 42, AWSL 67)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="certificates", verbose_name=_("person"))
    number = models.CharField(_("certificate number"), max_length=40, unique=True)
    issuer = models.CharField(_("issued by"), max_length=120)
    valid_from = models.DateField(pgettext_lazy("certificate", "valid from"))
    valid_to = models.DateField(_("valid to"))

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("enforcement certificate")
        verbose_name_plural = _("enforcement certificates")
        ordering = ["user", "-valid_to"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="certificate_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.number


class PasswordRecord(models.Model):
    """A password once used, as its hash, so that the last five are not used again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-id"]
