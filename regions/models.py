"""Divisions and grids, and the columns by which a record lies in them."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Left, Length
from django.utils.translation import gettext_lazy as _

from regions.codes import prefixes
from regions.querysets import GridQuerySet, RegionQuerySet

models.CharField.register_lookup(Length)
DIGITS = RegexValidator(r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$", _("A code has 2, 4, 6, 9 or 12 digits."))


class RegionLevel(models.IntegerChoices):
    """The five levels of the division code."""

    PROVINCE = 1, _("Province")
    CITY = 2, _("City")
    COUNTY = 3, _("County or district")
    TOWN = 4, _("Town or street")
    COMMUNITY = 5, _("Village or community")


class GridKind(models.TextChoices):
    """Whose grid it is, and for what."""

    AREA = "area", _("Area grid")
    INDUSTRY = "industry", _("Industry department grid")
    ENTERPRISE = "enterprise", _("Enterprise grid")
    EMERGENCY = "emergency", _("Emergency grid")
    SAFETY = "safety", _("Work safety supervision grid")


class Region(models.Model):
    """A division of the country, under its code cut to the significant digits."""

    code = models.CharField(
        _("division code"),
        max_length=12,
        primary_key=True,
        validators=[DIGITS],
    )
    name = models.CharField(_("name"), max_length=100)
    level = models.PositiveSmallIntegerField(_("level"), choices=RegionLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    is_functional_zone = models.BooleanField(_("development zone or the like"), default=False)
    external_code = models.CharField(_("code in other systems"), max_length=40, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__length__in=[2, 4, 6, 9, 12]),
                name="regions_region_code_length",
                violation_error_message=_("A code has 2, 4, 6, 9 or 12 digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path_codes(self) -> list[str]:
        """Codes of the places that contain this one, itself last."""
        return prefixes(self.code)


class FormerPlace(models.Model):
    """What a division was called, or which code it had, before it was renamed, given another code, or merged.

    A division that was divided has a row for each of its successors; then nobody can tell which one is meant.
    """

    code = models.CharField(
        _("former code"),
        max_length=12,
        blank=True,
        db_index=True,
        validators=[DIGITS],
        help_text=_("Empty where only the name changed"),
    )
    name = models.CharField(_("former name"), max_length=100, db_index=True)
    until = models.DateField(_("held until"), null=True, blank=True)
    successor = models.ForeignKey(
        Region, models.PROTECT, related_name="former", verbose_name=_("division of today")
    )
    keeps_below = models.BooleanField(
        _("the divisions below kept their last digits"),
        default=False,
        help_text=_("Then a former code of a town or village leads to the one of today"),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["code", "name"]
        verbose_name = _("former division")
        verbose_name_plural = _("former divisions")
        constraints = [
            models.UniqueConstraint(fields=["code", "name", "successor"], name="regions_former_once"),
            models.CheckConstraint(
                condition=~models.Q(code=models.F("successor")),
                name="regions_former_code_is_another",
                violation_error_message=_("Leave the code empty where only the name changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.code}".strip()


class Placed(models.Model):
    """A record that lies in a division, with the codes of its levels as stored columns.

    The columns exist so that a post becomes an equality that shares an index with the order of a list.
    A record that lies at county level has the six digits of its county as its town code.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("division"))
    city_code = models.GeneratedField(
        expression=Left("region_id", 4), output_field=models.CharField(max_length=4), db_persist=True
    )
    county_code = models.GeneratedField(
        expression=Left("region_id", 6), output_field=models.CharField(max_length=6), db_persist=True
    )
    town_code = models.GeneratedField(
        expression=Left("region_id", 9), output_field=models.CharField(max_length=9), db_persist=True
    )

    class Meta:
        abstract = True


class Grid(Placed):
    """A supervision grid below a village or a town: its division's code and a serial of three digits."""

    code = models.CharField(
        _("grid code"),
        max_length=15,
        primary_key=True,
        validators=[RegexValidator(r"^\d{15}$", _("A grid code has 15 digits."))],
    )
    kind = models.CharField(_("kind"), max_length=12, choices=GridKind, default=GridKind.AREA)
    name = models.CharField(_("name"), max_length=100)
    external_code = models.CharField(_("code in other systems"), max_length=40, blank=True)

    objects = GridQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("grid")
        verbose_name_plural = _("grids")
        indexes = [models.Index(fields=["county_code", "code"], name="regions_grid_by_county")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__length=15),
                name="regions_grid_code_length",
                violation_error_message=_("A grid code has 15 digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
