"""The fixed words of a hazard record (handbook §5.3)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Source(TextChoices):
    """Who or what found the hazard."""

    SELF_CHECK = "self_check", _("Self-check")
    EMPLOYEE = "employee", _("Employee report")
    INSPECTION = "inspection", _("Government inspection")
    SUPERVISION = "supervision", _("Supervision of government")
    GOVERNMENT_PATROL = "gov_patrol", _("Government patrol")
    PATROL = "patrol", _("Grid patrol")
    EXPERT = "expert", _("Expert")
    COMPLAINT = "complaint", _("Complaint")
    MONITORING = "monitoring", _("Monitoring alarm")


# Found by the enterprise itself: it may close a general hazard of this kind, and the town samples.
FOUND_BY_ENTERPRISE = frozenset({Source.SELF_CHECK, Source.EMPLOYEE})


class Grade(TextChoices):
    """General hazards can be removed at once; major ones stop work or need outside help."""

    GENERAL = "general", _("General")
    MAJOR = "major", _("Major")


class Axis(TextChoices):
    """The first axis of the category: how the place is managed, or what the place is like."""

    MANAGEMENT = "management", _("Basic management")
    SITE = "site", _("On site")


class Category(TextChoices):
    """The second axis of the category."""

    RESPONSIBILITY = "responsibility", _("Responsibility and rules")
    TRAINING = "training", _("Training and certificates")
    CONTRACTOR = "contractor", _("Contractors and lessees")
    FACILITY = "facility", _("Equipment and facilities")
    PROTECTION = "protection", _("Protection, interlock and signal devices")
    ENVIRONMENT = "environment", _("Working environment")
    BEHAVIOUR = "behaviour", _("Conduct of persons")
    FIRE = "fire", _("Fire protection")
    ELECTRICAL = "electrical", _("Electrical")
    SPECIAL_EQUIPMENT = "special_equipment", _("Special equipment")
    CHEMICAL_STORAGE = "chemical_storage", _("Storage of hazardous chemicals")
    CONFINED_SPACE = "confined_space", _("Confined space")
    EMERGENCY = "emergency", _("Emergency preparedness")
    OTHER = "other", _("Other")


AXIS_OF: dict[str, str] = {
    Category.RESPONSIBILITY: Axis.MANAGEMENT,
    Category.TRAINING: Axis.MANAGEMENT,
    Category.CONTRACTOR: Axis.MANAGEMENT,
    Category.EMERGENCY: Axis.MANAGEMENT,
}


class Level(TextChoices):
    """The level of government in whose hands the record lies now."""

    TOWN = "town", _("Town")
    COUNTY = "county", _("County")
    CITY = "city", _("City")


class EntryMode(TextChoices):
    """How the facts reached the server."""

    ONLINE = "online", _("Entered on site")
    OFFLINE = "offline", _("Synced later")
    BACKFILLED = "backfilled", _("Back-filled")


class ListingLevel(TextChoices):
    """Who lists a major hazard for supervision (挂牌督办)."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    TOWN = "town", _("Town")


class ExpertVerdict(TextChoices):
    """What an expert concludes."""

    AGREE = "agree", _("Agrees")
    MEND = "mend", _("Agrees once mended")
    REFUSE = "refuse", _("Does not agree")
